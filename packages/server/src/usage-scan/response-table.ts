import { totalTokens, type Usage } from '@claude-optimizer/protocol';

/** What one line tells of a response; `at` in epoch ms. */
export type Sighting = {
  /** By what it is known, see `responseId`. */
  id: string;
  model: string;
  at: number;
  stopped: boolean;
  fast: boolean;
  batch: boolean;
  webSearches: number;
  inputTokens: number;
  outputTokens: number;
  cacheWrite5mTokens: number;
  cacheWrite1hTokens: number;
  cacheReadTokens: number;
};

/** Whose a file is, and when it was made (see `birthOf`). */
export type Owner = { sessionId: string; bornAt: number };

/** One response as all its lines tell it; `pricedAt` (epoch ms): of the line that counts. */
export type Response = Omit<Sighting, 'id'> & Owner & { pricedAt: number };

/** A table in a form that goes from thread to thread without being copied piece by piece. */
export type PackedTable = { ids: string[]; texts: string[]; numbers: Float64Array<ArrayBuffer> };

/** By what a response is known in all files. */
export function responseId(messageId: string, requestId: string): string {
  return requestId === '' ? messageId : `${messageId}\0${requestId}`;
}

// The columns of the numbers; the last two are numbers of texts.
const BORN_AT = 0;
const AT = 1;
const PRICED_AT = 2;
const STOPPED = 3;
const FAST = 4;
const BATCH = 5;
const WEB_SEARCHES = 6;
const INPUT = 7;
const OUTPUT = 8;
const WRITE_5M = 9;
const WRITE_1H = 10;
const READ = 11;
const SESSION = 12;
const MODEL = 13;
const WIDTH = 14;

/**
 * All responses of an archive, each once, by the ledger's rules (see merge-sightings.ts). Kept as
 * columns of numbers: a hundred thousand objects would take most of a scan's time and memory.
 */
export class ResponseTable {
  #numbers = new Float64Array(4_096 * WIDTH);
  readonly #rows = new Map<string, number>();
  readonly #texts: string[] = [];
  readonly #textNumbers = new Map<string, number>();
  #id = '';
  #row = 0;

  /** Takes a sighting in; of one response the greatest output, the oldest file, the first time. */
  add(seen: Readonly<Sighting>, owner: Owner): void {
    // Most lines are of the response that the line before was of.
    const row = seen.id === this.#id ? this.#row : this.#rows.get(seen.id);
    this.#id = seen.id;
    this.#row = row ?? this.#rows.size;
    if (row === undefined) this.#write(this.#newRow(seen.id), seen, owner, seen.at);
    else this.#merge(row * WIDTH, seen, owner, seen.at);
  }

  get size(): number {
    return this.#rows.size;
  }

  /** Calls `visit` with each response; the object is the same one each time. */
  forEach(visit: (response: Readonly<Response>) => void): void {
    const response = { ...EMPTY };
    for (const row of this.#rows.values()) {
      visit(readRow(this.#numbers, row * WIDTH, this.#texts, response));
    }
  }

  pack(): PackedTable {
    const numbers = this.#numbers.slice(0, this.#rows.size * WIDTH);
    return { ids: [...this.#rows.keys()], texts: this.#texts, numbers };
  }

  /** Takes in what another thread has found. */
  addAll({ ids, texts, numbers }: PackedTable): void {
    const ours = texts.map((text) => this.#textNumber(text));
    const response = { ...EMPTY };
    for (const [index, id] of ids.entries()) {
      const theirs = index * WIDTH;
      const row = this.#rows.get(id);
      if (row === undefined) {
        const to = this.#newRow(id);
        this.#numbers.set(numbers.subarray(theirs, theirs + WIDTH), to);
        this.#numbers[to + SESSION] = ours[numbers[theirs + SESSION] ?? -1] ?? -1;
        this.#numbers[to + MODEL] = ours[numbers[theirs + MODEL] ?? -1] ?? -1;
      } else {
        readRow(numbers, theirs, texts, response);
        this.#merge(row * WIDTH, response, response, response.pricedAt);
      }
    }
  }

  #newRow(id: string): number {
    const row = this.#rows.size;
    this.#rows.set(id, row);
    if ((row + 1) * WIDTH > this.#numbers.length) {
      const bigger = new Float64Array(this.#numbers.length * 2);
      bigger.set(this.#numbers);
      this.#numbers = bigger;
    }
    return row * WIDTH;
  }

  #write(from: number, seen: Seen, owner: Owner, pricedAt: number): void {
    const numbers = this.#numbers;
    numbers[from + BORN_AT] = owner.bornAt;
    numbers[from + AT] = seen.at;
    numbers[from + STOPPED] = seen.stopped ? 1 : 0;
    numbers[from + SESSION] = this.#textNumber(owner.sessionId);
    this.#writeUsage(from, seen, pricedAt);
  }

  #writeUsage(from: number, seen: Seen, pricedAt: number): void {
    const numbers = this.#numbers;
    numbers[from + PRICED_AT] = pricedAt;
    numbers[from + FAST] = seen.fast ? 1 : 0;
    numbers[from + BATCH] = seen.batch ? 1 : 0;
    numbers[from + WEB_SEARCHES] = seen.webSearches;
    numbers[from + INPUT] = seen.inputTokens;
    numbers[from + OUTPUT] = seen.outputTokens;
    numbers[from + WRITE_5M] = seen.cacheWrite5mTokens;
    numbers[from + WRITE_1H] = seen.cacheWrite1hTokens;
    numbers[from + READ] = seen.cacheReadTokens;
    numbers[from + MODEL] = this.#textNumber(seen.model);
  }

  #merge(from: number, seen: Seen, owner: Owner, pricedAt: number): void {
    const numbers = this.#numbers;
    const bornAt = numbers[from + BORN_AT] ?? 0;
    const isOlder =
      owner.bornAt < bornAt ||
      (owner.bornAt === bornAt && owner.sessionId < this.#text(from + SESSION));
    if (isOlder) {
      numbers[from + BORN_AT] = owner.bornAt;
      numbers[from + SESSION] = this.#textNumber(owner.sessionId);
    }
    if (seen.at < (numbers[from + AT] ?? 0)) numbers[from + AT] = seen.at;
    if (seen.stopped) numbers[from + STOPPED] = 1;
    const output = numbers[from + OUTPUT] ?? 0;
    const isBetter =
      seen.outputTokens > output || (seen.outputTokens === output && this.#isFuller(from, seen));
    if (isBetter) this.#writeUsage(from, seen, pricedAt);
  }

  #isFuller(from: number, seen: Seen): boolean {
    let known = 0;
    for (let column = INPUT; column <= READ; column += 1)
      known += this.#numbers[from + column] ?? 0;
    return totalTokens(usageOf(seen)) > known;
  }

  #text(index: number): string {
    return this.#texts[this.#numbers[index] ?? -1] ?? '';
  }

  #textNumber(text: string): number {
    const known = this.#textNumbers.get(text);
    if (known !== undefined) return known;
    const number = this.#texts.push(text) - 1;
    this.#textNumbers.set(text, number);
    return number;
  }
}

type Seen = Readonly<Omit<Sighting, 'id'>>;

/** A response's tokens as the one usage shape. */
export function usageOf(response: Seen): Usage {
  return {
    inputTokens: response.inputTokens,
    outputTokens: response.outputTokens,
    cacheWrite5mTokens: response.cacheWrite5mTokens,
    cacheWrite1hTokens: response.cacheWrite1hTokens,
    cacheReadTokens: response.cacheReadTokens,
    messages: 1,
    costMicrodollars: null,
  };
}

function readRow(
  numbers: Float64Array,
  from: number,
  texts: readonly string[],
  into: Response,
): Response {
  into.bornAt = numbers[from + BORN_AT] ?? 0;
  into.at = numbers[from + AT] ?? 0;
  into.pricedAt = numbers[from + PRICED_AT] ?? 0;
  into.stopped = numbers[from + STOPPED] === 1;
  into.fast = numbers[from + FAST] === 1;
  into.batch = numbers[from + BATCH] === 1;
  into.webSearches = numbers[from + WEB_SEARCHES] ?? 0;
  into.inputTokens = numbers[from + INPUT] ?? 0;
  into.outputTokens = numbers[from + OUTPUT] ?? 0;
  into.cacheWrite5mTokens = numbers[from + WRITE_5M] ?? 0;
  into.cacheWrite1hTokens = numbers[from + WRITE_1H] ?? 0;
  into.cacheReadTokens = numbers[from + READ] ?? 0;
  into.sessionId = texts[numbers[from + SESSION] ?? -1] ?? '';
  into.model = texts[numbers[from + MODEL] ?? -1] ?? '';
  return into;
}

const EMPTY: Response = {
  sessionId: '',
  model: '',
  bornAt: 0,
  at: 0,
  pricedAt: 0,
  stopped: false,
  fast: false,
  batch: false,
  webSearches: 0,
  inputTokens: 0,
  outputTokens: 0,
  cacheWrite5mTokens: 0,
  cacheWrite1hTokens: 0,
  cacheReadTokens: 0,
};
