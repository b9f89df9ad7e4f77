import { setImmediate as nextTick } from 'node:timers/promises';
import type BetterSqlite3 from 'better-sqlite3';
import type { Kysely } from 'kysely';
import {
  responseId,
  type Commit,
  type LedgerRow,
  type PlacedLoad,
  type ResponseKey,
  type SessionChange,
} from '../store.js';
import type { SessionLoad } from '../load.js';
import { ResponseFinder, type FoundResponse } from './find-response.js';
import { responseHash } from './response-hash.js';
import {
  eventPayload,
  fileRow,
  ledgerRow,
  objectiveRow,
  sessionRow,
  toolCallRow,
  usageRow,
} from './rows.js';
import type { Database } from './schema.js';
import { SlotChanges } from './slot-changes.js';
import { prepareSlotInsert, prepareSlotUpdate } from './usage-slots.js';
import { prepareWrites, type Writes } from './prepare-writes.js';
import { LoadWriter } from './write-load.js';

/** Loads that are written without a pause. */
const AT_ONCE = 8;

/** The write path: statements that Kysely builds once and SQLite keeps prepared. */
export class Writer {
  readonly #commit: (commit: Commit) => void;
  readonly #loads: LoadWriter;
  /** The responses that were asked for since the last commit, by `responseId`. */
  readonly #probed = new Map<string, FoundResponse | undefined>();
  readonly #responses: ResponseFinder;
  readonly #db: BetterSqlite3.Database;
  readonly #sessionKey: BetterSqlite3.Statement<[string]>;
  readonly #addToSlot: ReturnType<typeof prepareSlotUpdate>;
  readonly #upsertUsage: Writes['usage'];
  readonly #upsertSession: Writes['session'];
  readonly #insertEvent: Writes['event'];
  readonly #insertToolCall: Writes['toolCall'];
  readonly #upsertObjective: Writes['objective'];
  readonly #upsertFile: Writes['file'];
  readonly #insertMalformed: Writes['malformed'];

  constructor(db: BetterSqlite3.Database, kysely: Kysely<Database>) {
    this.#db = db;
    this.#responses = new ResponseFinder(db);
    this.#sessionKey = db.prepare('select key from sessions where id = ?');
    this.#addToSlot = prepareSlotUpdate(db);
    const statements = prepareWrites(db, kysely);
    this.#upsertUsage = statements.usage;
    this.#upsertSession = statements.session;
    this.#insertEvent = statements.event;
    this.#insertToolCall = statements.toolCall;
    this.#upsertObjective = statements.objective;
    this.#upsertFile = statements.file;
    this.#insertMalformed = statements.malformed;
    this.#commit = db.transaction((commit: Commit) => {
      this.#write(commit);
    });
    this.#loads = new LoadWriter(db, kysely, prepareSlotInsert(db), this.#responses);
  }

  /** The ledger's rows of other sessions, where responses of a load belong. */
  inTheWay(load: SessionLoad): LedgerRow[] {
    return this.#loads.inTheWay(load);
  }

  /** Much is going to be loaded, until `endLoads`. */
  beginLoads(): void {
    this.#responses.beginLoads();
  }

  endLoads(): void {
    this.#responses.endLoads();
  }

  /**
   * Writes loads and what follows from them for others: all of it or nothing. Whoever waits for
   * anything else gets a turn in between.
   */
  async load(loads: readonly PlacedLoad[], commit: Commit): Promise<void> {
    const keyOf = (id: string) => this.#keyOf(new Map(), id);
    this.#db.exec('begin immediate');
    try {
      for (const [index, load] of loads.entries()) {
        if (index % AT_ONCE === AT_ONCE - 1) await nextTick();
        this.#loads.write(load, keyOf);
      }
      this.#write(commit);
      this.#db.exec('commit');
    } catch (error) {
      this.#undo();
      throw error;
    }
  }

  #undo(): void {
    this.#responses.forget();
    if (this.#db.inTransaction) this.#db.exec('rollback');
  }

  /** Writes all of it or nothing. */
  commit(commit: Commit): void {
    try {
      this.#commit(commit);
    } catch (error) {
      this.#responses.forget();
      throw error;
    } finally {
      this.#probed.clear();
    }
  }

  /** The ledger's rows of these responses, by `responseId`. */
  ledger(keys: readonly ResponseKey[]): Map<string, LedgerRow> {
    const found = new Map<string, LedgerRow>();
    this.#probed.clear();
    for (const key of keys) {
      const id = responseId(key);
      const row = this.#responses.find(key);
      this.#probed.set(id, row);
      if (row) found.set(id, ledgerRow(row));
    }
    return found;
  }

  #write({ events, sessions, ledger, checkpoints, malformed }: Commit): void {
    const keys = new Map<string, number>();
    for (const change of sessions) {
      keys.set(change.session.state.summary.id, change.session.key);
      this.#writeSession(change);
    }
    for (const { event, source } of events) {
      this.#insertEvent({
        seq: event.seq,
        session_key: this.#keyOf(keys, event.sessionId),
        type: event.type,
        timestamp: event.timestamp,
        file_id: source?.fileId ?? null,
        byte_offset: source?.byteOffset ?? null,
        payload: eventPayload(event),
      });
    }
    const slots = new SlotChanges();
    for (const entry of ledger) {
      const id = responseId(entry);
      const before = this.#probed.has(id) ? this.#probed.get(id) : this.#responses.find(entry);
      const hash = before?.hash ?? responseHash(id);
      const place = { id: before?.id ?? this.#responses.newPlace(hash), hash };
      const row = {
        ...usageRow(entry),
        ...place,
        session_key: this.#keyOf(keys, entry.sessionId),
      };
      if (before) slots.add(before, -1);
      slots.add(row, 1);
      this.#upsertUsage(row);
    }
    for (const slot of slots.changes()) this.#addToSlot(slot);
    for (const checkpoint of checkpoints) this.#upsertFile(fileRow(checkpoint));
    for (const { fileId, byteOffset, reason, seenAt } of malformed) {
      const row = { file_id: fileId, byte_offset: byteOffset, reason, seen_at: seenAt };
      this.#insertMalformed(row);
    }
  }

  #writeSession(change: SessionChange): void {
    const { key } = change.session;
    this.#upsertSession(sessionRow(change));
    for (const call of change.toolCalls) this.#insertToolCall(toolCallRow(key, call));
    for (const objective of change.objectives) this.#upsertObjective(objectiveRow(key, objective));
  }

  #keyOf(known: Map<string, number>, id: string): number {
    const key = known.get(id) ?? (this.#sessionKey.get(id) as { key: number } | undefined)?.key;
    if (key === undefined) throw new Error(`no session ${id} in this commit or the store`);
    known.set(id, key);
    return key;
  }
}
