import type { PlainUse } from '@claude-optimizer/core/transcript';
import {
  behindDigits,
  behindValue,
  CLOSE,
  CLOSE_LIST,
  COMMA,
  isNull,
  keyEnd,
  OPEN,
  OPEN_LIST,
  plainEnd,
  QUOTE,
  startsWith,
  wholeNumber,
} from './json-bytes.js';

// The fields that matter, numbered in the order of the lists below.
const TYPE = 0;
const MESSAGE = 1;
const REQUEST_ID = 2;
const TIMESTAMP = 3;
const ID = 4;
const MODEL = 5;
const STOP_REASON = 6;
const USAGE = 7;
const INPUT = 8;
const OUTPUT = 9;
const READ = 10;
const WRITTEN = 11;
const SPLIT = 12;
const SERVER_TOOLS = 13;
const ITERATIONS = 14;
const SPEED = 15;
const TIER = 16;
const WRITTEN_5M = 17;
const WRITTEN_1H = 18;
const SEARCHES = 19;
const ITERATION_TYPE = 20;
const FIELDS = 21;
const SLOTS = 64;

type Field = { key: Buffer; number: number };
/** Fields by the length and the first letter of their keys: few have both in common. */
type Fields = readonly (readonly Field[])[];

function fields(first: number, ...keys: string[]): Fields {
  const slots: Field[][] = Array.from({ length: SLOTS }, () => []);
  for (const [index, name] of keys.entries()) {
    const key = Buffer.from(name);
    slots[slotOf(key, 0, key.length)]?.push({ key, number: first + index });
  }
  return slots;
}

const IN_RECORD = fields(TYPE, 'type', 'message', 'requestId', 'timestamp');
const IN_MESSAGE = fields(ID, 'id', 'model', 'stop_reason', 'usage');
const IN_USAGE = fields(
  INPUT,
  ...['input_tokens', 'output_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens'],
  ...['cache_creation', 'server_tool_use', 'iterations', 'speed', 'service_tier'],
);
const IN_SPLIT = fields(WRITTEN_5M, 'ephemeral_5m_input_tokens', 'ephemeral_1h_input_tokens');
const IN_SERVER_TOOLS = fields(SEARCHES, 'web_search_requests');
const IN_ITERATION = fields(ITERATION_TYPE, 'type');
const ASSISTANT = Buffer.from('"assistant"');
const OF_MESSAGE = Buffer.from('"message"');
const NEEDED = (1 << TYPE) | (1 << TIMESTAMP) | (1 << USAGE);

/**
 * Reads a response's usage from the bytes of its line, without making anything of the rest. Only
 * where all of it has the shape that the client writes; what is odd in any way is left to the whole
 * reader: spaces, a field given twice, an escape in a name, a count that is none, an advisor.
 */
export class Skimmer {
  #bytes: Buffer = Buffer.alloc(0);
  /** A bit for each field that was met. */
  #met = 0;
  readonly #texts: string[] = Array.from({ length: FIELDS }, () => '');
  readonly #counts = new Float64Array(FIELDS);

  /** The byte behind the record that begins at `start`; -1 where it has another shape. */
  skim(bytes: Buffer, start: number): number {
    this.#bytes = bytes;
    this.#met = 0;
    this.#texts.fill('');
    this.#counts.fill(0);
    const end = this.#object(start, IN_RECORD);
    const model = this.#text(MODEL);
    const isWhole = (this.#met & NEEDED) === NEEDED && this.#text(ID) !== '' && model !== '';
    return isWhole && model !== '<synthetic>' && this.#splitAddsUp() ? end : -1;
  }

  /** When it was written, in epoch ms. */
  get at(): number {
    return this.#count(TIMESTAMP);
  }

  /** What was read, as the whole reader tells it. */
  use(): PlainUse {
    const cacheWrite1hTokens = this.#count(WRITTEN_1H);
    const written = this.#hasMet(WRITTEN) ? this.#count(WRITTEN) : this.#split();
    return {
      messageId: this.#text(ID),
      requestId: this.#text(REQUEST_ID),
      model: this.#text(MODEL),
      tokens: {
        inputTokens: this.#count(INPUT),
        outputTokens: this.#count(OUTPUT),
        cacheWrite5mTokens: written - cacheWrite1hTokens,
        cacheWrite1hTokens,
        cacheReadTokens: this.#count(READ),
      },
      webSearches: this.#count(SEARCHES),
      fast: this.#text(SPEED) === 'fast',
      batch: this.#text(TIER) === 'batch',
      stopped: this.#text(STOP_REASON) !== '',
    };
  }

  #text(field: number): string {
    return this.#texts[field] ?? '';
  }

  #count(field: number): number {
    return this.#counts[field] ?? 0;
  }

  #hasMet(field: number): boolean {
    return (this.#met & (1 << field)) !== 0;
  }

  #split(): number {
    return this.#count(WRITTEN_5M) + this.#count(WRITTEN_1H);
  }

  // With several iterations the split is of the last one: the whole reader adds them up.
  #splitAddsUp(): boolean {
    if (!this.#hasMet(WRITTEN) || this.#split() === this.#count(WRITTEN)) return true;
    return this.#split() === 0 && !this.#hasMet(ITERATION_TYPE);
  }

  /** Reads the object at `from`: the byte behind it, or -1. */
  #object(from: number, known: Fields): number {
    const bytes = this.#bytes;
    if (bytes[from] !== OPEN) return -1;
    if (bytes[from + 1] === CLOSE) return from + 2;
    for (let at = from + 1; ; at += 1) {
      const close = bytes[at] === QUOTE ? keyEnd(bytes, at + 1) : -1;
      if (close === -1) return -1;
      const field = fieldAt(bytes, at + 1, close, known);
      at = field === -1 ? behindValue(bytes, close + 2) : this.#take(field, close + 2);
      if (at === -1) return -1;
      if (bytes[at] === CLOSE) return at + 1;
      if (bytes[at] !== COMMA) return -1;
    }
  }

  /** Takes the field whose value is at `from`: the byte behind it, or -1. */
  #take(field: number, from: number): number {
    // Of a field given twice the last counts, with all that is in it.
    if (this.#hasMet(field)) return -1;
    this.#met |= 1 << field;
    switch (field) {
      case TYPE:
        return this.#word(from, ASSISTANT);
      case MESSAGE:
        return this.#object(from, IN_MESSAGE);
      case USAGE:
        return this.#object(from, IN_USAGE);
      case SPLIT:
        return isNull(this.#bytes, from) ? from + 4 : this.#object(from, IN_SPLIT);
      case SERVER_TOOLS:
        return isNull(this.#bytes, from) ? from + 4 : this.#object(from, IN_SERVER_TOOLS);
      case ITERATIONS:
        return this.#iterations(from);
      case ITERATION_TYPE:
        return this.#word(from, OF_MESSAGE);
      case TIMESTAMP:
        return this.#takeTime(from);
      case REQUEST_ID:
      case ID:
      case MODEL:
      case STOP_REASON:
      case SPEED:
      case TIER:
        return this.#takeText(field, from);
      default:
        return this.#takeCount(field, from);
    }
  }

  #word(from: number, word: Buffer): number {
    return startsWith(this.#bytes, from, word) ? from + word.length : -1;
  }

  // All of them of the response itself: an advisor's are billed each by its own model.
  #iterations(from: number): number {
    const bytes = this.#bytes;
    if (bytes[from] !== OPEN_LIST) return -1;
    if (bytes[from + 1] === CLOSE_LIST) return from + 2;
    for (let at = from + 1; ; at += 1) {
      this.#met &= ~(1 << ITERATION_TYPE);
      at = this.#object(at, IN_ITERATION);
      if (at === -1 || !this.#hasMet(ITERATION_TYPE)) return -1;
      if (bytes[at] === CLOSE_LIST) return at + 1;
      if (bytes[at] !== COMMA) return -1;
    }
  }

  #takeCount(field: number, from: number): number {
    const behind = behindDigits(this.#bytes, from);
    const count = behind === -1 ? -1 : wholeNumber(this.#bytes, from, behind);
    this.#counts[field] = count;
    return count === -1 ? -1 : behind;
  }

  /** Takes a text of plain letters, or null as none. */
  #takeText(field: number, from: number): number {
    const bytes = this.#bytes;
    if (isNull(bytes, from)) return from + 4;
    const close = bytes[from] === QUOTE ? plainEnd(bytes, from + 1) : -1;
    if (close === -1) return -1;
    this.#texts[field] = bytes.toString('latin1', from + 1, close);
    return close + 1;
  }

  #takeTime(from: number): number {
    const behind = this.#takeText(TIMESTAMP, from);
    const at = Date.parse(this.#text(TIMESTAMP));
    this.#counts[TIMESTAMP] = at;
    return Number.isNaN(at) ? -1 : behind;
  }
}

function fieldAt(bytes: Buffer, from: number, to: number, known: Fields): number {
  for (const { key, number } of known[slotOf(bytes, from, to)] ?? []) {
    if (key.length === to - from && startsWith(bytes, from, key)) return number;
  }
  return -1;
}

function slotOf(bytes: Buffer, from: number, to: number): number {
  return ((bytes[from] ?? 0) + to - from) % SLOTS;
}
