import type { SessionTest } from '@claude-optimizer/protocol';

/** Words to be found in one record, one after another; `isOpen`: the last may go on. */
export type Phrase = {
  words: readonly string[];
  isOpen: boolean;
  /** Only in names of files or of tools; null: anywhere. */
  within: 'file' | 'tool' | null;
};

/** What a search asks: of sessions themselves, and of what was said and done in them. */
export type SearchQuery = {
  tests: readonly SessionTest[];
  /** All of them in one record, none of `without` in it. */
  phrases: readonly Phrase[];
  without: readonly Phrase[];
};

/** The same for SQLite's FTS5; null when nothing is asked of the texts, or only exclusions are. */
export function matchExpression({ phrases, without }: SearchQuery): string | null {
  if (phrases.length === 0) return null;
  const wanted = phrases.map(expressionOf).join(' AND ');
  return without.length === 0 ? wanted : `(${wanted}) NOT (${excluded(without)})`;
}

/** What excludes a session where nothing else is asked of its texts; null when nothing does. */
export function exclusionExpression({ phrases, without }: SearchQuery): string | null {
  return phrases.length === 0 && without.length > 0 ? excluded(without) : null;
}

function excluded(without: readonly Phrase[]): string {
  return without.map(expressionOf).join(' OR ');
}

// Words are letters and digits alone: nothing in them can be taken for syntax.
function expressionOf({ words, isOpen, within }: Phrase): string {
  const column = within === null ? '' : `${within} : `;
  return `${column}"${words.join(' ')}"${isOpen ? '*' : ''}`;
}
