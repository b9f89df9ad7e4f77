import { readSync } from 'node:fs';

const CHUNK = 256 * 1024;
/** A longer line is passed over and reported (format reference: no limit below 64 MB). */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;
const LF = 0x0a;
const CLOSING_BRACE = 0x7d;

/** One line of a file without its newline: its bytes as text, where it begins and where it ends. */
export type Line = {
  /** Null when the line is longer than `MAX_LINE_BYTES`. */
  text: string | null;
  start: number;
  /** The byte after the line and its newline. */
  end: number;
  /** False for a last line without newline, which may not be whole. */
  closed: boolean;
};

/**
 * Lines of an open file from byte `from` on, read in bounded chunks (smaller when few bytes are
 * expected); invalid UTF-8 becomes U+FFFD.
 * A last line without newline is given only if it ends like a record, marked as not closed.
 */
export function* readLines(
  fd: number,
  from: number,
  options: { expected?: number; chunkBytes?: number; maxLine?: number } = {},
): Generator<Line> {
  const { expected = Infinity, chunkBytes = CHUNK, maxLine = MAX_LINE_BYTES } = options;
  const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, Math.max(1, expected)));
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
      const text = length > maxLine ? null : textOf(held, piece);
      const end = position + lf + 1;
      held = [];
      heldBytes = 0;
      begin = lf + 1;
      yield { text, start, end, closed: true };
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
    yield { text: textOf(held, Buffer.alloc(0)), start, end: start + heldBytes, closed: false };
  }
}

function textOf(held: readonly Buffer[], piece: Buffer): string {
  return held.length === 0
    ? piece.toString('utf8')
    : Buffer.concat([...held, piece]).toString('utf8');
}

function endsLikeARecord(bytes: Buffer): boolean {
  let i = bytes.length - 1;
  while (i >= 0 && (bytes[i] ?? 0) <= 0x20) i -= 1;
  return bytes[i] === CLOSING_BRACE;
}
