import { expect, test } from 'vitest';
import { textPieces, TOO_LONG } from './text-pieces.js';

test('cuts at gaps and loses nothing', () => {
  const text = 'some words, '.repeat(500);
  const pieces = textPieces(text, 100, null);
  expect(pieces.join('')).toBe(text);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(100);
  expect(pieces.every((piece) => piece.endsWith(' '))).toBe(true);
});

test('never parts a name with gaps in it', () => {
  const text = `${'a '.repeat(45)}My Secret Notes.md ${'b '.repeat(100)}`;
  const pieces = textPieces(text, 100, /My\s+Secret\s+Notes\.md/giu);
  expect(pieces.join('')).toBe(text);
  expect(pieces.some((piece) => piece.includes('My Secret Notes.md'))).toBe(true);
});

test('leaves out what is longer than a piece without any gap', () => {
  const text = `before ${'x-'.repeat(400)} after`;
  const pieces = textPieces(text, 100, null);
  expect(pieces.join('')).toBe(`before ${TOO_LONG} after`);
});
