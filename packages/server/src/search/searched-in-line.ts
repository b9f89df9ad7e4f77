import { indexable, searchedTexts, type RecordTexts } from '@claude-optimizer/core/search';
import { parseLine, textAt, type Fields } from '@claude-optimizer/core/transcript';
import type { IndexedRecord, IndexedText, SearchedTexts } from '@claude-optimizer/store';
import type { RawFile } from '../archive/raw-transcripts.js';
import type { AnswerColumns, AnswerKernel } from './answer-kernel.js';
import { mayHoldText } from './holds-text.js';

/** A longer line is mostly pictures; parsed, it would take many times its size in memory. */
export const LONGEST_LINE = 16 * 1024 * 1024;
const KINDS = ['title', 'prompt', 'answer'] as const;

type Found = Pick<IndexedRecord, 'at' | 'kind' | 'texts'>;

/**
 * What a line holds to be searched, by the kernel where it can read it; null where the line isn't
 * whole. What the kernel read is to be written before it is released.
 */
export function searchedInLine(
  bytes: Buffer,
  role: RawFile['role'],
  kernel: AnswerKernel | null,
): Found[] | null {
  if (bytes.length > LONGEST_LINE || !mayHoldText(bytes)) return [];
  const columns = kernel?.read(bytes) ?? null;
  if (columns !== null) return columns.bytes === 0 ? [] : [ofAnswer(columns)];
  const { records, malformed } = parseLine(bytes.toString('utf8'));
  if (malformed !== null && records.length === 0) return null;
  return records.flatMap((record) => {
    const texts = searchedTexts(record, isInAgent(record, role));
    return texts === null ? [] : [ofRecord(record, texts)];
  });
}

/** How many letters (or bytes of them) the columns have. */
export function lettersIn({ title, prompt, answer, input, file, tool }: SearchedTexts): number {
  return [title, prompt, answer, input, file, tool].reduce(
    (sum, text) => sum + (text?.length ?? 0),
    0,
  );
}

// Whether a record stands in a subagent's thread.
function isInAgent(record: Fields, role: RawFile['role']): boolean {
  return role === 'agent' || record['isSidechain'] === true;
}

function ofAnswer({ at, answer, tool, file, input }: AnswerColumns): Found {
  const kind = answer === null ? 'input' : 'answer';
  return { at, kind, texts: { title: null, prompt: null, answer, input, file, tool } };
}

function ofRecord(record: Fields, texts: RecordTexts): Found {
  const at = Date.parse(textAt(record, 'timestamp') ?? '');
  const kind = KINDS.find((one) => texts[one] !== '') ?? 'input';
  return {
    at: Number.isNaN(at) ? null : at,
    kind,
    texts: {
      title: column(texts.title),
      prompt: column(texts.prompt),
      answer: column(texts.answer),
      input: column(texts.input),
      file: column(texts.file),
      tool: column(texts.tool),
    },
  };
}

function column(text: string): IndexedText {
  return text === '' ? null : indexable(text);
}
