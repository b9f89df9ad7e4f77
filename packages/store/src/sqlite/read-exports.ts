import { sql, type Expression, type Kysely, type SqlBool } from 'kysely';
import type { ExportReads, SessionSelection } from '../export-reads.js';
import type { LedgerRow, ToolCall } from '../store.js';
import { usageByModel, usageOverTime } from './read-usage.js';
import { isOfProject } from './read-reports.js';
import { ledgerRow, storedSession, toolCallOf } from './rows.js';
import type { EventReader } from './read-events.js';
import type { Database } from './schema.js';

/** Events of which nothing is shown, and most of all. */
const UNSHOWN = ['session:tokens', 'session:info', 'session:start'] as const;

/** What exports read, page by page, so that no more than a page is ever held. */
export function exportReads(db: Kysely<Database>, events: EventReader): ExportReads {
  return {
    selected: (selection, after, limit) => selected(db, selection, after, limit),
    countSelected: (selection) => countSelected(db, selection),
    knownIds: (ids) => knownIds(db, ids),
    eventsOf: (key, afterSeq, limit) =>
      Promise.resolve(events.ofKeyAfter(key, afterSeq, limit, UNSHOWN)),
    responsesOf: (key, selection, after, limit) => responsesOf(db, key, selection, after, limit),
    toolCallsOf: (key, selection, afterSeq, limit) =>
      toolCallsOf(db, key, selection, afterSeq, limit),
    usageOverTime: (id, maxSlots) => usageOverTime(db, id, maxSlots),
    usageByModel: (id) => usageByModel(db, id),
  };
}

/** Sessions oldest first; those that were asked for by id also when they are hidden. */
async function selected(
  db: Kysely<Database>,
  selection: SessionSelection,
  after: { startedAt: number; key: number } | null,
  limit: number,
) {
  const rows = await db
    .selectFrom('sessions')
    .select(['key', 'summary', 'detail'])
    .where('visible', '=', 1)
    .where((eb) => eb.and(conditions(selection)))
    .$if(after !== null, (select) =>
      select.where(sql<SqlBool>`(started_at, key) > (${after?.startedAt}, ${after?.key})`),
    )
    .orderBy('started_at')
    .orderBy('key')
    .limit(limit)
    .execute();
  return rows.map(storedSession);
}

async function countSelected(db: Kysely<Database>, selection: SessionSelection): Promise<number> {
  const { count } = await db
    .selectFrom('sessions')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('visible', '=', 1)
    .where((eb) => eb.and(conditions(selection)))
    .executeTakeFirstOrThrow();
  return count;
}

function conditions({ ids, from, to, project, model }: SessionSelection): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = [];
  // One JSON text: a statement takes no more than 32,766 values.
  if (ids) all.push(sql<SqlBool>`id in (select value from json_each(${JSON.stringify(ids)}))`);
  else all.push(sql<SqlBool>`hidden = 0`);
  if (from !== undefined) all.push(sql<SqlBool>`last_at >= ${from}`);
  if (to !== undefined) all.push(sql<SqlBool>`started_at < ${to}`);
  if (project !== undefined) all.push(isOfProject(project));
  if (model !== undefined) {
    all.push(sql<SqlBool>`exists (select 1 from json_each(models) where value = ${model})`);
  }
  return all;
}

async function knownIds(db: Kysely<Database>, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('sessions')
    .select('id')
    .where('visible', '=', 1)
    .where(sql<SqlBool>`id in (select value from json_each(${JSON.stringify(ids)}))`)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

async function responsesOf(
  db: Kysely<Database>,
  key: number,
  { from, to, model }: SessionSelection,
  after: { at: number; messageId: string; requestId: string } | null,
  limit: number,
): Promise<LedgerRow[]> {
  const rows = await db
    .selectFrom('usage')
    .innerJoin('sessions', 'sessions.key', 'usage.session_key')
    .selectAll('usage')
    .select('sessions.id as session')
    .where('session_key', '=', key)
    .$if(from !== undefined, (select) => select.where('at', '>=', from ?? 0))
    .$if(to !== undefined, (select) => select.where('at', '<', to ?? 0))
    .$if(model !== undefined, (select) => select.where('model', '=', model ?? ''))
    .$if(after !== null, (select) =>
      select.where(
        sql<SqlBool>`(at, message_id, request_id) > (${after?.at}, ${after?.messageId}, ${after?.requestId})`,
      ),
    )
    .orderBy('at')
    .orderBy('message_id')
    .orderBy('request_id')
    .limit(limit)
    .execute();
  return rows.map(ledgerRow);
}

async function toolCallsOf(
  db: Kysely<Database>,
  key: number,
  { from, to }: SessionSelection,
  afterSeq: number,
  limit: number,
): Promise<ToolCall[]> {
  const rows = await db
    .selectFrom('tool_calls')
    .selectAll()
    .where('session_key', '=', key)
    .$if(from !== undefined, (select) => select.where('ended_at', '>=', from ?? 0))
    .$if(to !== undefined, (select) => select.where('ended_at', '<', to ?? 0))
    .where('seq', '>', afterSeq)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map(toolCallOf);
}
