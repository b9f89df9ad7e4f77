import type { Face, Fonts, Weight } from './fonts.js';

/** Letters with one font; `em` is their width at a size of 1. */
export type Cluster = { text: string; face: Face; em: number };
/** A word as it is set: its letters, and all of it at once where one font has them all. */
export type Word = { clusters: Cluster[]; whole: Cluster | null; em: number; missing: number };

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** Letters that are joined or stacked: only a word as a whole has its shape. */
const JOINED = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Hebrew}]/u;
/** So many words are kept at hand; then all are forgotten. */
const MOST = 8_000;

const known = new WeakMap<Fonts, Map<string, Word>>();

/** The word as these fonts set it; letters that none of them has are counted each time. */
export function wordOf(fonts: Fonts, text: string, weight: Weight): Word {
  const words = known.get(fonts) ?? new Map<string, Word>();
  known.set(fonts, words);
  const key = `${weight} ${text}`;
  let word = words.get(key);
  if (!word) {
    word = setWord(fonts, text, weight);
    if (words.size >= MOST) words.clear();
    words.set(key, word);
  }
  fonts.missing += word.missing;
  return word;
}

function setWord(fonts: Fonts, word: string, weight: Weight): Word {
  const missedBefore = fonts.missing;
  // A word whose letters are joined is one cluster: alone they would have other shapes.
  const parts = JOINED.test(word) ? [word] : [...graphemes.segment(word)].map((one) => one.segment);
  const clusters = parts.map((part) => {
    const { face, text } = fonts.faceOf(part, weight);
    return { text, face, em: emOf(face, text) };
  });
  const missing = fonts.missing - missedBefore;
  fonts.missing = missedBefore;
  const whole = wholeOf(clusters);
  const em = whole?.em ?? clusters.reduce((sum, one) => sum + one.em, 0);
  return { clusters, whole, em, missing };
}

function wholeOf(clusters: readonly Cluster[]): Cluster | null {
  const [first] = clusters;
  if (!first || clusters.some(({ face }) => face !== first.face)) return null;
  const text = clusters.map((one) => one.text).join('');
  return { text, face: first.face, em: emOf(first.face, text) };
}

function emOf({ font }: Face, text: string): number {
  return font.layout(text).advanceWidth / font.unitsPerEm;
}
