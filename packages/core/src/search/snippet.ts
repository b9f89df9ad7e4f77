import type { Snippet } from '@claude-optimizer/protocol';
import type { Phrase } from './query.js';
import { wordsOf, type Word } from './words.js';

/** Letters shown before the first mark, and in all. */
const BEFORE = 30;
const LENGTH = 220;

type Mark = readonly [from: number, to: number];

/** The stretch of a text with most of the phrases in it; null where none of them stands. */
export function snippetOf(text: string, phrases: readonly Phrase[]): Snippet | null {
  const words = wordsOf(text);
  const marks = phrases
    .flatMap((phrase) => marksOf(words, phrase))
    .sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const first = densest(marks);
  if (first === undefined) return null;
  const from = startAt(text, Math.max(0, first[0] - BEFORE));
  const to = endAt(text, Math.min(text.length, from + LENGTH));
  return flattened(text, from, to, marks);
}

/** The beginning of a text, nothing marked. */
export function headOf(text: string): Snippet {
  return flattened(text, 0, endAt(text, Math.min(text.length, LENGTH)), []);
}

function marksOf(words: readonly Word[], { words: wanted, isOpen }: Phrase): Mark[] {
  const marks: Mark[] = [];
  const last = wanted.length - 1;
  for (let at = 0; at + last < words.length; at += 1) {
    const fits = wanted.every((word, n) => {
      const folded = words[at + n]?.folded ?? '';
      return isOpen && n === last ? folded.startsWith(word) : folded === word;
    });
    const begin = words[at];
    const end = words[at + last];
    if (fits && begin && end) marks.push([begin.from, end.to]);
  }
  return marks;
}

// The mark from which most others are near.
function densest(marks: readonly Mark[]): Mark | undefined {
  let best: { mark: Mark; near: number } | undefined;
  for (const [at, mark] of marks.entries()) {
    let near = 0;
    while ((marks[at + near]?.[0] ?? Infinity) < mark[0] + LENGTH - BEFORE) near += 1;
    if (near > (best?.near ?? 0)) best = { mark, near };
  }
  return best?.mark;
}

// At the beginning of a word, where one is near.
function startAt(text: string, at: number): number {
  if (at === 0) return 0;
  const space = text.slice(at, at + 20).search(/\s/u);
  return space === -1 ? whole(text, at) : at + space + 1;
}

function endAt(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const space = text.slice(at - 20, at).search(/\s\S*$/u);
  return space === -1 ? whole(text, at) : at - 20 + space;
}

function whole(text: string, at: number): number {
  return /[\uDC00-\uDFFF]/u.test(text[at] ?? '') ? at - 1 : at;
}

// On one line, without what would rule a terminal; each sign stays one, so that the marks fit.
function flattened(text: string, from: number, to: number, marks: readonly Mark[]): Snippet {
  const head = from > 0 ? '… ' : '';
  const tail = to < text.length ? ' …' : '';
  const shift = head.length - from;
  const within = marks.filter(([begin, end]) => begin >= from && end <= to);
  const merged: [number, number][] = [];
  for (const [begin, end] of within) {
    const before = merged.at(-1);
    if (before && begin + shift <= before[1]) before[1] = Math.max(before[1], end + shift);
    else merged.push([begin + shift, end + shift]);
  }
  const shown = text.slice(from, to).replace(/[\s\p{Cc}\p{Bidi_Control}]/gu, ' ');
  return { text: head + shown + tail, marks: merged };
}
