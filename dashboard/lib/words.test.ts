import { expect, it } from 'vitest';
import { hasWords } from './words';

it.each([
  ['Move config to zod', 'zod conf', true],
  ['Move config to zod', 'ZOD', true],
  ['Move config to zod', 'zod yaml', false],
  ['Move config to zod', ' ', true],
])('in %s, %s: %s', (text, query, found) => expect(hasWords(text, query)).toBe(found));
