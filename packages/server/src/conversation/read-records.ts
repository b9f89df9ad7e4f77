import { LONGEST_SHOWN } from '@claude-optimizer/core/conversation';
import { parseLine, type Fields } from '@claude-optimizer/core/transcript';
import type { RawTranscripts } from '../archive/raw-transcripts.js';

type Span = { byte: number; bytes: number };

/** Lines that lie so near to one another are read together. */
const GAP = 32 * 1024;
const MOST_TOGETHER = 2 * 1024 * 1024;

/** The records of the lines at these places, by their first byte; a line that is too long has none. */
export async function readRecords(
  raw: Pick<RawTranscripts, 'read'>,
  ref: string,
  spans: readonly Span[],
): Promise<Map<number, readonly Fields[]>> {
  const lines = new Map<number, readonly Fields[]>();
  for (const group of together(spans)) {
    const [first] = group;
    const end = Math.max(...group.map(({ byte, bytes }) => byte + bytes));
    if (!first) continue;
    const bytes = await raw.read(ref, first.byte, end);
    for (const span of group) {
      const from = span.byte - first.byte;
      const line = bytes.subarray(from, from + span.bytes);
      lines.set(span.byte, parseLine(line.toString('utf8')).records);
    }
  }
  return lines;
}

function together(spans: readonly Span[]): Span[][] {
  const unique = new Map(spans.map((span) => [span.byte, span]));
  const sorted = [...unique.values()]
    .filter(({ bytes }) => bytes <= LONGEST_SHOWN)
    .sort((a, b) => a.byte - b.byte);
  const groups: Span[][] = [];
  let first = 0;
  let end = -Infinity;
  for (const span of sorted) {
    const isNear = span.byte - end <= GAP && span.byte + span.bytes - first <= MOST_TOGETHER;
    if (isNear) groups.at(-1)?.push(span);
    else {
      groups.push([span]);
      first = span.byte;
    }
    end = span.byte + span.bytes;
  }
  return groups;
}
