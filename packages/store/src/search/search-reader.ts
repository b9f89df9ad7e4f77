import type { SearchKind } from '@claude-optimizer/protocol';
import type BetterSqlite3 from 'better-sqlite3';
import { sessionKeyOf } from './record-id.js';

/** A record that was found; a lower rank fits better. */
export type FoundRecord = { id: number; rank: number };

/** What was found in one session: the best records (by `id`), and how many there are. */
export type FoundSession = {
  sessionId: string;
  best: FoundRecord[];
  total: number;
  /** When the best one was said. */
  at: number | null;
};

/** Where a record stands. */
export type RecordPlace = {
  id: number;
  ref: string;
  path: string | null;
  offset: number;
  length: number;
  at: number | null;
  kind: SearchKind;
};

/** Weights of title, prompt, answer, input, file, tool. */
const RANK = 'bm25(texts, 12, 6, 3, 1, 4, 1)';
/** More records than these aren't told apart by their words: they are too common to say anything. */
const MOST_RANKED = 6_000;
const BEST = 2;

/** Answers questions to the full-text index; whoever writes isn't disturbed. */
export class SearchReader {
  readonly #sqlite: BetterSqlite3.Database;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(sqlite: BetterSqlite3.Database) {
    this.#sqlite = sqlite;
    this.#statements = prepare(sqlite);
  }

  /** Another number once somebody has written. */
  version(): number {
    return this.#sqlite.pragma('data_version', { simple: true }) as number;
  }

  /** The sessions that an FTS5 expression fits. */
  find(expression: string): FoundSession[] {
    const { count } = this.#statements;
    const total = count.get(expression) ?? 0;
    return total <= MOST_RANKED ? this.#ranked(expression) : this.#counted(expression);
  }

  /** Ids of the sessions that an expression fits. */
  sessionIds(expression: string): string[] {
    return this.#statements.sessions.all(expression);
  }

  places(ids: readonly number[]): RecordPlace[] {
    return ids.flatMap((id) => this.#statements.place.get(id) ?? []);
  }

  close(): void {
    this.#sqlite.close();
  }

  #ranked(expression: string): FoundSession[] {
    const found = new Map<number, Found>();
    for (const [id, rank] of this.#statements.ranked.all(expression)) {
      const key = sessionKeyOf(id);
      const session = found.get(key) ?? { best: [], total: 0 };
      found.set(key, session);
      session.total += 1;
      keepBest(session.best, { id, rank });
    }
    return this.#named(found);
  }

  #counted(expression: string): FoundSession[] {
    const rows = this.#statements.counted.all(expression);
    return this.#named(
      new Map(
        rows.map(([key, total, newest]) => [key, { best: [{ id: newest, rank: 0 }], total }]),
      ),
    );
  }

  // Of all at once: a common word stands in thousands of sessions.
  #named(found: ReadonlyMap<number, Found>): FoundSession[] {
    const firsts = [...found.values()].map(({ best }) => best[0]?.id ?? 0);
    const names = new Map(this.#statements.names.all(JSON.stringify([...found.keys()])));
    const times = new Map(this.#statements.times.all(JSON.stringify(firsts)));
    return [...found].flatMap(([key, session]) => {
      const sessionId = names.get(key);
      if (sessionId === undefined) return [];
      return [{ sessionId, ...session, at: times.get(session.best[0]?.id ?? 0) ?? null }];
    });
  }
}

type Found = Pick<FoundSession, 'best' | 'total'>;

function keepBest(best: FoundRecord[], record: FoundRecord): void {
  if (best.length === BEST && record.rank >= (best[BEST - 1]?.rank ?? 0)) return;
  best.push(record);
  best.sort((a, b) => a.rank - b.rank);
  if (best.length > BEST) best.pop();
}

function prepare(sqlite: BetterSqlite3.Database) {
  return {
    count: sqlite
      .prepare<[string], number>('select count(*) from texts where texts match ?')
      .pluck(),
    ranked: sqlite
      .prepare<[string], [number, number]>(`select rowid, ${RANK} from texts where texts match ?`)
      .raw(),
    counted: sqlite
      .prepare<[string], [number, number, number]>(
        `select rowid >> 20, count(*), max(rowid) from texts where texts match ? group by 1`,
      )
      .raw(),
    sessions: sqlite
      .prepare<[string], string>(
        `select id from sessions where key in
          (select rowid >> 20 from texts where texts match ?)`,
      )
      .pluck(),
    times: sqlite
      .prepare<[string], [number, number | null]>(
        'select records.id, at from json_each(?) join records on records.id = value',
      )
      .raw(),
    place: sqlite.prepare<[number], RecordPlace>(
      `select records.id, files.ref, files.path, records.offset, records.length, records.at, records.kind
        from records join files on files.id = file_id where records.id = ?`,
    ),
    names: sqlite
      .prepare<[string], [number, string]>(
        'select sessions.key, sessions.id from json_each(?) join sessions on sessions.key = value',
      )
      .raw(),
  };
}
