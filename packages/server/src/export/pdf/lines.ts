import bidiModule from 'bidi-js';
import type { Face, Fonts, Weight } from './fonts.js';
import { wordOf, type Cluster } from './words.js';

/** A piece of a line with one font and one direction, in the order in which it's drawn. */
export type Run = { face: Face; text: string; width: number };
export type Line = { runs: Run[]; width: number; rightToLeft: boolean };

// Its types tell of a module with a default; what Node loads is the function itself.
const bidi = (bidiModule as unknown as typeof bidiModule.default)();
const words = new Intl.Segmenter('und', { granularity: 'word' });
/** Marks of direction would turn what follows; the algorithm finds it by the letters. */
const CONTROL = /[\0-\x08\x0B-\x1F\x7F\u202A-\u202E\u2066-\u2069]/gu;
/** Only with one of these is anything read from the right. */
const FROM_THE_RIGHT =
  /[\u0590-\u08FF\u200F\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
const PLAIN_WORD = /\w+(?:['.]\w+)*|\s+|[^\w\s]/gu;
const SPACE = /^\s+$/u;
const PUNCTUATION = /^\p{P}+$/u;
const OPENING = /^\p{Ps}$/u;

/** A word or a letter at its place, `width` in pt. */
type Piece = Pick<Cluster, 'text' | 'face'> & { width: number; level: number };
type Setting = { size: number; weight: Weight; width: number; most: number };

/** Breaks a text into lines no wider than `width` (pt), each in the order in which it's read. */
export function setLines(fonts: Fonts, text: string, setting: Setting): Line[] {
  const { size, weight, width, most } = setting;
  const clean = text.replace(CONTROL, '').replace(/\s+/gu, ' ').trim();
  const { levels, rightToLeft } = directionOf(clean);
  const lines: Piece[][] = [];
  let line: Piece[] = [];
  let used = 0;
  const flush = () => {
    // An opening bracket stays with what it opens.
    const carried = OPENING.test(line.at(-1)?.text ?? '') ? line.splice(-1) : [];
    lines.push(line);
    line = carried;
    used = widthOf(line);
  };
  for (const { segment, index } of wordsOf(clean)) {
    const { whole, clusters, em } = wordOf(fonts, segment, weight);
    if (used + em * size > width && line.length > 0 && !PUNCTUATION.test(segment)) flush();
    if (line.length === 0 && SPACE.test(segment)) continue;
    const isOne = whole && used + em * size <= width && isLevel(levels, index, segment.length);
    let at = index;
    for (const cluster of isOne ? [whole] : clusters) {
      const piece = { ...cluster, width: cluster.em * size, level: levels?.[at] ?? 0 };
      at += cluster.text.length;
      if (used + piece.width > width && line.length > 0) flush();
      line.push(piece);
      used += piece.width;
    }
    if (lines.length >= most) break;
  }
  if (line.length > 0) lines.push(line);
  const shown = lines.slice(0, most);
  if (lines.length > most) shortened(fonts, shown, setting);
  return shown.map((pieces) => lineOf(pieces, rightToLeft));
}

/** The words of a text with what stands between them; plain ones are parted without ICU, faster. */
function* wordsOf(text: string): Generator<{ segment: string; index: number }> {
  if (/^[\x20-\x7E]*$/u.test(text)) {
    for (const { 0: segment, index } of text.matchAll(PLAIN_WORD)) yield { segment, index };
  } else yield* words.segment(text);
}

/** The level of each letter, null where all are read from the left. */
function directionOf(text: string): { levels: Uint8Array | null; rightToLeft: boolean } {
  if (!FROM_THE_RIGHT.test(text)) return { levels: null, rightToLeft: false };
  const { levels, paragraphs } = bidi.getEmbeddingLevels(text, 'auto');
  return { levels, rightToLeft: ((paragraphs[0]?.level ?? 0) & 1) === 1 };
}

/** Whether a word is read in one direction: its letters may be drawn together then. */
function isLevel(levels: Uint8Array | null, from: number, length: number): boolean {
  if (!levels) return true;
  return (
    (levels[from] ?? 0) % 2 === 0 &&
    levels.subarray(from, from + length).every((level) => level === levels[from])
  );
}

function shortened(fonts: Fonts, lines: Piece[][], { size, weight, width }: Setting): void {
  const last = lines.at(-1);
  const { whole } = wordOf(fonts, '…', weight);
  if (!last || !whole) return;
  const dots = { ...whole, width: whole.em * size, level: last.at(-1)?.level ?? 0 };
  while (last.length > 0 && widthOf(last) + dots.width > width) last.pop();
  last.push(dots);
}

/** Puts the pieces in the order in which they're drawn (rule L2), and joins those of one kind. */
function lineOf(pieces: readonly Piece[], rightToLeft: boolean): Line {
  const trimmed = [...pieces];
  while (trimmed.at(-1)?.text === ' ') trimmed.pop();
  const highest = Math.max(0, ...trimmed.map(({ level }) => level));
  let order = trimmed;
  for (let level = highest; level > 0; level -= 1) order = reversedFrom(order, level);
  const runs: (Run & { level: number })[] = [];
  for (const { face, text, level, width } of order) {
    const before = runs.at(-1);
    const joins = before?.face === face && before.level === level && (level & 1) === 0;
    if (joins) {
      before.text += text;
      before.width += width;
    } else runs.push({ face, text: (level & 1) === 1 ? mirrored(text) : text, level, width });
  }
  return { runs, width: widthOf(trimmed), rightToLeft };
}

function reversedFrom(pieces: readonly Piece[], level: number): Piece[] {
  const order: Piece[] = [];
  let stretch: Piece[] = [];
  for (const piece of pieces) {
    if (piece.level >= level) stretch.unshift(piece);
    else {
      order.push(...stretch, piece);
      stretch = [];
    }
  }
  return [...order, ...stretch];
}

function mirrored(text: string): string {
  return bidi.getMirroredCharacter(text) ?? text;
}

function widthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { width }) => sum + width, 0);
}
