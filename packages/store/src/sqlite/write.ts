import type BetterSqlite3 from 'better-sqlite3';
import type { Kysely } from 'kysely';
import {
  responseId,
  type Commit,
  type LedgerRow,
  type ResponseKey,
  type SessionChange,
} from '../store.js';
import { responseHash } from './response-hash.js';
import { eventPayload, fileRow, ledgerRow, sessionRow, toolCallRow, usageRow } from './rows.js';
import type { Database } from './schema.js';
import { prepareSlotUpdate, SlotChanges } from './usage-slots.js';
import { prepareWrites, type Writes } from './prepare-writes.js';

/** The write path: statements that Kysely builds once and SQLite keeps prepared. */
export class Writer {
  readonly #commit: (commit: Commit) => void;
  /** Where the responses stand that were asked for since the last commit, by `responseId`. */
  readonly #probed = new Map<string, Probe>();
  readonly #findUsage: BetterSqlite3.Statement<[number]>;
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
    this.#findUsage = db.prepare(
      kysely
        .selectFrom('usage')
        .innerJoin('sessions', 'sessions.key', 'usage.session_key')
        .selectAll('usage')
        .select('sessions.id')
        .where('usage.key', '=', 0)
        .compile().sql,
    );
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
  }

  /** Writes all of it or nothing. */
  commit(commit: Commit): void {
    try {
      this.#commit(commit);
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
      const probe = this.#probe(id, key);
      this.#probed.set(id, probe);
      if (probe.row) found.set(id, ledgerRow(probe.row));
    }
    return found;
  }

  // Two responses may hash to one number: the ids decide, the next number is tried.
  #probe(id: string, key: ResponseKey): Probe {
    let slot = responseHash(id);
    for (;;) {
      const row = this.#findUsage.get(slot) as UsageWithSession | undefined;
      const same = row?.message_id === key.messageId && row.request_id === key.requestId;
      if (row === undefined || same) return { slot, row };
      slot += 1;
    }
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
    const taken = new Set<number>();
    for (const entry of ledger) {
      const id = responseId(entry);
      const probed = this.#probed.get(id);
      // Free when it was asked for, but another response of this commit may have the same hash.
      const isFree = probed !== undefined && (probed.row !== undefined || !taken.has(probed.slot));
      const { slot: key, row: before } = isFree ? probed : this.#probe(id, entry);
      taken.add(key);
      const row = { ...usageRow(entry), key, session_key: this.#keyOf(keys, entry.sessionId) };
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
    for (const objective of change.objectives) {
      const { id, text, status, source, taskId, createdAt, startedAt, completedAt } = objective;
      this.#upsertObjective({
        session_key: key,
        id,
        text,
        status,
        source,
        task_id: taskId,
        created_at: createdAt,
        started_at: startedAt,
        completed_at: completedAt,
      });
    }
  }

  #keyOf(known: Map<string, number>, id: string): number {
    const key = known.get(id) ?? (this.#sessionKey.get(id) as { key: number } | undefined)?.key;
    if (key === undefined) throw new Error(`no session ${id} in this commit or the store`);
    known.set(id, key);
    return key;
  }
}

type Probe = { slot: number; row: UsageWithSession | undefined };

type UsageWithSession = Parameters<typeof ledgerRow>[0];
