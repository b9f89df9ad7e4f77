import { expect, it } from 'vitest';
import { headOf, snippetOf } from './snippet.js';
import type { Phrase } from './query.js';

const phrase = (text: string, isOpen = false): Phrase => ({
  words: text.split(' '),
  isOpen,
  within: null,
});
const marked = (text: string, ...phrases: Phrase[]) => {
  const snippet = snippetOf(text, phrases);
  return snippet && snippet.marks.map(([from, to]) => snippet.text.slice(from, to));
};

it('marks words whatever their case, accents and script', () => {
  expect(marked('Fix the BUG, buggy', phrase('bug'))).toEqual(['BUG']);
  expect(marked('Fix the BUG, buggy', phrase('bug', true))).toEqual(['BUG', 'buggy']);
  expect(marked('un Café noir', phrase('cafe noir'))).toEqual(['Café noir']);
  expect(marked('これは漢字です', phrase('漢 字'))).toEqual(['漢字']);
  expect(marked('हिन्दी में', phrase('हिन्दी'))).toEqual(['हिन्दी']);
  expect(marked('nothing here', phrase('bug'))).toBeNull();
});

it('shows where most of the words are, on one line, and says what was left out', () => {
  const text = `auth ${'filler '.repeat(100)}\nthe auth\ttoken was \u202ewrong ${'x'.repeat(500)}`;
  const snippet = snippetOf(text, [phrase('auth'), phrase('token')]);
  expect(snippet?.text).toMatch(/^… filler.* the auth token was {2}wrong .*…$/);
  expect(snippet?.text.length).toBeLessThan(230);
  expect(snippet?.marks.map(([from, to]) => snippet.text.slice(from, to))).toEqual([
    'auth',
    'token',
  ]);
});

it('merges marks that overlap and splits no sign', () => {
  expect(marked('one two three', phrase('one two'), phrase('two three'))).toEqual([
    'one two three',
  ]);
  expect(headOf('🎉'.repeat(400)).text).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
});
