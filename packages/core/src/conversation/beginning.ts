import { fieldsAt, preview, textAt, timeAt, type Fields } from '../transcript/fields.js';
import { contentText } from '../transcript/prompt-text.js';

const WORDS = 100;

/** When a record was written (epoch ms), and the first words that it asks for. */
export function beginningOf(record: Fields): { at: number | null; words: string | null } {
  const isAsked = textAt(record, 'type') === 'user';
  const text = isAsked ? contentText(fieldsAt(record, 'message')?.['content']) : '';
  return { at: timeAt(record, 'timestamp'), words: preview(text, WORDS) || null };
}
