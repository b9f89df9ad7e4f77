import { randomUUID } from 'node:crypto';
import {
  emptyOutline,
  MAIN,
  outlineLine,
  type FileOutline,
} from '@claude-optimizer/core/conversation';
import type { RawFile, RawTranscripts } from '../archive/raw-transcripts.js';
import { parseBytes } from '../transcripts/parse-bytes.js';
import { readLinesOf } from './read-lines-of.js';

/** The outline of one file, how far of it has been read, and whether that was all of it then. */
export type ReadOutline = FileOutline & { generation: string; until: number; isWhole: boolean };
type Kept = { outline: ReadOutline; tail: Buffer };

/** Bytes before the end of what was read that must still be there: else it's another file. */
const TAIL = 64;
/** Passages of all outlines that are kept; the ones asked for last stay. */
const MOST_PASSAGES = 300_000;

/** Outlines of transcript files, brought up to date when they're asked for. */
export class Outlines {
  readonly #raw: Pick<RawTranscripts, 'read'>;
  readonly #kept = new Map<string, Promise<Kept>>();

  constructor(raw: Pick<RawTranscripts, 'read'>) {
    this.#raw = raw;
  }

  /**
   * The outline of a file as long as it is now; only what is new of it is read. Of one that hasn't
   * been read yet `enough` passages will do.
   */
  async of(file: RawFile, enough = Infinity): Promise<ReadOutline> {
    const before = this.#kept.get(file.ref) ?? null;
    // In turn: two who ask at once get the same.
    const next = this.#bring(file, enough, before?.catch(() => null) ?? Promise.resolve(null));
    this.#kept.delete(file.ref);
    this.#kept.set(file.ref, next);
    try {
      const { outline } = await next;
      await this.#forgetOldest();
      return outline;
    } catch (error) {
      if (this.#kept.get(file.ref) === next) this.#kept.delete(file.ref);
      throw error;
    }
  }

  async #bring(file: RawFile, enough: number, before: Promise<Kept | null>): Promise<Kept> {
    const known = await before;
    if (known && known.outline.until === file.bytes) return known;
    const goesOn = known !== null && (await this.#isSame(file, known));
    const outline = goesOn ? known.outline : nothingOf(file);
    // What had been read to its end is read on to its end.
    const most = outline.isWhole ? Infinity : enough;
    if (goesOn && hasEnough(outline, most)) return known;
    outline.isWhole = false;
    for await (const line of readLinesOf(this.#raw, file.ref, outline.until, file.bytes)) {
      const parsed =
        line.bytes === null
          ? { records: [], malformed: 'longer than 64 MB' }
          : parseBytes(line.bytes);
      // A last line without newline is taken once it is whole.
      if (!line.closed && parsed.malformed !== null) break;
      outlineLine(outline, parsed, { byte: line.byte, bytes: line.length });
      outline.until = line.byte + line.length + (line.closed ? 1 : 0);
      if (hasEnough(outline, most)) break;
    }
    outline.isWhole = outline.until >= file.bytes || !hasEnough(outline, most);
    const tail = await this.#raw.read(file.ref, Math.max(outline.until - TAIL, 0), outline.until);
    return { outline, tail: Buffer.from(tail) };
  }

  async #isSame(file: RawFile, { outline, tail }: Kept): Promise<boolean> {
    if (file.bytes < outline.until) return false;
    const now = await this.#raw.read(file.ref, outline.until - tail.length, outline.until);
    return tail.equals(now);
  }

  async #forgetOldest(): Promise<void> {
    let sum = 0;
    for (const [ref, kept] of [...this.#kept].reverse()) {
      const size = await kept.then(({ outline }) => passagesIn(outline)).catch(() => 0);
      if (sum > 0 && sum + size > MOST_PASSAGES) this.#kept.delete(ref);
      else sum += size;
    }
  }
}

function nothingOf({ role }: RawFile): ReadOutline {
  const generation = randomUUID().slice(0, 8);
  return { ...emptyOutline(role !== 'main'), generation, until: 0, isWhole: false };
}

function hasEnough({ threads }: FileOutline, enough: number): boolean {
  return (threads.get(MAIN)?.passages.length ?? 0) >= enough;
}

function passagesIn(outline: FileOutline): number {
  let count = 0;
  for (const { passages } of outline.threads.values()) count += passages.length;
  return count;
}
