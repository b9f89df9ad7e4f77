import { openKernel } from '../../kernel.js';
import { KERNEL } from './kernel-bytes.js';

/** Where the kernel's memory holds what; see line-kernel.wat, which has the same numbers. */
const HEX = 256;
const BY_HASH = 1_024;
const HASHES = 1_024;
const KEY_AT = 3_072;
const KEY_BYTES = 4_096;
const TAPE = 131_072;
const TAPE_BYTES = 1_048_576;
const TEXT = 1_179_712;
/** The kernel looks so many bytes further than a line goes. */
const BEYOND = 64;
const LF = 0x0a;

type Exports = {
  memory: { buffer: ArrayBuffer };
  read: (start: number, end: number) => number;
  hash: (from: number, length: number) => number;
};

// Numbers on the tape for each key and value; the first says what it is.
export const WIDTH = 4;
export const START = 1;
export const END = 2;
export const MORE = 3;
/** In `MORE` of a text. */
export const HAS_ESCAPES = 1;
export const BEYOND_ASCII = 2;

/**
 * Reads lines of JSON into a tape of their keys and values, at the speed of memory: WebAssembly
 * that compares 16 bytes at once. A line is read where it stands in `bytes`, followed by a newline.
 */
export class JsonKernel {
  /** All of its memory. */
  readonly bytes: Buffer;
  readonly tape: Int32Array;
  /** Room to read a file into, so that its lines need no copy. */
  readonly chunk: Buffer;
  readonly #scratch: number;
  readonly #exports: Exports;

  /** `keys` are the keys that are told apart on the tape, by their place in it and 1. */
  constructor(keys: readonly string[], chunkBytes: number) {
    this.#exports = openKernel(KERNEL) as Exports;
    const { buffer } = this.#exports.memory;
    this.bytes = Buffer.from(buffer);
    this.tape = new Int32Array(buffer, TAPE, TAPE_BYTES / 4);
    this.chunk = Buffer.from(buffer, TEXT, chunkBytes);
    this.#scratch = TEXT + chunkBytes + BEYOND;
    this.#knowEscapes();
    this.#knowKeys(keys);
  }

  /**
   * Where a line stands in `bytes`, copied there unless it is part of `chunk`; -1 where it is too
   * long. What stood behind it is overwritten with a newline.
   */
  place(line: Buffer): number {
    const isHere = line.buffer === this.bytes.buffer;
    if (isHere && this.bytes[line.byteOffset + line.length] === LF) return line.byteOffset;
    if (this.#scratch + line.length + BEYOND > this.bytes.length) return -1;
    this.bytes.set(line, this.#scratch);
    this.bytes[this.#scratch + line.length] = LF;
    return this.#scratch;
  }

  /** Makes the tape of a line; how long it is, 0 where the line is to be read in another way. */
  read(start: number, end: number): number {
    return this.#exports.read(start, end);
  }

  #knowEscapes(): void {
    for (const letter of Buffer.from('"\\/bfnrt')) this.bytes[letter] = 2;
    for (const letter of Buffer.from('u')) this.bytes[letter] = 6;
    for (const digit of Buffer.from('0123456789abcdefABCDEF')) this.bytes[HEX + digit] = 1;
  }

  #knowKeys(keys: readonly string[]): void {
    let at = KEY_BYTES;
    for (const [index, key] of keys.entries()) {
      const number = index + 1;
      const length = this.bytes.write(key, at);
      this.bytes.writeUInt32LE(at, KEY_AT + number * 8);
      this.bytes.writeUInt32LE(length, KEY_AT + number * 8 + 4);
      let slot = this.#exports.hash(at, length);
      while (this.bytes.readUInt16LE(BY_HASH + slot * 2) !== 0) slot = (slot + 1) % HASHES;
      this.bytes.writeUInt16LE(number, BY_HASH + slot * 2);
      at += length;
    }
  }
}
