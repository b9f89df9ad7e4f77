import type { Fields } from '@claude-optimizer/core/transcript';
import { BEYOND_ASCII, END, HAS_ESCAPES, MORE, START, WIDTH, type JsonKernel } from './kernel.js';
import { CONTENT, KEYS, type Shape } from './shapes.js';

const QUOTE = 0x22;
const ZERO = 0x30;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const LETTER_F = 0x66;
const LETTER_N = 0x6e;
const LETTER_T = 0x74;
const MOST_DIGITS = 9;

type Late = { at: number; shape: Shape; line: number };

/** An object whose content is read only when it is asked for, while its line is at hand. */
class LateContent {
  [key: string]: unknown;
  readonly #reader: ShapeReader;
  #late: Late | null = null;

  constructor(reader: ShapeReader) {
    this.#reader = reader;
  }

  static set(fields: LateContent, late: Late): void {
    fields.#late = late;
  }

  get content(): unknown {
    return this.#late === null ? undefined : this.#reader.late(this.#late);
  }
}

/** Makes of a tape what is wanted of its line: the rest is never decoded. */
export class ShapeReader {
  readonly #tape: Int32Array;
  readonly #bytes: Buffer;
  /** By key, the text that it had last. */
  readonly #last: string[] = KEYS.map(() => '');
  /** Of lines read: what is late belongs to one of them. */
  #line = 0;

  constructor({ tape, bytes }: Pick<JsonKernel, 'tape' | 'bytes'>) {
    this.#tape = tape;
    this.#bytes = bytes;
  }

  /** What is wanted of the object on the tape; what is late in it, until the next line is read. */
  read(shape: Shape): Fields {
    this.#line += 1;
    return this.#object(0, shape);
  }

  /** Throws when that line is gone. */
  late({ at, shape, line }: Late): unknown {
    if (line !== this.#line) throw new Error('the line is no longer at hand');
    return this.#value(at, shape, CONTENT);
  }

  #object(at: number, shape: Shape): Fields {
    if (!shape.isLate) return this.#fill({}, at, shape);
    const fields = new LateContent(this);
    return this.#fill(fields, at, shape, fields);
  }

  #fill(
    fields: Record<string, unknown>,
    at: number,
    shape: Shape,
    withLate: LateContent | null = null,
  ): Fields {
    const tape = this.#tape;
    const end = tape[at + MORE] ?? 0;
    for (let key = at + WIDTH; key < end;) {
      const value = key + WIDTH;
      const number = tape[key + MORE] ?? 0;
      const wanted = number === 0 ? undefined : shape.fields[number];
      if (wanted !== undefined) {
        if (withLate !== null && number === CONTENT) {
          LateContent.set(withLate, { at: value, shape: wanted, line: this.#line });
        } else fields[KEYS[number - 1] ?? ''] = this.#value(value, wanted, number);
      }
      key = this.#behind(value);
    }
    return fields;
  }

  #list(at: number, { items }: Shape): unknown[] {
    const values: unknown[] = [];
    if (items === null) return values;
    const end = this.#tape[at + MORE] ?? 0;
    for (let value = at + WIDTH; value < end; value = this.#behind(value)) {
      values.push(this.#value(value, items, 0));
    }
    return values;
  }

  /** Where on the tape what follows a value begins. */
  #behind(at: number): number {
    const isPlain = ((this.#tape[at] ?? 0) | 0x20) !== 0x7b;
    return isPlain ? at + WIDTH : (this.#tape[at + MORE] ?? 0);
  }

  #value(at: number, shape: Shape, key: number): unknown {
    switch (this.#tape[at]) {
      case QUOTE:
        return this.#textOf(at, shape, key);
      case ZERO:
        return this.#number(this.#tape[at + START] ?? 0, this.#tape[at + END] ?? 0);
      case LETTER_T:
        return true;
      case LETTER_F:
        return false;
      case LETTER_N:
        return null;
      case OPEN_LIST:
        return this.#list(at, shape);
      default:
        return this.#object(at, shape);
    }
  }

  #textOf(at: number, { text }: Shape, key: number): string {
    switch (text) {
      case 'whole':
        return this.#text(at);
      case 'repeated':
        return this.#repeated(at, key);
      case 'first':
        return this.#first(at);
      case 'none':
        return '';
    }
  }

  #text(at: number): string {
    const start = this.#tape[at + START] ?? 0;
    const end = this.#tape[at + END] ?? 0;
    const flags = this.#tape[at + MORE] ?? 0;
    if (flags === 0) return this.#bytes.toString('latin1', start, end);
    if ((flags & HAS_ESCAPES) === 0) return this.#bytes.toString('utf8', start, end);
    const quoted =
      (flags & BEYOND_ASCII) === 0
        ? this.#bytes.toString('latin1', start - 1, end + 1)
        : this.#bytes.toString('utf8', start - 1, end + 1);
    return JSON.parse(quoted) as string;
  }

  // Comparing takes less time than making a text, and leaves nothing to be collected.
  #repeated(at: number, key: number): string {
    const start = this.#tape[at + START] ?? 0;
    const length = (this.#tape[at + END] ?? 0) - start;
    const last = this.#last[key] ?? '';
    if (last.length === length && this.#tape[at + MORE] === 0) {
      let same = 0;
      while (same < length && last.charCodeAt(same) === this.#bytes[start + same]) same += 1;
      if (same === length) return last;
    }
    const text = this.#text(at);
    this.#last[key] = text;
    return text;
  }

  // Of a letter that isn't ASCII, or is escaped, nobody asks which it is.
  #first(at: number): string {
    const start = this.#tape[at + START] ?? 0;
    const letter = this.#bytes[start] ?? 0;
    if (letter === QUOTE || letter === BACKSLASH || letter >= 0x80) return '';
    return String.fromCharCode(letter);
  }

  #number(start: number, end: number): number {
    if (end - start > MOST_DIGITS) return Number(this.#bytes.toString('latin1', start, end));
    let number = 0;
    for (let at = start; at < end; at += 1) {
      const digit = (this.#bytes[at] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) return Number(this.#bytes.toString('latin1', start, end));
      number = number * 10 + digit;
    }
    return number;
  }
}
