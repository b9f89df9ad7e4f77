import { signBits } from '@claude-optimizer/core/search';
import { growTo, openKernel, type KernelMemory } from '../kernel.js';
import { KERNEL } from './kernel-bytes.js';

/** What the kernel (packages/server/kernel) offers; all places are bytes of its memory. */
type Exports = {
  memory: KernelMemory;
  read: (from: number, to: number, out: number) => number;
} & Record<Place, { readonly value: number }> & { at: { readonly value: bigint } };
type Place = 'signsAt' | 'marksAt' | 'free' | 'answerEnd' | 'toolEnd' | 'fileEnd' | 'inputEnd';

/** What is searched of an answer, as it is indexed; null where there is nothing. */
export type AnswerColumns = {
  at: number;
  answer: Buffer | null;
  tool: Buffer | null;
  file: Buffer | null;
  input: Buffer | null;
  bytes: number;
};

/** It looks at so many bytes together, beyond the last one too. */
const BEYOND = 64;
const ROOM = 256 * 1024;
/** A longer line is parsed whole, unless it stands in the room. */
const LONGEST = 1024 * 1024;
/** Columns of so many bytes are kept until they are given back; those of one line are smaller. */
export const COLUMN_BYTES = 3 * 1024 * 1024;
const MOST_OF_LINE = 512 * 1024;
const LF = 0x0a;

/**
 * Reads answers from their bytes, making no text of them: WebAssembly that looks at 16 bytes at once.
 * Each thread that indexes has its own.
 */
export class AnswerKernel {
  /** Where a file may be read into, so that its lines need no copy. */
  readonly room: Buffer;
  readonly #exports: Exports;
  readonly #bytes: Buffer;
  readonly #scratch: number;
  readonly #columns: number;
  #out: number;

  private constructor() {
    this.#exports = openKernel(KERNEL) as Exports;
    const { memory, free, signsAt, marksAt } = this.#exports;
    this.#scratch = free.value + ROOM + BEYOND;
    this.#columns = this.#scratch + LONGEST + BEYOND;
    growTo(memory, this.#columns + COLUMN_BYTES + BEYOND);
    this.#bytes = Buffer.from(memory.buffer);
    this.room = this.#bytes.subarray(free.value, free.value + ROOM);
    this.#out = this.#columns;
    const { signs, marks } = signBits();
    this.#bytes.set(signs, signsAt.value);
    this.#bytes.set(marks, marksAt.value);
  }

  /** Null where the machine hasn't the instructions: lines are parsed whole. */
  static open(): AnswerKernel | null {
    try {
      return new AnswerKernel();
    } catch {
      return null;
    }
  }

  /** What is searched of the answer in a line; null for any other line, and for one that is odd. */
  read(line: Buffer): AnswerColumns | null {
    const start = this.#place(line);
    if (start === -1 || this.#out + MOST_OF_LINE > this.#columns + COLUMN_BYTES) return null;
    const out = this.#out;
    const { read, answerEnd, toolEnd, fileEnd, inputEnd, at } = this.#exports;
    if (read(start, start + line.length, out) === 0) return null;
    this.#out = inputEnd.value;
    return {
      at: Number(at.value),
      answer: this.#column(out, answerEnd.value),
      tool: this.#column(answerEnd.value, toolEnd.value),
      file: this.#column(toolEnd.value, fileEnd.value),
      input: this.#column(fileEnd.value, inputEnd.value),
      bytes: this.#out - out,
    };
  }

  /** All columns that were read are done with: others take their place. */
  release(): void {
    this.#out = this.#columns;
  }

  #column(from: number, to: number): Buffer | null {
    return from === to ? null : this.#bytes.subarray(from, to);
  }

  /** Where a line stands, copied there unless it is part of the room; -1 where it is too long. */
  #place(line: Buffer): number {
    const isHere = line.buffer === this.#bytes.buffer;
    if (isHere && this.#bytes[line.byteOffset + line.length] === LF) return line.byteOffset;
    if (line.length > LONGEST) return -1;
    this.#bytes.set(line, this.#scratch);
    this.#bytes[this.#scratch + line.length] = LF;
    return this.#scratch;
  }
}
