import { statSync } from 'node:fs';
import type { SearchKind } from '@claude-optimizer/protocol';
import type BetterSqlite3 from 'better-sqlite3';
import { recordId, RECORDS_PER_SESSION } from './record-id.js';

/** A record's words, and where it stands; `at` in epoch ms. */
export type IndexedRecord = {
  offset: number;
  length: number;
  at: number | null;
  kind: SearchKind;
  texts: SearchedTexts;
};

/** A text or its UTF-8; null where there is nothing. */
export type IndexedText = string | Uint8Array | null;

/** The columns of the index. */
export type SearchedTexts = {
  title: IndexedText;
  prompt: IndexedText;
  answer: IndexedText;
  input: IndexedText;
  file: IndexedText;
  tool: IndexedText;
};

/** How far a transcript is indexed; `tail` tells whether it is still the same. */
export type IndexedFile = { ref: string; path: string | null; offset: number; tail: number };

/** So many records are written in one transaction. */
const MOST_PENDING = 2_000;

/** The one writer of the full-text index. Everything in it is synchronous. */
export class SearchWriter {
  readonly #sqlite: BetterSqlite3.Database;
  readonly #statements: ReturnType<typeof prepare>;
  #pending = 0;

  constructor(sqlite: BetterSqlite3.Database) {
    this.#sqlite = sqlite;
    this.#statements = prepare(sqlite);
  }

  /** How far the files of a session are indexed. */
  files(sessionId: string): IndexedFile[] {
    return this.#statements.files.all(sessionId);
  }

  sessionIds(): string[] {
    return this.#statements.sessionIds.all();
  }

  /**
   * Adds records of a file and notes how far it is indexed. Together with what else is added until
   * `flush`, all or nothing: each transaction is a piece of its own, and many small ones take longer
   * to merge than to write. Throws after it has given up all of that.
   */
  add(sessionId: string, file: IndexedFile, records: readonly IndexedRecord[]): void {
    // A transaction within one would be written out as a piece, too.
    if (!this.#sqlite.inTransaction) this.#sqlite.exec('begin immediate');
    try {
      const { addSession, session, putFile, lastRecord, addRecord, addTexts } = this.#statements;
      addSession.run(sessionId);
      const key = session.get(sessionId) ?? 0;
      const fileId = putFile.get(key, file.ref, file.path, file.offset, file.tail) ?? 0;
      const first = recordId(key, 0);
      let id = lastRecord.get(first, first + RECORDS_PER_SESSION) ?? first;
      for (const { offset, length, at, kind, texts } of records) {
        id += 1;
        if (id >= first + RECORDS_PER_SESSION) break;
        addRecord.run(id, fileId, offset, length, at, kind);
        const { title, prompt, answer, input, file: name, tool } = texts;
        addTexts.run(id, title, prompt, answer, input, name, tool);
      }
    } catch (error) {
      if (this.#sqlite.inTransaction) this.#sqlite.exec('rollback');
      this.#pending = 0;
      throw error;
    }
    this.#pending += records.length;
    if (this.#pending >= MOST_PENDING) this.flush();
  }

  /** Lets others see what was added. */
  flush(): void {
    if (this.#sqlite.inTransaction) this.#sqlite.exec('commit');
    this.#pending = 0;
  }

  /** Removes up to so many records of one file, or of all of a session; true once none is left. */
  remove(sessionId: string, ref: string | null, rows: number): boolean {
    this.flush();
    return this.#sqlite.transaction(() => {
      const { session, recordsOf, removeRecord, removeTexts, removeFile } = this.#statements;
      const key = session.get(sessionId);
      if (key === undefined) return true;
      const first = recordId(key, 0);
      const ids = recordsOf.all({ first, end: first + RECORDS_PER_SESSION, key, ref, rows });
      for (const id of ids) {
        removeTexts.run(id);
        removeRecord.run(id);
      }
      if (ids.length === rows) return false;
      removeFile.run({ key, ref });
      if (ref === null) this.#statements.removeSession.run(key);
      return true;
    })();
  }

  /** Merges some of what was written in pieces; true once there is nothing left to be merged. */
  merge(pages: number): boolean {
    this.flush();
    const before = this.#statements.changes.get() ?? 0;
    this.#statements.merge.run(-pages);
    return (this.#statements.changes.get() ?? 0) - before < 2;
  }

  /** Much will be added: what is written in pieces is put together at the end, not on the way. */
  beginMany(): void {
    this.#merging(0, 64);
  }

  /** Pieces are put together as they come, so that a search looks into few of them. */
  endMany(): void {
    this.#merging(4, 16);
  }

  #merging(automerge: number, crisismerge: number): void {
    this.flush();
    // Bound, they would be real numbers, which aren't taken.
    for (const [name, value] of Object.entries({ automerge, crisismerge })) {
      this.#sqlite.exec(`insert into texts (texts, rank) values ('${name}', ${String(value)})`);
    }
  }

  get bytes(): number {
    return statSync(this.#sqlite.name, { throwIfNoEntry: false })?.size ?? 0;
  }

  close(): void {
    this.flush();
    this.#sqlite.pragma('wal_checkpoint(TRUNCATE)');
    this.#sqlite.close();
  }
}

function prepare(sqlite: BetterSqlite3.Database) {
  return {
    files: sqlite.prepare<[string], IndexedFile>(
      `select ref, path, offset, tail from files
        where session_key = (select key from sessions where id = ?)`,
    ),
    sessionIds: sqlite.prepare<[], string>('select id from sessions').pluck(),
    addSession: sqlite.prepare<[string]>('insert or ignore into sessions (id) values (?)'),
    session: sqlite.prepare<[string], number>('select key from sessions where id = ?').pluck(),
    putFile: sqlite
      .prepare<[number, string, string | null, number, number], number>(
        `insert into files (session_key, ref, path, offset, tail) values (?, ?, ?, ?, ?)
          on conflict do update set path = coalesce(excluded.path, path),
            offset = excluded.offset, tail = excluded.tail returning id`,
      )
      .pluck(),
    lastRecord: sqlite
      .prepare<[number, number], number | null>(
        'select max(id) from records where id >= ? and id < ?',
      )
      .pluck(),
    addRecord: sqlite.prepare('insert into records values (?, ?, ?, ?, ?, ?)'),
    addTexts: sqlite.prepare(
      `insert into texts (rowid, title, prompt, answer, input, file, tool)
        values (?, ?, ?, ?, ?, ?, ?)`,
    ),
    recordsOf: sqlite
      .prepare<[object], number>(
        `select id from records where id >= :first and id < :end and (:ref is null or file_id =
          (select id from files where session_key = :key and ref = :ref)) limit :rows`,
      )
      .pluck(),
    removeRecord: sqlite.prepare<[number]>('delete from records where id = ?'),
    removeTexts: sqlite.prepare<[number]>('delete from texts where rowid = ?'),
    removeFile: sqlite.prepare<[object]>(
      'delete from files where session_key = :key and (:ref is null or ref = :ref)',
    ),
    removeSession: sqlite.prepare<[number]>('delete from sessions where key = ?'),
    merge: sqlite.prepare<[number]>(`insert into texts (texts, rank) values ('merge', ?)`),
    changes: sqlite.prepare<[], number>('select total_changes()').pluck(),
  };
}
