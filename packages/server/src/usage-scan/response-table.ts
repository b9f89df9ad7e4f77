import { totalTokens, type Usage } from '@claude-optimizer/protocol';

/** One response as its lines tell it. Times in epoch ms; `pricedAt`: of the line that counts. */
export type Response = {
  messageId: string;
  requestId: string;
  sessionId: string;
  model: string;
  bornAt: number;
  at: number;
  pricedAt: number;
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

/** A table in a form that goes from thread to thread without being copied piece by piece. */
export type PackedTable = { ids: string[]; texts: string[]; numbers: Float64Array<ArrayBuffer> };

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
  #messageId = '';
  #requestId = '';
  #row = 0;

  /** Takes a sighting in; of one response the greatest output, the oldest file, the first time. */
  add(seen: Response): void {
    // Most lines are of the response that the line before was of.
    if (seen.messageId === this.#messageId && seen.requestId === this.#requestId) {
      this.#merge(this.#row * WIDTH, seen);
      return;
    }
    const id = seen.requestId === '' ? seen.messageId : `${seen.messageId}\0${seen.requestId}`;
    const row = this.#rows.get(id);
    this.#messageId = seen.messageId;
    this.#requestId = seen.requestId;
    this.#row = row ?? this.#rows.size;
    if (row === undefined) this.#write(this.#newRow(id), seen);
    else this.#merge(row * WIDTH, seen);
  }

  get size(): number {
    return this.#rows.size;
  }

  /** Calls `visit` with each response; the object is the same one each time. */
  forEach(visit: (response: Readonly<Response>) => void): void {
    const response = { ...EMPTY };
    for (const row of this.#rows.values()) visit(this.#read(row * WIDTH, response));
  }

  pack(): PackedTable {
    const numbers = this.#numbers.slice(0, this.#rows.size * WIDTH);
    return { ids: [...this.#rows.keys()], texts: this.#texts, numbers };
  }

  /** Takes in what another thread has found. */
  addAll({ ids, texts, numbers }: PackedTable): void {
    const response = { ...EMPTY };
    ids.forEach((id, row) => {
      const [messageId = '', requestId = ''] = id.split('\0');
      readNumbers(numbers, row * WIDTH, response);
      response.messageId = messageId;
      response.requestId = requestId;
      response.sessionId = texts[numbers[row * WIDTH + SESSION] ?? -1] ?? '';
      response.model = texts[numbers[row * WIDTH + MODEL] ?? -1] ?? '';
      this.add(response);
    });
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

  #write(from: number, seen: Response): void {
    const numbers = this.#numbers;
    numbers[from + BORN_AT] = seen.bornAt;
    numbers[from + AT] = seen.at;
    numbers[from + STOPPED] = seen.stopped ? 1 : 0;
    numbers[from + SESSION] = this.#textNumber(seen.sessionId);
    this.#writeUsage(from, seen);
  }

  #writeUsage(from: number, seen: Response): void {
    const numbers = this.#numbers;
    numbers[from + PRICED_AT] = seen.pricedAt;
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

  #merge(from: number, seen: Response): void {
    const numbers = this.#numbers;
    const bornAt = numbers[from + BORN_AT] ?? 0;
    const isOlder =
      seen.bornAt < bornAt ||
      (seen.bornAt === bornAt && seen.sessionId < this.#text(from + SESSION));
    if (isOlder) {
      numbers[from + BORN_AT] = seen.bornAt;
      numbers[from + SESSION] = this.#textNumber(seen.sessionId);
    }
    if (seen.at < (numbers[from + AT] ?? 0)) numbers[from + AT] = seen.at;
    if (seen.stopped) numbers[from + STOPPED] = 1;
    const output = numbers[from + OUTPUT] ?? 0;
    const isBetter =
      seen.outputTokens > output || (seen.outputTokens === output && this.#isFuller(from, seen));
    if (isBetter) this.#writeUsage(from, seen);
  }

  #isFuller(from: number, seen: Response): boolean {
    let known = 0;
    for (let column = INPUT; column <= READ; column += 1)
      known += this.#numbers[from + column] ?? 0;
    return totalTokens(usageOf(seen)) > known;
  }

  #read(from: number, into: Response): Response {
    readNumbers(this.#numbers, from, into);
    into.sessionId = this.#text(from + SESSION);
    into.model = this.#text(from + MODEL);
    return into;
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

/** A response's tokens as the one usage shape. */
export function usageOf(response: Response): Usage {
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

function readNumbers(numbers: Float64Array, from: number, into: Response): void {
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
}

const EMPTY: Response = {
  messageId: '',
  requestId: '',
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
