import {
  OptimizerError,
  type ListedSession,
  type SessionList,
  type SessionQuery,
  type SessionSort,
} from '@claude-optimizer/protocol';
import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely';
import type { ListScope } from '../session-scope.js';
import { lookAt, type Looked, type Ranks } from './list-facets.js';
import { summaryOf } from './rows.js';
import type { Database } from './schema.js';
import { conditionsOf, where, type Condition } from './session-conditions.js';

// All but what needs more than a column; unknown values are the least, as NULL falls out of paging.
const NUMBERS = {
  lastAt: 'last_at',
  startedAt: 'started_at',
  activeTime: 'active_ms',
  cost: 'cost',
  tokens: 'tokens',
  cacheHits: 'cache_hits',
  tools: 'tools',
  errors: 'errors',
} as const;
const NAMES = { title: 'name', project: 'project', branch: 'branch', model: 'model' } as const;

type Key = { of: RawBuilder<string | number>; isText: boolean };

/** One window of the visible sessions. Throws `bad_request` for a cursor that isn't one of ours. */
export async function listSessions(
  db: Kysely<Database>,
  query: SessionQuery,
  scope: ListScope = {},
): Promise<SessionList> {
  const conditions = conditionsOf(query, scope);
  const sort = sortKey(query.sort);
  const needsLook = query.facets || sort === null || scope.among !== undefined;
  const ranks = scope.among ? new Map(scope.among.ids.map((id, at) => [id, at])) : null;
  const looked = needsLook
    ? await lookAt(db, { query, scope, ranks, sortKey: sort?.of ?? NO_KEY })
    : null;
  const total = looked?.fitting.length ?? (await countOf(db, conditions));
  // An index has the window already, unless other stores have a say in it.
  const isThere = sort !== null && scope.among === undefined;
  const found = isThere
    ? await orderedThere(db, { query, conditions }, sort)
    : orderedHere(looked?.fitting ?? [], query, sort, { scope, ranks });
  const rows = found.slice(0, query.limit);
  const last = sort !== null && found.length > query.limit ? rows.at(-1) : undefined;
  return {
    sessions: await sessionsOf(db, rows, scope),
    total,
    nextCursor: last ? encodeCursor([last.sort_key, last.key]) : null,
    ...(query.facets && looked && { facets: looked.facets }),
  };
}

const NO_KEY = sql<number>`0`;

type Placed = { key: number; sort_key: string | number };
type Windowed = { query: SessionQuery; conditions: readonly Condition[] };

async function countOf(db: Kysely<Database>, conditions: readonly Condition[]): Promise<number> {
  const { total } = await db
    .selectFrom('sessions')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where(where(conditions))
    .executeTakeFirstOrThrow();
  return total;
}

// Only what the index over the list's columns has: no row is read but those of the window.
function orderedThere(
  db: Kysely<Database>,
  { query, conditions }: Windowed,
  sort: Key,
): Promise<Placed[]> {
  const { order, limit, offset = 0, cursor } = query;
  return db
    .selectFrom('sessions')
    .select(['key', sort.of.as('sort_key')])
    .where(where(conditions))
    .$if(cursor !== undefined, (select) => {
      const [value, key] = parseCursor(cursor ?? '', sort.isText);
      const beyond = order === 'desc' ? sql`<` : sql`>`;
      return select.where(sql<SqlBool>`(${sort.of}, key) ${beyond} (${value}, ${key})`);
    })
    .orderBy(sort.of, order)
    .orderBy('key', order)
    .limit(limit + 1)
    .offset(cursor === undefined ? offset : 0)
    .execute();
}

// By what the database doesn't know, or among those that another store has found.
function orderedHere(
  fitting: readonly Looked[],
  { sort: by, order, limit, offset = 0, cursor }: SessionQuery,
  sort: Key | null,
  { scope, ranks }: { scope: ListScope; ranks: Ranks | null },
): Placed[] {
  if (cursor !== undefined && sort === null) throw noCursor();
  if (by === 'relevance' && ranks !== null && scope.among?.except === false) {
    return byRank(fitting, order, ranks).slice(offset, offset + limit + 1);
  }
  const sign = order === 'desc' ? -1 : 1;
  const after = cursor === undefined || sort === null ? null : parseCursor(cursor, sort.isText);
  const beyond = ({ key, sort_key }: Placed): boolean =>
    after === null || sign * (compared(sort_key, after[0]) || key - after[1]) > 0;
  const phaseOf = by === 'phase' ? phases(scope) : null;
  const placed = fitting.map(({ key, id, lastAt, sortKey }) =>
    sort === null
      ? { key, lastAt, sort_key: phaseOf?.get(id) ?? '' }
      : { key, lastAt: 0, sort_key: sortKey },
  );
  return placed
    .sort(
      (a, b) => sign * (compared(a.sort_key, b.sort_key) || a.lastAt - b.lastAt || a.key - b.key),
    )
    .filter(beyond)
    .slice(cursor === undefined ? offset : 0)
    .slice(0, limit + 1);
}

// The best comes first when the order is `desc`, as with every other measure. Their places are
// known: to sort thousands takes longer than everything else.
function byRank(fitting: readonly Looked[], order: SessionQuery['order'], ranks: Ranks): Placed[] {
  const places: (Placed | undefined)[] = Array.from({ length: ranks.size });
  for (const { key, id } of fitting) {
    const rank = ranks.get(id) ?? 0;
    places[order === 'desc' ? rank : ranks.size - 1 - rank] = { key, sort_key: -rank };
  }
  return places.filter((placed) => placed !== undefined);
}

function compared(a: string | number, b: string | number): number {
  return a < b ? -1 : Number(a > b);
}

function phases({ launches = [] }: ListScope): ReadonlyMap<string, string> {
  return new Map(launches.map(({ sessionId, phase }) => [sessionId, phase?.toLowerCase() ?? '']));
}

async function sessionsOf(
  db: Kysely<Database>,
  placed: readonly Placed[],
  { launches = [] }: ListScope,
): Promise<ListedSession[]> {
  if (placed.length === 0) return [];
  const keys = placed.map(({ key }) => key);
  const rows = await db
    .selectFrom('sessions')
    .select(['key', 'summary', 'hidden'])
    .where('key', 'in', keys)
    .execute();
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const phases = new Map(launches.map(({ sessionId, phase }) => [sessionId, { phase }]));
  return keys.flatMap((key) => {
    const row = byKey.get(key);
    if (!row) return [];
    const summary = summaryOf(row);
    return [{ ...summary, hidden: row.hidden === 1, launch: phases.get(summary.id) ?? null }];
  });
}

const STATUS_ORDER = sql<number>`case status when 'running' then 6 when 'waiting' then 5
  when 'idle' then 4 when 'failed' then 3 when 'interrupted' then 2 else 1 end`;
const OBJECTIVES_SHARE = sql<number>`case objectives_total when 0 then -1
  else objectives_done * 1.0 / objectives_total end`;

// Null for what the database doesn't know.
function sortKey(sort: SessionSort): Key | null {
  switch (sort) {
    case 'relevance':
    case 'phase':
      return null;
    case 'title':
    case 'project':
    case 'branch':
    case 'model':
      return { of: sql<string>`lower(coalesce(${sql.ref(NAMES[sort])}, ''))`, isText: true };
    case 'duration':
      return { of: sql<number>`last_at - started_at`, isText: false };
    case 'status':
      return { of: STATUS_ORDER, isText: false };
    case 'objectives':
      return { of: OBJECTIVES_SHARE, isText: false };
    default:
      return { of: sql<number>`coalesce(${sql.ref(NUMBERS[sort])}, -1)`, isText: false };
  }
}

function encodeCursor(position: readonly [string | number, number]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function parseCursor(cursor: string, isText: boolean): [string | number, number] {
  try {
    const position = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
    if (Array.isArray(position) && position.length === 2) {
      const [value, key] = position as [unknown, unknown];
      const fits = typeof value === (isText ? 'string' : 'number');
      if (fits && typeof key === 'number') return [value as string | number, key];
    }
  } catch {
    // Falls through to the one error below.
  }
  throw noCursor();
}

function noCursor(): OptimizerError {
  return new OptimizerError('bad_request', 'The cursor is not one that this list gave out.', {
    fix: 'Pass `nextCursor` of the page before with the same sort, or leave it out to start over.',
  });
}
