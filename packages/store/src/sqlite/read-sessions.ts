import {
  OptimizerError,
  type SessionQuery,
  type SessionStatus,
  type SessionSummary,
} from '@claude-optimizer/protocol';
import { sql, type Expression, type Kysely, type SqlBool } from 'kysely';
import type { StoredSession } from '../store.js';
import { storedSession, summaryOf } from './rows.js';
import type { Database } from './schema.js';

const SORT_COLUMNS = {
  lastAt: 'last_at',
  startedAt: 'started_at',
  cost: 'cost',
  tokens: 'tokens',
  title: 'title',
  project: 'project',
} as const;

/** Sessions by id, with their state. */
export async function readSessions(
  db: Kysely<Database>,
  ids: readonly string[],
): Promise<Map<string, StoredSession>> {
  const rows = await db
    .selectFrom('sessions')
    .select(['id', 'key', 'summary', 'detail'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, storedSession(row)]));
}

/** One page of visible sessions. Throws `bad_request` for a cursor that isn't one of ours. */
export async function listSessions(
  db: Kysely<Database>,
  query: SessionQuery,
): Promise<{ sessions: SessionSummary[]; nextCursor: string | null }> {
  // Names sort by their letters, unknown values as the least: NULL would fall out of the paging.
  const column = sql.ref(SORT_COLUMNS[query.sort]);
  const named = query.sort === 'title' || query.sort === 'project';
  const sortKey = named
    ? sql<string | number>`lower(coalesce(${column}, ''))`
    : sql<string | number>`coalesce(${column}, -1)`;
  const rows = await db
    .selectFrom('sessions')
    .select(['key', 'summary', sortKey.as('sort_key')])
    .where('visible', '=', 1)
    .where('hidden', '=', 0)
    .where((eb) => eb.and(conditions(query)))
    .$if(query.cursor !== undefined, (select) => {
      const [value, key] = parseCursor(query.cursor ?? '', named);
      const beyond = query.order === 'desc' ? sql`<` : sql`>`;
      return select.where(sql<SqlBool>`(${sortKey}, key) ${beyond} (${value}, ${key})`);
    })
    .orderBy(sortKey, query.order)
    .orderBy('key', query.order)
    .limit(query.limit + 1)
    .execute();
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return {
    sessions: page.map(summaryOf),
    nextCursor: last ? encodeCursor([last.sort_key, last.key]) : null,
  };
}

function conditions(query: SessionQuery): Expression<SqlBool>[] {
  const { status, project, model, text, after, before } = query;
  const all: Expression<SqlBool>[] = [];
  if (status) all.push(sql<SqlBool>`status in (${sql.join(status)})`);
  if (project !== undefined) all.push(contains(['project'], project));
  if (model !== undefined) all.push(contains(['models'], model));
  if (text !== undefined) all.push(contains(['title', 'first_prompt', 'project', 'id'], text));
  if (after) all.push(sql<SqlBool>`last_at >= ${after.getTime()}`);
  if (before) all.push(sql<SqlBool>`started_at < ${before.getTime()}`);
  return all;
}

function contains(columns: readonly string[], text: string): Expression<SqlBool> {
  const pattern = `%${text.replace(/[\\%_]/gu, '\\$&')}%`;
  const tests = columns.map((column) => sql`${sql.ref(column)} like ${pattern} escape '\\'`);
  return sql<SqlBool>`(${sql.join(tests, sql` or `)})`;
}

function encodeCursor(position: readonly [string | number, number]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function parseCursor(cursor: string, named: boolean): [string | number, number] {
  try {
    const position = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
    if (Array.isArray(position) && position.length === 2) {
      const [value, key] = position as [unknown, unknown];
      const fits = typeof value === (named ? 'string' : 'number');
      if (fits && typeof key === 'number') return [value as string | number, key];
    }
  } catch {
    // Falls through to the one error below.
  }
  throw new OptimizerError('bad_request', 'The cursor is not one that this list gave out.', {
    fix: 'Pass `nextCursor` of the page before with the same sort, or leave it out to start over.',
  });
}

/** Visible sessions in one of these statuses, newest first. */
export async function sessionsInStatus(
  db: Kysely<Database>,
  statuses: readonly SessionStatus[],
  limit: number,
): Promise<SessionSummary[]> {
  const rows = await db
    .selectFrom('sessions')
    .select('summary')
    .where('visible', '=', 1)
    .where('hidden', '=', 0)
    .where('status', 'in', [...statuses])
    .orderBy('last_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(summaryOf);
}
