import type { RawTranscripts } from '../archive/raw-transcripts.js';

const LF = 0x0a;
const CHUNK = 1024 * 1024;

/** Lines one after another, as they stand in a file from byte `at`. */
export type LineBlock = {
  bytes: Buffer;
  at: number;
  /** False where the last line has no newline: it may not be whole. */
  closed: boolean;
};

/**
 * The lines of a transcript from byte `from` to `to` in blocks, wherever it is kept. A line much
 * longer than `longest` stands in none of them.
 */
export async function* lineBlocks(
  raw: Pick<RawTranscripts, 'read'>,
  ref: string,
  bounds: { from: number; to: number; longest: number; chunk?: number },
): AsyncGenerator<LineBlock, void> {
  const { from, to, longest, chunk: most = CHUNK } = bounds;
  let rest: Buffer = Buffer.alloc(0);
  let at = from;
  let isPassing = false;
  for (let next = from; next < to;) {
    const chunk = await raw.read(ref, next, Math.min(next + most, to));
    if (chunk.length === 0) break;
    next += chunk.length;
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const begin = isPassing ? chunk.indexOf(LF) + 1 : 0;
    if (isPassing && begin === 0) {
      at = next;
      continue;
    }
    const end = bytes.lastIndexOf(LF) + 1;
    // Empty after a long line: that one, too, has been read.
    if (end > begin || isPassing)
      yield { bytes: bytes.subarray(begin, end), at: at + begin, closed: true };
    isPassing = false;
    rest = bytes.subarray(Math.max(begin, end));
    at = next - rest.length;
    if (rest.length <= longest) continue;
    rest = Buffer.alloc(0);
    at = next;
    isPassing = true;
  }
  if (rest.length > 0) yield { bytes: rest, at, closed: false };
}
