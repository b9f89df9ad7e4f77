import type { Part } from './part.js';

/** The texts of a part in which a reader looks for words. */
export function textsOfPart(part: Part): string[] {
  switch (part.kind) {
    case 'tool':
      return [part.name, ...strings(part.input, 0)];
    case 'compaction':
    case 'interruption':
    case 'other':
      return [];
    case 'teammate':
      return [part.from, part.text];
    case 'notice':
      return [part.label, part.text];
    default:
      return [part.text];
  }
}

function strings(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || depth > 8) return [];
  return Object.values(value).flatMap((inner) => strings(inner, depth + 1));
}
