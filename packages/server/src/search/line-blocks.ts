import type { RawTranscripts } from '../archive/raw-transcripts.js';

const LF = 0x0a;
const ROOM = 256 * 1024;

/** Lines one after another, as they stand in a file from byte `at`. */
export type LineBlock = {
  /** Until the next block is asked for. */
  bytes: Buffer;
  at: number;
  /** False where the last line has no newline: it may not be whole. */
  closed: boolean;
};

/**
 * The lines of a transcript from byte `from` to `to` in blocks, wherever it is kept, read into
 * `room` as long as they fit. A line much longer than `longest` stands in none of them.
 */
export async function* lineBlocks(
  raw: Pick<RawTranscripts, 'read'>,
  ref: string,
  bounds: { from: number; to: number; longest: number; room?: Buffer },
): AsyncGenerator<LineBlock, void> {
  const { from, to, longest } = bounds;
  let { room = Buffer.allocUnsafe(ROOM) } = bounds;
  const most = room.length;
  /** So much of a line that isn't whole yet stands at the beginning of the room. */
  let held = 0;
  let at = from;
  let isPassing = false;
  for (let next = from; next < to;) {
    if (held > room.length / 2) room = larger(room, held);
    const free = room.subarray(held, held + Math.min(most, room.length - held, to - next));
    const chunk = await raw.read(ref, next, next + free.length, free);
    if (chunk.length === 0) break;
    if (chunk.buffer !== room.buffer || chunk.byteOffset !== free.byteOffset) free.set(chunk);
    next += chunk.length;
    const bytes = room.subarray(0, held + chunk.length);
    const begin = isPassing ? bytes.indexOf(LF) + 1 : 0;
    if (isPassing && begin === 0) {
      at = next;
      continue;
    }
    const end = bytes.lastIndexOf(LF) + 1;
    // Empty after a long line: that one, too, has been read.
    if (end > begin || isPassing)
      yield { bytes: bytes.subarray(begin, end), at: at + begin, closed: true };
    isPassing = false;
    const rest = Math.max(begin, end);
    held = bytes.length - rest;
    if (rest > 0) room.copyWithin(0, rest, bytes.length);
    at = next - held;
    if (held <= longest) continue;
    held = 0;
    at = next;
    isPassing = true;
  }
  if (held > 0) yield { bytes: room.subarray(0, held), at, closed: false };
}

function larger(room: Buffer, held: number): Buffer {
  const twice = Buffer.allocUnsafe(room.length * 2);
  room.copy(twice, 0, 0, held);
  return twice;
}
