import { lexer, type Token } from 'marked';

/** A longer text stands as it was written: to read its marks would take too long. */
const LONGEST = 30_000;
/** So deep marks are read within one another; what is deeper stands as it was written. */
export const DEEPEST = 12;

/** A model's Markdown, read; null for a text that had better stand as it was written. */
export function readMarkdown(text: string): readonly Token[] | null {
  if (text.length > LONGEST) return null;
  try {
    return lexer(text, { gfm: true });
  } catch {
    // Nested too deep for the reader.
    return null;
  }
}

/** The address of a link that may stand in a document; null for all but web and mail. */
export function linkAddress(href: string): string | null {
  return /^(?:https?:\/\/|mailto:)[^\s<>"`\\\0-\x20\x7F]+$/iu.test(href) ? href : null;
}

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': '\u00A0',
};

/** A text of the reader without the entities that stand for letters. */
export function decoded(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39|nbsp);/gu, (entity) => ENTITIES[entity] ?? entity);
}
