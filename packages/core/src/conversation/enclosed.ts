import { asFields, fieldsAt, textAt, type Fields } from '../transcript/fields.js';
import type { Enclosed } from './part.js';

/** Pictures and documents in a message's content, in order. */
export function enclosedIn(content: unknown): Enclosed[] {
  if (!Array.isArray(content)) return [];
  return content.flatMap((value) => enclosedOf(asFields(value)) ?? []);
}

function enclosedOf(block: Fields | null): Enclosed | null {
  const type = textAt(block, 'type');
  if (type !== 'image' && type !== 'document') return null;
  const source = fieldsAt(block, 'source');
  return {
    mediaType: (textAt(source, 'media_type') ?? type).slice(0, 80),
    data: textAt(source, 'data'),
    name: textAt(block, 'title') ?? textAt(source, 'url'),
  };
}
