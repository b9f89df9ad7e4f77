import type {
  EventPage,
  MalformedLine,
  SessionEvent,
  SessionQuery,
  SessionStatus,
} from '@claude-optimizer/protocol';
import type BetterSqlite3 from 'better-sqlite3';
import type { Kysely } from 'kysely';
import type { SessionLoad } from '../load.js';
import { addClientRequests, comparedRequests } from './client-requests.js';
import type {
  Checkpoint,
  FileMark,
  ClientRequest,
  Commit,
  PlacedLoad,
  PriceChange,
  ResponseKey,
  Store,
} from '../store.js';
import type { ExportReads } from '../export-reads.js';
import type { ListScope } from '../session-scope.js';
import type { ToolSumQuery, UsageQuery } from '../usage-query.js';
import { checkpointInWorker } from './checkpoint-in-worker.js';
import {
  deletedSessions,
  filesOf,
  lastRemovedSeq,
  markDeleted,
  removeDeleted,
  renewEpoch,
  setHidden,
  unmarkDeleted,
} from './deletions.js';
import { listSessions } from './list-sessions.js';
import {
  addPriceChange,
  finishPriceChange,
  priceChanges,
  pricedWith,
  setPricedWith,
  usageAfter,
} from './prices.js';
import { sessionHeads, toolSums } from './read-reports.js';
import { exportReads } from './read-exports.js';
import { readSessions, sessionsInStatus } from './read-sessions.js';
import { usageByModel, usageOverTime, usageSince } from './read-usage.js';
import { EventReader } from './read-events.js';
import { checkpointOf, markOf, summaryOf, type Row } from './rows.js';
import type { Database } from './schema.js';
import { usageSums } from './usage-slots.js';
import { Writer } from './write.js';

/** The store in one SQLite file. */
export class SqliteStore implements Store {
  readonly exports: ExportReads;
  #epoch: string;
  readonly #sqlite: BetterSqlite3.Database;
  readonly #db: Kysely<Database>;
  readonly #writer: Writer;
  readonly #events: EventReader;
  readonly #checkpoint: BetterSqlite3.Statement<[string], Row<'files'>>;
  readonly #endCheckpoints: () => Promise<void>;

  constructor(sqlite: BetterSqlite3.Database, db: Kysely<Database>, epoch: string) {
    this.#epoch = epoch;
    this.#sqlite = sqlite;
    this.#db = db;
    this.#writer = new Writer(sqlite, db);
    this.#events = new EventReader(sqlite);
    this.exports = exportReads(db, this.#events);
    this.#checkpoint = sqlite.prepare('select * from files where path = ?');
    this.#endCheckpoints = checkpointInWorker(sqlite);
  }

  get epoch(): string {
    return this.#epoch;
  }

  async renew(): Promise<void> {
    this.#epoch = await renewEpoch(this.#db);
  }

  deletedSessions() {
    return deletedSessions(this.#db);
  }

  markDeleted(id: string, at: number) {
    return Promise.resolve(markDeleted(this.#sqlite, id, at));
  }

  unmarkDeleted(id: string) {
    return Promise.resolve(unmarkDeleted(this.#sqlite, id));
  }

  removeDeleted(id: string, rows: number, now: number) {
    return Promise.resolve(removeDeleted(this.#sqlite, { id, rows, now }));
  }

  setHidden(id: string, hidden: boolean) {
    return setHidden(this.#db, id, hidden);
  }

  filesOf(sessionId: string) {
    return filesOf(this.#db, sessionId);
  }

  async fileMarks(): Promise<FileMark[]> {
    const columns = ['id', 'path', 'session_id', 'size', 'modified_at', 'repeats'] as const;
    const rows = await this.#db.selectFrom('files').select(columns).execute();
    return rows.map(markOf);
  }

  checkpoint(path: string): Checkpoint | null {
    const row = this.#checkpoint.get(path);
    return row ? checkpointOf(row) : null;
  }

  sessions(ids: readonly string[]) {
    return readSessions(this.#db, ids);
  }

  ledger(keys: readonly ResponseKey[]) {
    return Promise.resolve(this.#writer.ledger(keys));
  }

  usageAfter(sessionKey: number, rows: number) {
    return usageAfter(this.#db, sessionKey, rows);
  }

  pricedWith() {
    return pricedWith(this.#db);
  }

  setPricedWith(fingerprint: string) {
    return setPricedWith(this.#db, fingerprint);
  }

  addPriceChange(change: Omit<PriceChange, 'id' | 'finishedAt'>) {
    return addPriceChange(this.#db, change);
  }

  finishPriceChange(id: number, at: number) {
    return finishPriceChange(this.#db, id, at);
  }

  priceChanges(limit: number) {
    return priceChanges(this.#db, limit);
  }

  async lastSeq(): Promise<number> {
    // What was removed may have been the last: its number isn't given out again.
    return Math.max(this.#events.lastSeq(), await lastRemovedSeq(this.#db));
  }

  async lastSessionKey(): Promise<number> {
    const { last } = await this.#db
      .selectFrom('sessions')
      .select((eb) => eb.fn.max<number | null>('key').as('last'))
      .executeTakeFirstOrThrow();
    return last ?? 0;
  }

  commit(commit: Commit): Promise<void> {
    return new Promise((resolve) => {
      this.#writer.commit(commit);
      resolve();
    });
  }

  inTheWay(load: SessionLoad) {
    return this.#writer.inTheWay(load);
  }

  load(loads: readonly PlacedLoad[], commit: Commit): Promise<void> {
    return this.#writer.load(loads, commit);
  }

  beginLoads(): void {
    this.#writer.beginLoads();
  }

  endLoads(): void {
    this.#writer.endLoads();
  }

  eventsAfter(seq: number, limit: number): Promise<SessionEvent[]> {
    return Promise.resolve(this.#events.after(seq, limit));
  }

  sessionEvents(id: string, before: number | null, limit: number): Promise<EventPage> {
    const events = this.#events.ofSessionBefore(id, before ?? Number.MAX_SAFE_INTEGER, limit + 1);
    const page = events.slice(0, limit).reverse();
    const nextBefore = events.length > limit ? (page[0]?.seq ?? null) : null;
    return Promise.resolve({ events: page, nextBefore });
  }

  sessionEventsAfter(id: string, after: number, limit: number): Promise<SessionEvent[]> {
    return Promise.resolve(this.#events.ofSessionAfter(id, after, limit));
  }

  sessionEventsOf(id: string, types: readonly SessionEvent['type'][]) {
    return this.#events.ofTypes(id, types);
  }

  list(query: SessionQuery, scope?: ListScope) {
    return listSessions(this.#db, query, scope);
  }

  inStatus(statuses: readonly SessionStatus[], limit: number) {
    return sessionsInStatus(this.#db, statuses, limit);
  }

  async countSessions(): Promise<number> {
    const { count } = await this.#db
      .selectFrom('sessions')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('visible', '=', 1)
      .where('hidden', '=', 0)
      .executeTakeFirstOrThrow();
    return count;
  }

  async statusDue(now: number) {
    const rows = await this.#db
      .selectFrom('sessions')
      .select('summary')
      .where('status_until', '<=', now)
      .execute();
    return rows.map(summaryOf);
  }

  async setStatus(id: string, status: SessionStatus, until: number | null): Promise<void> {
    await this.#db
      .updateTable('sessions')
      .set({ status, status_until: until })
      .where('id', '=', id)
      .execute();
  }

  usageOverTime(id: string, maxSlots: number) {
    return usageOverTime(this.#db, id, maxSlots);
  }

  usageByModel(id: string) {
    return usageByModel(this.#db, id);
  }

  usageSums(query: UsageQuery) {
    return usageSums(this.#db, query);
  }

  toolSums(query: ToolSumQuery) {
    return toolSums(this.#db, query);
  }

  addClientRequests(requests: readonly ClientRequest[]) {
    return addClientRequests(this.#db, requests);
  }

  comparedRequests(sessionId: string) {
    return comparedRequests(this.#db, sessionId);
  }

  sessionHeads() {
    return sessionHeads(this.#db);
  }

  usageSince(at: number) {
    return usageSince(this.#db, at);
  }

  async malformed(limit: number): Promise<{ lines: MalformedLine[]; total: number }> {
    const rows = await this.#db
      .selectFrom('malformed_lines')
      .innerJoin('files', 'files.id', 'malformed_lines.file_id')
      .select(['path', 'byte_offset', 'reason', 'seen_at'])
      .orderBy('malformed_lines.id', 'desc')
      .limit(limit)
      .execute();
    const { total } = await this.#db
      .selectFrom('malformed_lines')
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    const lines = rows.map(({ path, byte_offset, reason, seen_at }) => ({
      file: path,
      byteOffset: byte_offset,
      reason,
      seenAt: seen_at,
    }));
    return { lines, total };
  }

  async close(): Promise<void> {
    await this.#endCheckpoints();
    this.#sqlite.pragma('wal_checkpoint(TRUNCATE)');
    await this.#db.destroy();
  }
}
