import { setImmediate as nextTick } from 'node:timers/promises';
import type { RawTranscripts } from '../archive/raw-transcripts.js';
import { MAX_LINE_BYTES } from '../transcripts/read-lines.js';

export type RawLine = {
  /** To be read before the next line is asked for. Null for a line that is longer than `MAX_LINE_BYTES`. */
  bytes: Buffer | null;
  byte: number;
  length: number;
  /** False for a last line without newline, which may not be whole. */
  closed: boolean;
};

const LF = 0x0a;
const CHUNK = 512 * 1024;
/** So long the daemon may be busy with a conversation before it looks at anything else (ms). */
const SLICE_MS = 4;

/**
 * Lines of a transcript from byte `from` to `to`, wherever it is kept. Other work gets its turn
 * every few milliseconds, so that a live line never waits for a long transcript.
 */
export async function* readLinesOf(
  raw: Pick<RawTranscripts, 'read'>,
  ref: string,
  from: number,
  to: number,
): AsyncGenerator<RawLine, void> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let start = from;
  let sliceEnds = performance.now() + SLICE_MS;
  // One room for all: to get memory for each chunk anew takes as long as to read it.
  const room = Buffer.allocUnsafe(Math.min(CHUNK, Math.max(to - from, 0)));
  for (let at = from; at < to;) {
    const chunk = await raw.read(ref, at, Math.min(at + CHUNK, to), room);
    if (chunk.length === 0) break;
    let begin = 0;
    for (let lf = chunk.indexOf(LF); lf !== -1; lf = chunk.indexOf(LF, begin)) {
      const piece = chunk.subarray(begin, lf);
      const length = heldBytes + piece.length;
      const isTooLong = length > MAX_LINE_BYTES;
      const bytes = held.length === 0 ? piece : Buffer.concat([...held, piece]);
      yield { bytes: isTooLong ? null : bytes, byte: start, length, closed: true };
      held = [];
      heldBytes = 0;
      begin = lf + 1;
      start += length + 1;
      if (performance.now() < sliceEnds) continue;
      await nextTick();
      sliceEnds = performance.now() + SLICE_MS;
    }
    const rest = chunk.subarray(begin);
    heldBytes += rest.length;
    // Beyond the limit only the length is kept.
    if (heldBytes > MAX_LINE_BYTES) held = [];
    else if (rest.length > 0) held.push(Buffer.from(rest));
    at += chunk.length;
  }
  if (heldBytes > 0) {
    const bytes = heldBytes > MAX_LINE_BYTES ? null : Buffer.concat(held);
    yield { bytes, byte: start, length: heldBytes, closed: false };
  }
}
