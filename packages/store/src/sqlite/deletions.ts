import { randomUUID } from 'node:crypto';
import type BetterSqlite3 from 'better-sqlite3';
import type { Kysely, Selectable } from 'kysely';
import type { DeletedSession } from '../store.js';
import type { Database } from './schema.js';
import { SlotChanges } from './slot-changes.js';
import { prepareSlotUpdate } from './usage-slots.js';

/** The highest `seq` that was removed, in `meta`. */
const LAST_REMOVED = 'last_removed_seq';

export async function deletedSessions(db: Kysely<Database>): Promise<DeletedSession[]> {
  const rows = await db
    .selectFrom('deleted_sessions')
    .leftJoin('files', 'files.session_id', 'deleted_sessions.id')
    .select(['deleted_sessions.id', 'at', 'removed_at', 'path'])
    .orderBy('at')
    .execute();
  const sessions = new Map<string, DeletedSession>();
  for (const { id, at, removed_at, path } of rows) {
    const session = sessions.get(id) ?? { sessionId: id, at, removedAt: removed_at, paths: [] };
    sessions.set(id, session);
    if (path !== null) session.paths.push(path);
  }
  return [...sessions.values()];
}

/** The transcripts that were read for a session. */
export async function filesOf(db: Kysely<Database>, sessionId: string): Promise<string[]> {
  const files = db.selectFrom('files').select('path').where('session_id', '=', sessionId);
  return (await files.execute()).map(({ path }) => path);
}

/** Takes a session out of lists and sums; what is stored of it stays until it's removed. */
export function markDeleted(
  sqlite: BetterSqlite3.Database,
  id: string,
  at: number,
): string[] | null {
  return sqlite.transaction(() => {
    const session = keyOf(sqlite, id);
    const isMarked = sqlite.prepare('select 1 from deleted_sessions where id = ?').get(id);
    if (session === null || isMarked !== undefined) return null;
    sqlite.prepare('insert into deleted_sessions values (?, ?, null)').run(id, at);
    sqlite.prepare('update sessions set visible = 0 where key = ?').run(session);
    sqlite.prepare('delete from usage_slots where session_key = ?').run(session);
    return sqlite
      .prepare<[string], string>('select path from files where session_id = ?')
      .pluck()
      .all(id);
  })();
}

/** Puts a marked session back into lists and sums; false when it's removed already. */
export function unmarkDeleted(sqlite: BetterSqlite3.Database, id: string): boolean {
  return sqlite.transaction(() => {
    const marks = sqlite.prepare(
      'delete from deleted_sessions where id = ? and removed_at is null',
    );
    const session = keyOf(sqlite, id);
    if (marks.run(id).changes === 0 || session === null) return false;
    sqlite
      .prepare(`update sessions set visible = json_extract(summary, '$.visible') where key = ?`)
      .run(session);
    countAgain(sqlite, session);
    return true;
  })();
}

/** The sums by slot are made again of the single responses. */
function countAgain(sqlite: BetterSqlite3.Database, session: number): void {
  sqlite.prepare('delete from usage_slots where session_key = ?').run(session);
  const slots = new SlotChanges();
  const responses = sqlite.prepare<[number], Selectable<Database['usage']>>(
    'select * from usage where session_key = ?',
  );
  for (const row of responses.iterate(session)) slots.add(row, 1);
  const add = prepareSlotUpdate(sqlite);
  for (const slot of slots.changes()) add(slot);
}

const PARTS = { session_events: 'seq', event_blocks: 'first_seq', usage: 'id', tool_calls: 'seq' };

/**
 * Removes some rows of a marked session, so that a live line never waits long; true once nothing
 * is left but which files aren't to be read. What is removed is overwritten in the file.
 */
export function removeDeleted(
  sqlite: BetterSqlite3.Database,
  { id, rows, now }: { id: string; rows: number; now: number },
): boolean {
  sqlite.pragma('secure_delete = ON');
  try {
    return sqlite.transaction(() => {
      const session = keyOf(sqlite, id);
      if (session === null) return ended(sqlite, id, now);
      noteLastSeq(sqlite, session);
      for (const [part, key] of Object.entries(PARTS)) {
        const { changes } = sqlite
          .prepare(
            `delete from ${part} where ${key} in
              (select ${key} from ${part} where session_key = ? limit ?)`,
          )
          .run(session, rows);
        if (changes > 0) return false;
      }
      removeRest(sqlite, id, session);
      return ended(sqlite, id, now);
    })();
  } finally {
    sqlite.pragma('secure_delete = OFF');
  }
}

function removeRest(sqlite: BetterSqlite3.Database, id: string, session: number): void {
  sqlite.prepare('delete from objectives where session_key = ?').run(session);
  sqlite.prepare('delete from usage_slots where session_key = ?').run(session);
  sqlite.prepare('delete from client_requests where session_id = ?').run(id);
  sqlite.prepare('delete from sessions where key = ?').run(session);
  const files = 'select id from files where session_id = ?';
  sqlite.prepare(`delete from malformed_lines where file_id in (${files})`).run(id);
  // Only where it stands and how it looked stays, so that it isn't read again.
  sqlite.prepare(`update files set reader = '', tail = x'' where session_id = ?`).run(id);
}

function ended(sqlite: BetterSqlite3.Database, id: string, now: number): true {
  sqlite
    .prepare('update deleted_sessions set removed_at = ? where id = ? and removed_at is null')
    .run(now, id);
  return true;
}

function noteLastSeq(sqlite: BetterSqlite3.Database, session: number): void {
  const last = sqlite
    .prepare<[number, number], number | null>(
      `select max(seq) from (
         select max(seq) as seq from session_events where session_key = ? union all
         select max(last_seq) from event_blocks where session_key = ?)`,
    )
    .pluck()
    .get(session, session);
  if (last === null || last === undefined) return;
  sqlite
    .prepare(
      `insert into meta values (?, ?) on conflict do update
        set value = max(cast(value as integer), cast(excluded.value as integer))`,
    )
    .run(LAST_REMOVED, String(last));
}

/** The highest number of an event that was removed; 0 when none was. */
export async function lastRemovedSeq(db: Kysely<Database>): Promise<number> {
  const row = await db
    .selectFrom('meta')
    .select('value')
    .where('name', '=', LAST_REMOVED)
    .executeTakeFirst();
  return Number(row?.value ?? 0);
}

/** Another name for this history. */
export async function renewEpoch(db: Kysely<Database>): Promise<string> {
  const value = randomUUID();
  await db.updateTable('meta').set({ value }).where('name', '=', 'epoch').execute();
  return value;
}

/** Leaves a session out of lists or puts it back. */
export async function setHidden(
  db: Kysely<Database>,
  id: string,
  hidden: boolean,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sessions')
    .set({ hidden: hidden ? 1 : 0 })
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

function keyOf(sqlite: BetterSqlite3.Database, id: string): number | null {
  const key = sqlite.prepare<[string], number>('select key from sessions where id = ?').pluck();
  return key.get(id) ?? null;
}
