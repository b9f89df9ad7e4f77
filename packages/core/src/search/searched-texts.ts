import type { SearchKind } from '@claude-optimizer/protocol';
import type { Part } from '../conversation/part.js';
import { partsOfRecord } from '../conversation/parts-of-record.js';
import { textAt, type Fields } from '../transcript/fields.js';

/** What of a record is searched, by what it is; empty where there is nothing. */
export type RecordTexts = Record<SearchKind | 'file' | 'tool', string>;

/** Of one record no more is indexed: what follows is what was pasted or written into a file. */
const LONGEST = 64 * 1024;
const FILES = ['file_path', 'notebook_path', 'path'];

/** Prompts, answers, tool inputs, names of files and tools, and titles of a record; null for none. */
export function searchedTexts(record: Fields, inAgent: boolean): RecordTexts | null {
  const parts = partsOfRecord(record, { inAgent });
  const texts = { title: '', prompt: '', answer: '', input: '', file: '', tool: '' };
  let isEmpty = true;
  for (const part of parts) {
    for (const [kind, text] of textsOf(part)) {
      if (text === '') continue;
      isEmpty = false;
      const before = texts[kind];
      texts[kind] = (before === '' ? text : `${before}\n${text}`).slice(0, LONGEST);
    }
  }
  return isEmpty ? null : texts;
}

function textsOf(part: Part): [keyof RecordTexts, string][] {
  switch (part.kind) {
    case 'title':
      return [['title', part.text]];
    case 'prompt':
      // What a subagent is asked stands in the call that starts it; the client's words are nobody's.
      return part.source === 'agent' || part.source === 'client' ? [] : [['prompt', part.text]];
    case 'command':
      return [['prompt', part.text]];
    case 'text':
      return [['answer', part.text]];
    case 'tool':
      return [['tool', part.name], ...inputTexts(part.input)];
    default:
      return [];
  }
}

function inputTexts(input: Fields): [keyof RecordTexts, string][] {
  const files = FILES.flatMap((field) => textAt(input, field) ?? []);
  const rest = Object.entries(input).filter(([field]) => !FILES.includes(field));
  return [['file', files.join('\n')], ...rest.flatMap(([, value]) => strings(value, 0))];
}

const DEEPEST = 8;

function strings(value: unknown, depth: number): [keyof RecordTexts, string][] {
  if (typeof value === 'string') return [['input', value]];
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return [];
  return Object.values(value).flatMap((inner) => strings(inner, depth + 1));
}
