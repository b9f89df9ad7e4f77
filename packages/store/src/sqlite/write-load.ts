import type BetterSqlite3 from 'better-sqlite3';
import type { Kysely } from 'kysely';
import type { SessionLoad } from '../load.js';
import type { LedgerRow, PlacedLoad, ResponseKey } from '../store.js';
import { COLUMNS } from './columns.js';
import { insertSql } from './prepare-writes.js';
import type { ResponseFinder } from './find-response.js';
import { fileRow, ledgerRow, usageRow } from './rows.js';
import type { Database } from './schema.js';
import { SLOT_COLUMNS, SlotChanges } from './slot-changes.js';

type Insert = BetterSqlite3.Statement;

/** Where in its row a table has the key of the session, and the number of the event. */
const SESSION_KEY = 'session_key';
const SEQ = 'seq';
const ID = COLUMNS.usage.indexOf('id');
const HASH = COLUMNS.usage.indexOf('hash');
const MESSAGE_ID = COLUMNS.usage.indexOf('message_id');
const REQUEST_ID = COLUMNS.usage.indexOf('request_id');

/** Writes what reading threads have made ready: only keys and numbers are to be filled in. */
export class LoadWriter {
  readonly #responses: ResponseFinder;
  /** Where in the ledger responses of a load stand already. */
  readonly #places = new WeakMap<SessionLoad, Map<number, number>>();
  readonly #setSeq: BetterSqlite3.Statement<[number, number]>;
  readonly #session: Insert;
  readonly #block: Insert;
  readonly #toolCall: Insert;
  readonly #objective: Insert;
  readonly #usage: Insert;
  readonly #slot: Insert;
  readonly #file: Insert;
  readonly #malformed: Insert;

  constructor(
    db: BetterSqlite3.Database,
    kysely: Kysely<Database>,
    slot: Insert,
    responses: ResponseFinder,
  ) {
    const prepare = (
      table: keyof Database,
      columns: readonly string[],
      onConflict: Parameters<typeof insertSql>[3],
    ) => db.prepare(insertSql(kysely, table, columns, onConflict));
    this.#responses = responses;
    this.#setSeq = db.prepare(
      `update sessions set summary = json_set(summary, '$.seq', ?) where key = ?`,
    );
    this.#session = prepare('sessions', COLUMNS.sessions, ['key']);
    this.#block = db.prepare(
      `insert into event_blocks (${COLUMNS.event_blocks.join(', ')})
       values (?, ?, ?, ?, cast(? as text))`,
    );
    this.#toolCall = prepare('tool_calls', COLUMNS.tool_calls, 'fail');
    this.#objective = prepare('objectives', COLUMNS.objectives, ['session_key', 'id']);
    this.#usage = prepare('usage', COLUMNS.usage, ['id']);
    this.#slot = slot;
    this.#file = prepare('files', COLUMNS.files, ['id']);
    this.#malformed = prepare('malformed_lines', COLUMNS.malformed_lines, 'ignore');
  }

  /**
   * The ledger's rows of other sessions, where responses of this one belong. Its own and those are
   * written over as their places are remembered, until the load is written.
   */
  inTheWay(load: SessionLoad): LedgerRow[] {
    const rows: LedgerRow[] = [];
    const places = new Map<number, number>();
    for (let at = 0; at < load.usage.length; at += COLUMNS.usage.length) {
      const found = this.#responses.find(keyAt(load.usage, at), load.usage[at + HASH] as number);
      if (!found) continue;
      places.set(at, found.id);
      if (found.session !== load.sessionId) rows.push(ledgerRow(found));
    }
    this.#places.set(load, places);
    return rows;
  }

  /** Writes one; the session keys of those that lose a response to it are `keyOf` theirs. */
  write({ load, seq, sessionKey, taken }: PlacedLoad, keyOf: (sessionId: string) => number): void {
    const place = { seq, sessionKey };
    if (load.session) {
      const own = COLUMNS.sessions.indexOf('key');
      this.#session.run(load.session.map((cell, index) => (index === own ? sessionKey : cell)));
      this.#setSeq.run(seq + load.events, sessionKey);
    }
    for (const { first, last, format, events } of load.blocks) {
      this.#block.run(seq + first, seq + last, sessionKey, format, events);
    }
    insertAll(this.#toolCall, COLUMNS.tool_calls, load.toolCalls, place);
    insertAll(this.#objective, COLUMNS.objectives, load.objectives, place);
    const places = this.#places.get(load);
    for (let at = 0; at < load.usage.length; at += COLUMNS.usage.length) {
      const hash = load.usage[at + HASH] as number;
      load.usage[at + ID] = places?.get(at) ?? this.#responses.newPlace(hash);
    }
    insertAll(this.#usage, COLUMNS.usage, load.usage, place);
    insertAll(this.#slot, SLOT_COLUMNS, load.slots, place);
    const lost = new SlotChanges();
    for (const row of taken) lost.add({ session_key: keyOf(row.sessionId), ...usageRow(row) }, -1);
    for (const slot of lost.changes()) this.#slot.run(SLOT_COLUMNS.map((column) => slot[column]));
    for (const checkpoint of load.checkpoints) {
      const row = fileRow(checkpoint);
      this.#file.run(COLUMNS.files.map((column) => row[column]));
    }
    for (const { fileId, byteOffset, reason, seenAt } of load.malformed) {
      this.#malformed.run(fileId, byteOffset, reason, seenAt);
    }
  }
}

function keyAt(usage: SessionLoad['usage'], at: number): ResponseKey {
  const [messageId, requestId] = [usage[at + MESSAGE_ID], usage[at + REQUEST_ID]] as string[];
  return { messageId: messageId ?? '', requestId: requestId ?? '' };
}

/** Runs an insert for each row of bare cells, moved to its place: keys set, numbers counted on. */
function insertAll(
  insert: Insert,
  columns: readonly string[],
  cells: readonly (string | number | null)[],
  place: { seq: number; sessionKey: number },
): void {
  const width = columns.length;
  const key = columns.indexOf(SESSION_KEY);
  const numbered = columns.indexOf(SEQ);
  const row = new Array<unknown>(width);
  for (let at = 0; at < cells.length; at += width) {
    for (let index = 0; index < width; index += 1) row[index] = cells[at + index];
    if (key !== -1) row[key] = place.sessionKey;
    if (numbered !== -1) row[numbered] = place.seq + (cells[at + numbered] as number);
    insert.run(row);
  }
}
