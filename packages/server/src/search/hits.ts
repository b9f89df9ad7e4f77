import {
  headOf,
  searchedTexts,
  snippetOf,
  type Phrase,
  type RecordTexts,
} from '@claude-optimizer/core/search';
import { parseLine, textAt, type Fields } from '@claude-optimizer/core/transcript';
import type { SearchHit, SearchKind } from '@claude-optimizer/protocol';
import type { RecordPlace } from '@claude-optimizer/store';
import type { RawTranscripts } from '../archive/raw-transcripts.js';
import { LONGEST_LINE } from './searched-in-line.js';

const COLUMNS = ['title', 'prompt', 'answer', 'file', 'input', 'tool'] as const;

/** What a found record says, read where it stands; without a snippet where that is gone. */
export async function hitAt(
  transcripts: Pick<RawTranscripts, 'read' | 'know'>,
  place: RecordPlace,
  phrases: readonly Phrase[],
): Promise<SearchHit> {
  const { ref, path, offset, length, at, kind } = place;
  const bare = { ref, byteOffset: offset, at, kind, recordId: null, agentId: null, tool: null };
  if (length > LONGEST_LINE) return { ...bare, snippet: null };
  if (path !== null) transcripts.know(ref, path);
  const line = await transcripts.read(ref, offset, offset + length).catch(() => null);
  if (line === null) return { ...bare, snippet: null };
  let best: SearchHit | null = null;
  for (const record of parseLine(line.toString('utf8')).records) {
    const isInAgent = record['isSidechain'] === true;
    const texts = searchedTexts(record, isInAgent);
    const found = texts && bestText(texts, phrases);
    if (!texts || !found || (best?.snippet?.marks.length ?? -1) >= found.snippet.marks.length)
      continue;
    best = { ...bare, ...found, ...aboutOf(record, texts) };
  }
  return best ?? { ...bare, snippet: null };
}

function bestText(texts: RecordTexts, phrases: readonly Phrase[]) {
  let best: (Pick<SearchHit, 'kind' | 'snippet'> & { snippet: { marks: unknown[] } }) | null = null;
  for (const column of COLUMNS) {
    const wanted = phrases.filter(({ within }) => within === null || within === column);
    const snippet = wanted.length > 0 ? snippetOf(texts[column], wanted) : null;
    if (snippet === null || (best?.snippet.marks.length ?? 0) >= snippet.marks.length) continue;
    // Of a tool's name there is nothing to be shown: of what it was given there is.
    const shown = column === 'tool' ? headOf(texts.input || texts.file || texts.tool) : snippet;
    best = { kind: kindOf(column), snippet: shown };
  }
  return best;
}

function kindOf(column: (typeof COLUMNS)[number]): SearchKind {
  return column === 'file' || column === 'tool' ? 'input' : column;
}

function aboutOf(record: Fields, { tool }: RecordTexts) {
  return {
    recordId: textAt(record, 'uuid'),
    agentId: textAt(record, 'agentId'),
    tool: tool === '' ? null : tool,
  };
}
