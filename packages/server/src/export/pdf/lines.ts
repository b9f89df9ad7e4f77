import bidiModule from 'bidi-js';
import type { Face, Fonts, Weight } from './fonts.js';

/** A piece of a line with one font and one direction, in the order in which it's drawn. */
export type Run = { face: Face; text: string; width: number };
export type Line = { runs: Run[]; width: number; rightToLeft: boolean };

// Its types tell of a module with a default; what Node loads is the function itself.
const bidi = (bidiModule as unknown as typeof bidiModule.default)();
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const words = new Intl.Segmenter('und', { granularity: 'word' });
/** Marks of direction would turn what follows; the algorithm finds it by the letters. */
const CONTROL = /[\0-\x08\x0B-\x1F\x7F\u202A-\u202E\u2066-\u2069]/gu;
/** Letters that are joined or stacked: only a word as a whole has its shape. */
const JOINED = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Hebrew}]/u;

type Cluster = { text: string; face: Face; width: number; level: number };

/** Breaks a text into lines no wider than `width` (pt), each in the order in which it's read. */
export function setLines(
  fonts: Fonts,
  text: string,
  { size, weight, width, most }: { size: number; weight: Weight; width: number; most: number },
): Line[] {
  const clean = text.replace(CONTROL, '').replace(/\s+/gu, ' ').trim();
  const { levels, paragraphs } = bidi.getEmbeddingLevels(clean, 'auto');
  const rightToLeft = ((paragraphs[0]?.level ?? 0) & 1) === 1;
  const lines: Cluster[][] = [];
  let line: Cluster[] = [];
  let used = 0;
  const flush = () => {
    // An opening bracket stays with what it opens.
    const carried = /^\p{Ps}$/u.test(line.at(-1)?.text ?? '') ? line.splice(-1) : [];
    lines.push(line);
    line = carried;
    used = widthOf(line);
  };
  for (const { segment, index } of words.segment(clean)) {
    const clusters = clustersOf(fonts, segment, { index, levels, size, weight });
    const length = widthOf(clusters);
    if (used + length > width && line.length > 0 && !/^[\p{P}]+$/u.test(segment)) flush();
    if (line.length === 0 && /^\s+$/u.test(segment)) continue;
    for (const cluster of clusters) {
      if (used + cluster.width > width && line.length > 0) flush();
      line.push(cluster);
      used += cluster.width;
    }
    if (lines.length >= most) break;
  }
  if (line.length > 0) lines.push(line);
  const shown = lines.slice(0, most);
  if (lines.length > most) shortened(fonts, shown, { size, weight, width });
  return shown.map((clusters) => lineOf(clusters, rightToLeft));
}

function clustersOf(
  fonts: Fonts,
  segment: string,
  {
    index,
    levels,
    size,
    weight,
  }: { index: number; levels: Uint8Array; size: number; weight: Weight },
): Cluster[] {
  // A word whose letters are joined is one cluster: alone they would have other shapes.
  const parts = JOINED.test(segment) ? [{ segment, index: 0 }] : [...graphemes.segment(segment)];
  return parts.map((part) => {
    const { face, text } = fonts.faceOf(part.segment, weight);
    const level = levels[index + part.index] ?? 0;
    return { text, face, level, width: measure(face, text, size) };
  });
}

function shortened(
  fonts: Fonts,
  lines: Cluster[][],
  { size, weight, width }: { size: number; weight: Weight; width: number },
): void {
  const last = lines.at(-1);
  if (!last) return;
  const { face, text } = fonts.faceOf('…', weight);
  const dots = { text, face, width: measure(face, text, size), level: last.at(-1)?.level ?? 0 };
  while (last.length > 0 && widthOf(last) + dots.width > width) last.pop();
  last.push(dots);
}

/** Puts the pieces in the order in which they're drawn (rule L2), and joins those of one kind. */
function lineOf(clusters: readonly Cluster[], rightToLeft: boolean): Line {
  const trimmed = [...clusters];
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

function reversedFrom(clusters: readonly Cluster[], level: number): Cluster[] {
  const order: Cluster[] = [];
  let stretch: Cluster[] = [];
  for (const cluster of clusters) {
    if (cluster.level >= level) stretch.unshift(cluster);
    else {
      order.push(...stretch, cluster);
      stretch = [];
    }
  }
  return [...order, ...stretch];
}

function mirrored(text: string): string {
  return bidi.getMirroredCharacter(text) ?? text;
}

function widthOf(clusters: readonly Cluster[]): number {
  return clusters.reduce((sum, { width }) => sum + width, 0);
}

const widths = new WeakMap<Face, Map<string, number>>();

/** Width in pt. */
function measure(face: Face, text: string, size: number): number {
  const known = widths.get(face) ?? new Map<string, number>();
  widths.set(face, known);
  let units = known.get(text);
  if (units === undefined) {
    units = face.font.layout(text).advanceWidth / face.font.unitsPerEm;
    if (known.size < 10_000) known.set(text, units);
  }
  return units * size;
}
