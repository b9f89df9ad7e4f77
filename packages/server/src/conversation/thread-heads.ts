import { beginningOf } from '@claude-optimizer/core/conversation';
import type { RawFile, RawTranscripts } from '../archive/raw-transcripts.js';
import { parseBytes } from '../transcripts/parse-bytes.js';

/** How a thread begins: when (epoch ms), and its first words. */
export type ThreadHead = { at: number | null; words: string | null };

const HEAD_BYTES = 64 * 1024;
const LINES = 4;
const KEPT = 4_000;
const LF = 0x0a;

/** Beginnings of threads' files, each read once. */
export class ThreadHeads {
  readonly #raw: Pick<RawTranscripts, 'read'>;
  readonly #kept = new Map<string, Promise<ThreadHead>>();

  constructor(raw: Pick<RawTranscripts, 'read'>) {
    this.#raw = raw;
  }

  of(file: RawFile): Promise<ThreadHead> {
    const known = this.#kept.get(file.ref);
    if (known) return known;
    const head = this.#read(file).catch(() => ({ at: null, words: null }));
    this.#kept.set(file.ref, head);
    // One that has hardly begun will say more.
    void head.then(({ at, words }) => {
      if (at === null || words === null) this.#kept.delete(file.ref);
    });
    const oldest = this.#kept.keys().next();
    if (this.#kept.size > KEPT && !oldest.done) this.#kept.delete(oldest.value);
    return head;
  }

  async #read({ ref, bytes }: RawFile): Promise<ThreadHead> {
    const head = await this.#raw.read(ref, 0, Math.min(bytes, HEAD_BYTES));
    let at: number | null = null;
    for (let from = 0, lines = 0; from < head.length && lines < LINES; lines += 1) {
      const lf = head.indexOf(LF, from);
      const end = lf === -1 ? head.length : lf;
      for (const record of parseBytes(head.subarray(from, end)).records) {
        const begins = beginningOf(record);
        at ??= begins.at;
        if (begins.words !== null) return { at, words: begins.words };
      }
      from = end + 1;
    }
    return { at, words: null };
  }
}
