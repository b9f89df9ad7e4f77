import { readSync } from 'node:fs';
import {
  parseLine,
  usageOfRecord,
  type Fields,
  type PlainUse,
} from '@claude-optimizer/core/transcript';
import { MAX_LINE_BYTES } from '../transcripts/read-lines.js';

/** What one line tells of a response's usage; `at` (epoch ms) is null where it has no time. */
export type UsageSighting = { at: number | null; use: PlainUse };

const LF = 0x0a;
const CHUNK = 1024 * 1024;
/** Every line that tells usage holds this key; inside a text its quotes would be escaped. */
const USAGE = Buffer.from('"usage"');
const CONTENT = Buffer.from('"content":[');
const MESSAGE = Buffer.from('"message"');
/** The longest run of small fields between a message's content and its usage. */
const BETWEEN = 400;

/** A buffer that one file after another is read through; grows to the longest line. */
export class LineBuffer {
  bytes = Buffer.allocUnsafeSlow(4 * CHUNK);

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
    const room = Math.min(buffer.bytes.length - held, 4 * CHUNK);
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
    const newline = bytes.indexOf(LF, hit);
    const end = newline === -1 ? bytes.length : newline;
    // With another in the same line, of what a tool took or of a glued record, all of it is parsed.
    let next = bytes.indexOf(USAGE, hit + USAGE.length);
    const alone = next === -1 || next >= end;
    while (next !== -1 && next < end) next = bytes.indexOf(USAGE, next + USAGE.length);
    readLine(bytes, { start, hit, end, alone }, `byte:${String(position + start)}`, see);
    hit = next;
  }
}

/** A line, where in it the (first) usage stands, and whether that is the only one. */
type Place = { start: number; hit: number; end: number; alone: boolean };

function readLine(
  bytes: Buffer,
  place: Place,
  name: string,
  see: (sighting: UsageSighting) => void,
): void {
  if (place.end - place.start > MAX_LINE_BYTES) return;
  const quick = place.alone ? skim(bytes, place) : null;
  for (const record of quick ? [quick] : parsed(bytes, place)) {
    const { at, uses } = usageOfRecord(record, name);
    for (const use of uses) see({ at, use });
  }
}

function parsed(bytes: Buffer, { start, end }: Place): readonly Fields[] {
  const { records, malformed } = parseLine(bytes.toString('utf8', start, end));
  // A last line without newline that isn't whole is still being written.
  return malformed !== null && end === bytes.length ? [] : records;
}

/**
 * The record of a response without its content: what stands before the content and from the usage
 * on, each read as JSON by itself, which succeeds only where both stand within the message. Null
 * where the line has another shape: then all of it is parsed.
 */
function skim(bytes: Buffer, { start, hit, end }: Place): Fields | null {
  const content = bytes.indexOf(CONTENT, start);
  if (content === -1 || content > hit) return null;
  // Another message before the usage: of a record glued to this one, or of what a tool took.
  if (bytes.subarray(content, hit).includes(MESSAGE)) return null;
  try {
    const tail = JSON.parse(`{"message":{${bytes.toString('latin1', hit, end)}`) as Fields;
    const head = JSON.parse(`${bytes.toString('latin1', start, content)}"content":[]}}`) as Fields;
    if ((tail['type'] ?? head['type']) !== 'assistant' || !head['message']) return null;
    const message: Record<string, unknown> = Object.assign(
      head['message'],
      tail['message'],
    ) as Record<string, unknown>;
    // Fields between content and usage, which are passed over, must not be those that tell it apart.
    if (!('id' in message && 'model' in message)) return null;
    const reason = stopReason(bytes.toString('latin1', Math.max(content, hit - BETWEEN), hit));
    if (reason === undefined) return null;
    message['stop_reason'] = reason;
    return Object.assign(head, tail, { message });
  } catch {
    return null;
  }
}

// Fields of plain values right before the usage: nothing else can stand between them and it.
const STOP = /"stop_reason":(null|"[^"\\]*"),(?:"\w+":(?:null|"[^"\\]*"),)*$/u;

function stopReason(before: string): string | null | undefined {
  const found = STOP.exec(before)?.[1];
  if (found === undefined) return undefined;
  return found === 'null' ? null : found.slice(1, -1);
}
