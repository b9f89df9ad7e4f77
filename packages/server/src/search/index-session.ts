import { setImmediate as nextTick } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { IndexedFile, IndexedRecord, SearchWriter } from '@claude-optimizer/store';
import type { RawFile, RawTranscripts } from '../archive/raw-transcripts.js';
import type { AnswerKernel } from './answer-kernel.js';
import { lineBlocks, type LineBlock } from './line-blocks.js';
import { lettersIn, LONGEST_LINE, searchedInLine } from './searched-in-line.js';

/** Records and letters written in one transaction. */
const MOST_RECORDS = 500;
const MOST_LETTERS = 2 * 1024 * 1024;
const TAIL = 64;
const LF = 0x0a;
const ROWS = 500;

type Options = {
  writer: SearchWriter;
  transcripts: Pick<RawTranscripts, 'files' | 'read'>;
  /** Where the file of a ref lies; null where only the archive has it. */
  pathOf: (ref: string) => string | null;
  /** Reads answers from their bytes; null where lines are parsed whole. */
  kernel: AnswerKernel | null;
  /** Whether to stop after the step that is under way. */
  isOver: (sessionId: string) => boolean;
};

/** Indexes what the transcripts of a session have gained; goes on where it was left at any time. */
export async function indexSession(options: Options, sessionId: string): Promise<void> {
  const { writer, transcripts, isOver } = options;
  const known = new Map(writer.files(sessionId).map((file) => [file.ref, file]));
  for (const file of await transcripts.files(sessionId)) {
    if (isOver(sessionId)) return;
    if (file.role === 'aside') continue;
    const before = known.get(file.ref);
    if (before?.offset === file.bytes) continue;
    const from = before ? await continues(options, sessionId, file, before) : 0;
    await indexFile(options, sessionId, file, from);
  }
}

/** Where to go on; a file that was replaced is indexed anew. */
async function continues(
  { writer, transcripts, isOver }: Options,
  sessionId: string,
  { ref, bytes }: RawFile,
  { offset, tail }: IndexedFile,
): Promise<number> {
  const isSame = bytes > offset && (await tailOf(transcripts, ref, offset)) === tail;
  if (isSame) return offset;
  while (!isOver(sessionId) && !writer.remove(sessionId, ref, ROWS)) await nextTick();
  return 0;
}

async function tailOf(raw: Pick<RawTranscripts, 'read'>, ref: string, offset: number) {
  return crc32(await raw.read(ref, Math.max(0, offset - TAIL), offset));
}

async function indexFile(
  { writer, transcripts, kernel, isOver, pathOf }: Options,
  sessionId: string,
  { ref, bytes, role }: RawFile,
  from: number,
): Promise<void> {
  let records: IndexedRecord[] = [];
  let letters = 0;
  let offset = from;
  const write = (tail: number) => {
    writer.add(sessionId, { ref, path: pathOf(ref), offset, tail }, records);
    records = [];
    letters = 0;
    kernel?.release();
  };
  let tail: number | null = null;
  kernel?.release();
  for await (const block of lineBlocks(transcripts, ref, {
    from,
    to: bytes,
    longest: LONGEST_LINE,
    ...(kernel && { room: kernel.room }),
  })) {
    const lines = block.bytes;
    offset = block.at;
    for (let begin = 0; begin < lines.length;) {
      const lf = lines.indexOf(LF, begin);
      const end = lf === -1 ? lines.length : lf;
      const found = searchedInLine(lines.subarray(begin, end), role, kernel);
      // Without its newline it may be the beginning of a line.
      if (lf === -1 && found === null) break;
      const at = block.at + begin;
      for (const one of found ?? []) {
        records.push({ offset: at, length: end - begin, ...one });
        letters += lettersIn(one.texts);
      }
      begin = end + 1;
      offset = block.at + Math.min(begin, lines.length);
      if (records.length < MOST_RECORDS && letters < MOST_LETTERS) continue;
      write(tailIn(block, offset) ?? (await tailOf(transcripts, ref, offset)));
      await nextTick();
      if (isOver(sessionId)) return;
    }
    tail = tailIn(block, offset);
  }
  write(tail ?? (await tailOf(transcripts, ref, offset)));
}

// Where it has just been read it needn't be read again.
function tailIn({ bytes, at }: LineBlock, offset: number): number | null {
  const end = offset - at;
  return end < TAIL && at > 0 ? null : crc32(bytes.subarray(Math.max(0, end - TAIL), end));
}
