import { growTo, openKernel, type KernelMemory } from '../kernel.js';
import { KERNEL } from './kernel-bytes.js';
import type { Sighting } from './response-table.js';

/** What the kernel (packages/server/kernel) offers; all places are bytes of its memory. */
type Exports = {
  memory: KernelMemory;
  found: { value: number };
  input: { value: number };
  next: { value: number };
  scan(from: number, to: number): number;
};

/** Told what stands in a line: its usage, or that the whole reader has to look at these bytes. */
export type Seen = {
  usage(sighting: Readonly<Sighting>, length: number): void;
  odd(start: number, end: number): void;
};

/** It looks at so many bytes together, beyond the last one too. */
const BEYOND = 64;
const START_BYTES = 512 * 1_024;
const WIDTH = 64;
const ODD = 0;
// The numbers of what is found, by their place in it; the flags' bits.
const [START, END, IDS, IDS_LENGTH, MODEL_LENGTH, FLAGS] = [1, 2, 3, 4, 5, 6] as const;
const [INPUT, OUTPUT, WRITE_5M, WRITE_1H, READ, SEARCHES] = [7, 8, 9, 10, 11, 12] as const;
const AT = 7;
const [STOPPED, FAST, BATCH, SAME] = [1, 2, 4, 8] as const;

/**
 * Reads usage from the bytes of transcripts, several times as fast as code in JavaScript could. Only
 * where a line is all as the client writes it: what is odd in any way is left to the whole reader.
 */
export class UsageKernel {
  readonly #kernel: Exports;
  readonly #input: number;
  #memory: Buffer;
  #numbers: Int32Array;
  #times: Float64Array;
  /** Where the bytes of a transcript are put; another buffer once it has grown. */
  bytes: Buffer;
  readonly #sighting: Sighting = {
    ...{ id: '', model: '', at: 0, stopped: false, fast: false, batch: false, webSearches: 0 },
    ...{ inputTokens: 0, outputTokens: 0, cacheReadTokens: 0 },
    ...{ cacheWrite5mTokens: 0, cacheWrite1hTokens: 0 },
  };

  constructor() {
    this.#kernel = openKernel(KERNEL) as Exports;
    this.#input = this.#kernel.input.value;
    const { memory } = this.#kernel;
    growTo(memory, this.#input + START_BYTES + BEYOND);
    [this.#memory, this.#numbers, this.#times] = views(memory);
    this.bytes = this.#memory.subarray(this.#input, this.#input + START_BYTES);
  }

  /** Doubles `bytes`, with what is in it. */
  grow(): void {
    const size = this.bytes.length * 2;
    const { memory } = this.#kernel;
    growTo(memory, this.#input + size + BEYOND);
    [this.#memory, this.#numbers, this.#times] = views(memory);
    this.bytes = this.#memory.subarray(this.#input, this.#input + size);
  }

  /** Reads whole lines, which lie in `bytes` from `from` to `to`; `to` ends a line or the file. */
  scan(from: number, to: number, seen: Seen): void {
    const end = this.#input + to;
    // A last line without newline must end, too.
    if (this.#memory[end - 1] !== 0x0a) this.#memory.fill(0, end, end + BEYOND);
    for (let at = this.#input + from; at < end; at = this.#kernel.next.value) {
      const count = this.#kernel.scan(at, end);
      this.#tell(count, seen);
    }
  }

  #tell(count: number, seen: Seen): void {
    const numbers = this.#numbers;
    const first = this.#kernel.found.value;
    for (let index = 0; index < count; index += 1) {
      const place = (first + index * WIDTH) >> 2;
      const start = numbers[place + START] ?? 0;
      const end = numbers[place + END] ?? 0;
      if (numbers[place] === ODD) seen.odd(start - this.#input, end - this.#input);
      else seen.usage(this.#read(place), end - start);
    }
  }

  #read(place: number): Sighting {
    const numbers = this.#numbers;
    const into = this.#sighting;
    const flags = numbers[place + FLAGS] ?? 0;
    if ((flags & SAME) === 0) this.#readNames(place);
    into.stopped = (flags & STOPPED) !== 0;
    into.fast = (flags & FAST) !== 0;
    into.batch = (flags & BATCH) !== 0;
    into.at = this.#times[(place >> 1) + AT] ?? 0;
    into.inputTokens = numbers[place + INPUT] ?? 0;
    into.outputTokens = numbers[place + OUTPUT] ?? 0;
    into.cacheWrite5mTokens = numbers[place + WRITE_5M] ?? 0;
    into.cacheWrite1hTokens = numbers[place + WRITE_1H] ?? 0;
    into.cacheReadTokens = numbers[place + READ] ?? 0;
    into.webSearches = numbers[place + SEARCHES] ?? 0;
    return into;
  }

  #readNames(place: number): void {
    const ids = this.#numbers[place + IDS] ?? 0;
    const model = ids + (this.#numbers[place + IDS_LENGTH] ?? 0);
    const behind = model + (this.#numbers[place + MODEL_LENGTH] ?? 0);
    this.#sighting.id = this.#memory.toString('latin1', ids, model);
    this.#sighting.model = this.#memory.toString('latin1', model, behind);
  }
}

function views(memory: KernelMemory): [Buffer, Int32Array, Float64Array] {
  const { buffer } = memory;
  return [Buffer.from(buffer), new Int32Array(buffer), new Float64Array(buffer)];
}
