import { readSync } from 'node:fs';
import {
  parseLine,
  usageOfRecord,
  type Fields,
  type PlainUse,
} from '@claude-optimizer/core/transcript';
import { MAX_LINE_BYTES } from '../transcripts/read-lines.js';
import { Skimmer } from './skim-line.js';

/** What one line tells of a response's usage; `at` (epoch ms) is null where it has no time. */
export type UsageSighting = { at: number | null; use: PlainUse };

const LF = 0x0a;
/** What is read at once stays in the processor's cache until it has been searched. */
const CHUNK = 256 * 1024;
const skimmer = new Skimmer();
/** Every line that tells usage holds this key; inside a text its quotes would be escaped. */
const USAGE = Buffer.from('"usage"');

/** A buffer that one file after another is read through; grows to the longest line. */
export class LineBuffer {
  bytes = Buffer.allocUnsafeSlow(2 * CHUNK);

  grow(): void {
    const bigger = Buffer.allocUnsafeSlow(this.bytes.length * 2);
    this.bytes.copy(bigger);
    this.bytes = bigger;
  }
}

/**
 * Calls `see` with all usage that an open file tells, in order, parsing only the lines and the
 * parts of lines where it stands. What can't be parsed is passed over, as by the whole reader.
 */
export function readUsageLines(
  fd: number,
  buffer: LineBuffer,
  see: (sighting: UsageSighting) => void,
): void {
  let held = 0;
  let position = 0;
  let tooLong = false;
  for (;;) {
    if (held === buffer.bytes.length) buffer.grow();
    const room = Math.min(buffer.bytes.length - held, CHUNK);
    const size = readSync(fd, buffer.bytes, held, room, position + held);
    const filled = held + size;
    const end = size === 0 ? filled : buffer.bytes.lastIndexOf(LF, filled - 1) + 1;
    // Of a line beyond the limit what is left is passed over, up to its newline.
    const begin = tooLong && end > 0 ? newlineAfter(buffer.bytes, 0, end) : 0;
    if (end > begin) readStretch(buffer.bytes.subarray(begin, end), position + begin, see);
    if (size === 0) return;
    buffer.bytes.copyWithin(0, end, filled);
    position += end;
    held = filled - end;
    tooLong = (tooLong && end === 0) || held > MAX_LINE_BYTES;
    if (!tooLong) continue;
    position += held;
    held = 0;
  }
}

/** The byte after the next newline, or `end`. */
function newlineAfter(bytes: Buffer, from: number, end: number): number {
  const lf = bytes.indexOf(LF, from);
  return lf === -1 || lf >= end ? end : lf + 1;
}

/** Reads whole lines; `position` is the file's byte with which they begin. */
function readStretch(
  bytes: Buffer,
  position: number,
  see: (sighting: UsageSighting) => void,
): void {
  for (let hit = bytes.indexOf(USAGE); hit !== -1;) {
    const start = bytes.lastIndexOf(LF, hit) + 1;
    let end = skimmer.skim(bytes, start);
    const isLine = end !== -1 && (end === bytes.length || bytes[end] === LF);
    if (isLine && end - start <= MAX_LINE_BYTES) {
      see({ at: skimmer.at, use: skimmer.use() });
    } else {
      const newline = bytes.indexOf(LF, hit);
      end = newline === -1 ? bytes.length : newline;
      readWholeLine(bytes, { start, end }, `byte:${String(position + start)}`, see);
    }
    hit = bytes.indexOf(USAGE, end);
  }
}

type Place = { start: number; end: number };

function readWholeLine(
  bytes: Buffer,
  place: Place,
  name: string,
  see: (sighting: UsageSighting) => void,
): void {
  if (place.end - place.start > MAX_LINE_BYTES) return;
  for (const record of parsed(bytes, place)) {
    const { at, uses } = usageOfRecord(record, name);
    for (const use of uses) see({ at, use });
  }
}

function parsed(bytes: Buffer, { start, end }: Place): readonly Fields[] {
  const { records, malformed } = parseLine(bytes.toString('utf8', start, end));
  // A last line without newline that isn't whole is still being written.
  return malformed !== null && end === bytes.length ? [] : records;
}
