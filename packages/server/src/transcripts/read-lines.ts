import { readSync } from 'node:fs';

const CHUNK = 256 * 1024;
/** A longer line is passed over and reported (format reference: no limit below 64 MB). */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;
const LF = 0x0a;
const CLOSING_BRACE = 0x7d;

/** One line of a file without its newline: what was read of it, where it begins and where it ends. */
export type Line<T> = {
  /** Null when the line is longer than `MAX_LINE_BYTES`. */
  content: T | null;
  start: number;
  /** The byte after the line and its newline. */
  end: number;
  /** False for a last line without newline, which may not be whole. */
  closed: boolean;
};

/**
 * Lines of an open file from byte `from` on, read in bounded chunks (smaller when few bytes are
 * expected, or into the room that is given). `read` makes something of a line's bytes, which are
 * overwritten afterwards.
 * A last line without newline is given only if it ends like a record, marked as not closed.
 */
export function* readLines<T>(
  fd: number,
  from: number,
  read: (bytes: Buffer) => T,
  options: { expected?: number; chunkBytes?: number; maxLine?: number; chunk?: Buffer } = {},
): Generator<Line<T>> {
  const { expected = Infinity, chunkBytes = CHUNK, maxLine = MAX_LINE_BYTES } = options;
  const { chunk = Buffer.allocUnsafe(Math.min(chunkBytes, Math.max(1, expected))) } = options;
  let held: Buffer[] = [];
  let heldBytes = 0;
  let start = from;
  let position = from;
  for (;;) {
    const size = readSync(fd, chunk, 0, chunk.length, position);
    if (size === 0) break;
    let begin = 0;
    for (let lf = chunk.indexOf(LF); lf !== -1 && lf < size; lf = chunk.indexOf(LF, begin)) {
      const piece = chunk.subarray(begin, lf);
      const length = heldBytes + piece.length;
      const content = length > maxLine ? null : read(joined(held, piece));
      const end = position + lf + 1;
      held = [];
      heldBytes = 0;
      begin = lf + 1;
      yield { content, start, end, closed: true };
      start = end;
    }
    const rest = chunk.subarray(begin, size);
    heldBytes += rest.length;
    // Beyond the limit only the length is kept: the line is lost, memory isn't.
    if (heldBytes > maxLine) held = [];
    else if (rest.length > 0) held.push(Buffer.from(rest));
    position += size;
  }
  const last = held.at(-1);
  if (last && endsLikeARecord(last)) {
    const content = read(joined(held, Buffer.alloc(0)));
    yield { content, start, end: start + heldBytes, closed: false };
  }
}

function joined(held: readonly Buffer[], piece: Buffer): Buffer {
  return held.length === 0 ? piece : Buffer.concat([...held, piece]);
}

function endsLikeARecord(bytes: Buffer): boolean {
  let i = bytes.length - 1;
  while (i >= 0 && (bytes[i] ?? 0) <= 0x20) i -= 1;
  return bytes[i] === CLOSING_BRACE;
}
