import type BetterSqlite3 from 'better-sqlite3';
import { responseId, type ResponseKey } from '../store.js';
import { responseHash } from './response-hash.js';
import type { Row } from './rows.js';

/** A response's row and the id of its session. */
export type FoundResponse = Row<'usage'> & { session: string };

const INDEX = 'usage_by_hash';
/** A store with more responses keeps its index: to make it again would take longer. */
const FEW_RESPONSES = 20_000;

/**
 * Looks responses up in the ledger: two may have the same hash, the ids decide. While much is loaded
 * it keeps in memory where each stands: their hashes are spread over all of the index, of which
 * each transaction would write almost every page anew.
 */
export class ResponseFinder {
  readonly #db: BetterSqlite3.Database;
  readonly #withHash: BetterSqlite3.Statement<[number], FoundResponse>;
  readonly #withId: BetterSqlite3.Statement<[number], FoundResponse>;
  /** Places by hash; null as long as the index has them. */
  #places: Map<number, number[] | number> | null = null;
  #lastId: number | null = null;

  constructor(db: BetterSqlite3.Database) {
    this.#db = db;
    // Whoever was killed while much was loaded has left none.
    db.exec(`create index if not exists ${INDEX} on usage (hash)`);
    const select = `select usage.*, sessions.id as session from usage
      join sessions on sessions.key = usage.session_key`;
    this.#withHash = db.prepare(`${select} where hash = ?`);
    this.#withId = db.prepare(`${select} where usage.id = ?`);
  }

  find(
    { messageId, requestId }: ResponseKey,
    hash = responseHash(responseId({ messageId, requestId })),
  ): FoundResponse | undefined {
    const isIt = (row: FoundResponse) =>
      row.message_id === messageId && row.request_id === requestId;
    if (this.#places !== null) return this.#placed(hash).find(isIt);
    const first = this.#withHash.get(hash);
    if (first === undefined || isIt(first)) return first;
    return this.#withHash.all(hash).find(isIt);
  }

  /** The place of a response that isn't in the ledger yet and is being written now. */
  newPlace(hash: number): number {
    this.#lastId ??= this.#greatestId();
    this.#lastId += 1;
    this.#note(hash, this.#lastId);
    return this.#lastId;
  }

  /** What was being written isn't there. */
  forget(): void {
    this.#lastId = null;
  }

  /** Much is going to be loaded: does without the index, where that spares time. */
  beginLoads(): void {
    if (this.#places !== null || this.#greatestId() > FEW_RESPONSES) return;
    this.#places = new Map();
    const rows = this.#db.prepare<[], { id: number; hash: number }>('select id, hash from usage');
    for (const { id, hash } of rows.iterate()) this.#note(hash, id);
    this.#db.exec(`drop index ${INDEX}`);
  }

  /** All has been loaded. */
  endLoads(): void {
    if (this.#places === null) return;
    this.#db.exec(`create index if not exists ${INDEX} on usage (hash)`);
    this.#places = null;
  }

  #greatestId(): number {
    const row = this.#db
      .prepare<[], { id: number | null }>('select max(id) as id from usage')
      .get();
    return row?.id ?? 0;
  }

  #note(hash: number, id: number): void {
    const known = this.#places?.get(hash);
    this.#places?.set(hash, known === undefined ? id : [known, id].flat());
  }

  #placed(hash: number): FoundResponse[] {
    const places = this.#places?.get(hash);
    if (places === undefined) return [];
    return [places].flat().flatMap((id) => this.#withId.get(id) ?? []);
  }
}
