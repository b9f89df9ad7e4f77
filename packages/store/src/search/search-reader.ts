import type { SearchKind } from '@claude-optimizer/protocol';
import type BetterSqlite3 from 'better-sqlite3';
import { RECORDS_PER_SESSION, sessionKeyOf } from './record-id.js';

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
  #names: { version: number; ids: ReadonlyMap<number, string> } | null = null;

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
    const records = this.#statements.records.all(expression);
    return this.#named(
      records.length <= MOST_RANKED ? this.#ranked(expression) : newestOf(records),
    );
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

  #ranked(expression: string): Found[] {
    const found = new Map<number, Found>();
    for (const [id, rank] of this.#statements.ranked.all(expression)) {
      const key = sessionKeyOf(id);
      const session = found.get(key) ?? { key, best: [], total: 0 };
      found.set(key, session);
      session.total += 1;
      keepBest(session.best, { id, rank });
    }
    return [...found.values()];
  }

  // Of all at once: a common word stands in thousands of sessions.
  #named(found: readonly Found[]): FoundSession[] {
    const times = this.#statements.times.all(JSON.stringify(found.map(({ best }) => best[0]?.id)));
    const names = this.#ids();
    return found.flatMap(({ key, best, total }, n) => {
      const sessionId = names.get(key);
      return sessionId === undefined ? [] : { sessionId, best, total, at: times[n] ?? null };
    });
  }

  // Kept until somebody has written: a search as it is typed asks for all of them again and again.
  #ids(): ReadonlyMap<number, string> {
    const version = this.version();
    if (this.#names?.version === version) return this.#names.ids;
    const ids = new Map(this.#statements.names.all());
    this.#names = { version, ids };
    return ids;
  }
}

type Found = Pick<FoundSession, 'best' | 'total'> & { key: number };

/** How many of these records, which are in order, each session has, and its newest one. */
function newestOf(records: readonly number[]): Found[] {
  const found: Found[] = [];
  for (let at = 0; at < records.length;) {
    const key = sessionKeyOf(records[at] ?? 0);
    const next = (key + 1) * RECORDS_PER_SESSION;
    let end = at + 1;
    while (end < records.length && (records[end] ?? 0) < next) end += 1;
    found.push({ key, best: [{ id: records[end - 1] ?? 0, rank: 0 }], total: end - at });
    at = end;
  }
  return found;
}

function keepBest(best: FoundRecord[], record: FoundRecord): void {
  if (best.length === BEST && record.rank >= (best[BEST - 1]?.rank ?? 0)) return;
  best.push(record);
  best.sort((a, b) => a.rank - b.rank);
  if (best.length > BEST) best.pop();
}

function prepare(sqlite: BetterSqlite3.Database) {
  return {
    records: sqlite
      .prepare<[string], number>('select rowid from texts where texts match ? order by rowid')
      .pluck(),
    ranked: sqlite
      .prepare<[string], [number, number]>(`select rowid, ${RANK} from texts where texts match ?`)
      .raw(),
    sessions: sqlite
      .prepare<[string], string>(
        `select id from sessions where key in
          (select rowid >> 20 from texts where texts match ?)`,
      )
      .pluck(),
    // One for each, in their order.
    times: sqlite
      .prepare<[string], number | null>(
        'select (select at from records where id = value) from json_each(?) order by json_each.key',
      )
      .pluck(),
    place: sqlite.prepare<[number], RecordPlace>(
      `select records.id, files.ref, files.path, records.offset, records.length, records.at, records.kind
        from records join files on files.id = file_id where records.id = ?`,
    ),
    names: sqlite.prepare<[], [number, string]>('select key, id from sessions').raw(),
  };
}
