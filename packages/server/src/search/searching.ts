import {
  exclusionExpression,
  matchExpression,
  parseQuery,
  type Moments,
  type Phrase,
  type SearchQuery,
} from '@claude-optimizer/core/search';
import type { SearchHit, SearchState } from '@claude-optimizer/protocol';
import type { FoundSession, ListScope, SearchReader } from '@claude-optimizer/store';
import type { RawTranscripts } from '../archive/raw-transcripts.js';
import { hitAt } from './hits.js';

/** What a list is narrowed to by a search, and where in its sessions the words stand. */
export type Asked = {
  scope: Pick<ListScope, 'tests' | 'among'>;
  hitsOf: (sessionIds: readonly string[]) => Promise<Map<string, SessionHits>>;
};
export type SessionHits = { hits: SearchHit[]; hitsTotal: number };

type Options = {
  /** Null while nothing is indexed. */
  reader: () => SearchReader | null;
  transcripts: Pick<RawTranscripts, 'read' | 'know'>;
  state: () => SearchState;
  now: () => number;
};

const DAY = 86_400_000;
/** So old (days), a record counts half as much more than an old one as a fresh one does. */
const FRESH_DAYS = 30;
/** Answers kept: scrolling through one asks for it again and again. */
const KEPT = 4;

type Answer = { version: number; sessions: FoundSession[] };

/** Answers searches out of the full-text index. */
export class Searching {
  readonly #options: Options;
  readonly #answers = new Map<string, Answer>();

  constructor(options: Options) {
    this.#options = options;
  }

  state(): SearchState {
    return this.#options.state();
  }

  /** Throws `bad_request` for a search that can't be understood. */
  ask(text: string): Asked {
    const query = readSearch(text, this.#options.now());
    const wanted = matchExpression(query);
    if (wanted !== null) return this.#found(query, wanted);
    const unwanted = exclusionExpression(query);
    const ids = unwanted === null ? [] : (this.#options.reader()?.sessionIds(unwanted) ?? []);
    const among = unwanted === null ? {} : { among: { ids, except: true } };
    return { scope: { tests: query.tests, ...among }, hitsOf: () => Promise.resolve(new Map()) };
  }

  #found({ tests, phrases }: SearchQuery, expression: string): Asked {
    const reader = this.#options.reader();
    const sessions = reader ? this.#answer(reader, expression) : [];
    const ids = sessions.map(({ sessionId }) => sessionId);
    const hitsOf = async (sessionIds: readonly string[]) => {
      const wanted = new Set(sessionIds);
      const bySession = new Map(
        sessions
          .filter(({ sessionId }) => wanted.has(sessionId))
          .map((one) => [one.sessionId, one]),
      );
      const found = await Promise.all(
        sessionIds.map(async (id) => {
          const { best = [], total = 0 } = bySession.get(id) ?? {};
          const places = reader?.places(best.map((record) => record.id)) ?? [];
          const hits = await Promise.all(
            places.map((place) => hitAt(this.#options.transcripts, place, phrases)),
          );
          return [id, { hits, hitsTotal: total }] as const;
        }),
      );
      return new Map(found);
    };
    return { scope: { tests, among: { ids, except: false } }, hitsOf };
  }

  #answer(reader: SearchReader, expression: string): FoundSession[] {
    const version = reader.version();
    const known = this.#answers.get(expression);
    if (known?.version === version) return known.sessions;
    const now = this.#options.now();
    const scored = reader.find(expression).map((session) => ({
      session,
      score: scoreOf(session, now),
    }));
    const sessions = scored.sort((a, b) => b.score - a.score).map(({ session }) => session);
    this.#answers.delete(expression);
    this.#answers.set(expression, { version, sessions });
    const oldest = this.#answers.keys().next();
    if (this.#answers.size > KEPT && !oldest.done) this.#answers.delete(oldest.value);
    return sessions;
  }
}

/** How it stands where nothing is indexed: in a demo. */
export const NOT_INDEXED: SearchState = {
  ...{ state: 'off', sessionsDone: 0, sessionsTotal: 0, bytes: 0, problem: null },
};

/** The same without an index: words are looked for in the names of sessions alone. */
export function askHeads(text: string, now: number): Asked {
  const { tests, phrases, without } = readSearch(text, now);
  const inName = (negated: boolean) => (phrase: Phrase) => ({
    ...{ negated, field: 'name' as const, contains: phrase.words.join(' ') },
  });
  const named = [...phrases.map(inName(false)), ...without.map(inName(true))];
  return { scope: { tests: [...tests, ...named] }, hitsOf: () => Promise.resolve(new Map()) };
}

/** Reads a search with this machine's days. */
function readSearch(text: string, now: number): SearchQuery {
  const date = new Date(now);
  const moments: Moments = {
    now,
    dayStart: (year, month, day) => new Date(year, month - 1, day).getTime(),
    today: [date.getFullYear(), date.getMonth() + 1, date.getDate()],
  };
  return parseQuery(text, moments);
}

// How well its best record fits, a fresh one up to twice as much as an old one; then how many.
function scoreOf({ best: [first], total, at }: FoundSession, now: number): number {
  if (first === undefined) return 0;
  const age = Math.max(0, now - (at ?? 0)) / DAY;
  const freshness = 1 + 1 / (1 + age / FRESH_DAYS);
  return (0.1 - first.rank) * freshness * (1 + Math.log10(total) / 10);
}
