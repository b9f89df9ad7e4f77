import { setImmediate as nextTick } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { indexable, searchedTexts, type RecordTexts } from '@claude-optimizer/core/search';
import { parseLine, textAt, type Fields } from '@claude-optimizer/core/transcript';
import type { IndexedFile, IndexedRecord, SearchWriter } from '@claude-optimizer/store';
import type { RawFile, RawTranscripts } from '../archive/raw-transcripts.js';
import { readLinesOf } from '../conversation/read-lines-of.js';
import { mayHoldText } from './holds-text.js';

/** A longer line is mostly pictures; parsed, it would take many times its size in memory. */
const LONGEST_LINE = 16 * 1024 * 1024;
/** Records and letters written in one transaction. */
const MOST_RECORDS = 500;
const MOST_LETTERS = 2 * 1024 * 1024;
const TAIL = 64;
const ROWS = 500;

type Options = {
  writer: SearchWriter;
  transcripts: Pick<RawTranscripts, 'files' | 'read'>;
  /** Where the file of a ref lies; null where only the archive has it. */
  pathOf: (ref: string) => string | null;
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
  { writer, transcripts, isOver, pathOf }: Options,
  sessionId: string,
  { ref, bytes, role }: RawFile,
  from: number,
): Promise<void> {
  let records: IndexedRecord[] = [];
  let letters = 0;
  let offset = from;
  const write = async () => {
    const tail = await tailOf(transcripts, ref, offset);
    writer.add(sessionId, { ref, path: pathOf(ref), offset, tail }, records);
    records = [];
    letters = 0;
  };
  for await (const line of readLinesOf(transcripts, ref, from, bytes)) {
    const read = readLine(line.bytes, role);
    // Without its newline it may be the beginning of a line.
    if (!line.closed && read === null) break;
    offset = line.byte + line.length + (line.closed ? 1 : 0);
    for (const found of read ?? []) {
      records.push({ offset: line.byte, length: line.length, ...found });
      letters += lettersIn(found.texts);
    }
    if (records.length < MOST_RECORDS && letters < MOST_LETTERS) continue;
    await write();
    await nextTick();
    if (isOver(sessionId)) return;
  }
  await write();
}

type Found = Pick<IndexedRecord, 'at' | 'kind' | 'texts'>;

/** What a line holds to be searched; null where it isn't whole. */
function readLine(bytes: Buffer | null, role: RawFile['role']): Found[] | null {
  if (bytes === null || bytes.length > LONGEST_LINE || !mayHoldText(bytes)) return [];
  const { records, malformed } = parseLine(bytes.toString('utf8'));
  if (malformed !== null && records.length === 0) return null;
  return records.flatMap((record) => {
    const texts = searchedTexts(record, isInAgent(record, role));
    return texts === null ? [] : [foundIn(record, texts)];
  });
}

/** Whether a record stands in a subagent's thread. */
export function isInAgent(record: Fields, role: RawFile['role']): boolean {
  return role === 'agent' || record['isSidechain'] === true;
}

function foundIn(record: Fields, texts: RecordTexts): Found {
  const at = Date.parse(textAt(record, 'timestamp') ?? '');
  const kind = (['title', 'prompt', 'answer'] as const).find((one) => texts[one] !== '') ?? 'input';
  const indexed = Object.entries(texts).map(([column, text]) => [column, indexable(text)]);
  return {
    at: Number.isNaN(at) ? null : at,
    kind,
    texts: Object.fromEntries(indexed) as RecordTexts,
  };
}

function lettersIn(texts: RecordTexts): number {
  return Object.values(texts).reduce((sum, text) => sum + text.length, 0);
}
