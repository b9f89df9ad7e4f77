import type { RawPassage } from '@claude-optimizer/protocol';
import type { RawTranscripts } from '../archive/raw-transcripts.js';

/** What is given of a record at a time, in bytes. */
const PIECE = 400_000;

type Line = RawPassage['lines'][number];

/** A piece of a line of a transcript, from byte `from` of the line on; it never parts a letter. */
export async function rawPiece(
  raw: Pick<RawTranscripts, 'read'>,
  ref: string,
  { byte, bytes }: { byte: number; bytes: number },
  from: number,
): Promise<Line> {
  const end = Math.min(from + PIECE, bytes);
  const piece = await raw.read(ref, byte + from, byte + end);
  const whole = end < bytes ? lettersIn(piece) : piece.length;
  const text = piece.toString('utf8', 0, whole);
  return { byte, bytes, text, from, end: from + whole, cut: bytes > PIECE };
}

/** How many bytes of it are whole letters; what is no UTF-8 is taken as it is. */
function lettersIn(piece: Buffer): number {
  for (let back = 1; back <= 4 && back <= piece.length; back += 1) {
    const byte = piece[piece.length - back] ?? 0;
    if (byte < 0x80) return piece.length - back + 1;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? piece.length - back : piece.length;
  }
  return piece.length;
}
