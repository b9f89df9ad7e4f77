import { readSync } from 'node:fs';
import { parseLine, usageOfRecord, type PlainUse } from '@claude-optimizer/core/transcript';
import { MAX_LINE_BYTES } from '../transcripts/read-lines.js';
import { responseId, type Sighting } from './response-table.js';
import type { Seen, UsageKernel } from './usage-kernel.js';

const LF = 0x0a;
/** What is read at once stays in the processor's cache until it has been searched. */
const CHUNK = 256 * 1024;

/** Told what one line says of a response; `timeless` where it doesn't say when. */
export type See = { usage(sighting: Readonly<Sighting>): void; timeless(): void };

/**
 * Calls `see` with all usage that an open file of so many bytes tells, in order, parsing only the
 * lines that the kernel leaves to be. What can't be parsed is passed over, as by the whole reader.
 * What it is called with is the same object each time.
 */
export function readUsageLines(fd: number, fileSize: number, kernel: UsageKernel, see: See): void {
  let held = 0;
  let position = 0;
  let tooLong = false;
  for (;;) {
    if (held === kernel.bytes.length) kernel.grow();
    const room = Math.min(kernel.bytes.length - held, CHUNK);
    const size = readSync(fd, kernel.bytes, held, room, position + held);
    const filled = held + size;
    const isLast = size === 0 || (size < room && position + filled >= fileSize);
    const end = isLast ? filled : kernel.bytes.lastIndexOf(LF, filled - 1) + 1;
    // Of a line beyond the limit what is left is passed over, up to its newline.
    const begin = tooLong && end > 0 ? newlineAfter(kernel.bytes, end) : 0;
    if (end > begin) kernel.scan(begin, end, seenBy(see, kernel.bytes, position, end));
    if (isLast) return;
    kernel.bytes.copyWithin(0, end, filled);
    position += end;
    held = filled - end;
    tooLong = (tooLong && end === 0) || held > MAX_LINE_BYTES;
    if (!tooLong) continue;
    position += held;
    held = 0;
  }
}

/** The byte after the first newline, or `end`. */
function newlineAfter(bytes: Buffer, end: number): number {
  const lf = bytes.indexOf(LF);
  return lf === -1 || lf >= end ? end : lf + 1;
}

/** `position` is the file's byte with which the stretch begins, `end` where it ends in `bytes`. */
function seenBy(see: See, bytes: Buffer, position: number, end: number): Seen {
  return {
    usage: (sighting, length) => {
      if (length <= MAX_LINE_BYTES) see.usage(sighting);
    },
    odd: (from, to) => {
      if (to - from > MAX_LINE_BYTES) return;
      const { records, malformed } = parseLine(bytes.toString('utf8', from, to));
      // A last line without newline that isn't whole is still being written.
      if (malformed !== null && to === end) return;
      for (const record of records) {
        const { at, uses } = usageOfRecord(record, `byte:${String(position + from)}`);
        for (const use of uses) {
          if (at === null) see.timeless();
          else see.usage({ ...sightingOf(use), at });
        }
      }
    },
  };
}

/** What the whole reader tells of a response, as the table takes it. */
export function sightingOf({
  messageId,
  requestId,
  tokens,
  batch,
  ...use
}: PlainUse): Omit<Sighting, 'at'> {
  return { id: responseId(messageId, requestId), batch: batch ?? false, ...use, ...tokens };
}
