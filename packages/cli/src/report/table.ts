import type { Colors } from './colors.js';
import type { NumberStyle } from './figures.js';
import { fit, textWidth } from './text-width.js';

/** One column; those with the greatest `drop` go first where there is no room, 0 never. */
export type Column<Row> = {
  title: string;
  align: 'left' | 'right';
  drop: number;
  /** Which end of a text goes where it must be shortened; numbers never are. */
  cut?: 'start' | 'end';
  /** The same of a part's text, where that is of another sort. */
  cutPart?: 'start' | 'end';
  text(row: Row, style: NumberStyle): string;
};

/** A line of a table: a row, a part of the row above it, or the sum of all. */
export type Line<Row> = { row: Row; kind: 'row' | 'part' | 'total' };

export type Fit = { width: number; compact: boolean; colors: Colors };

const GAP = '  ';
const LEAST = 10;

/** A table that fits the width: numbers become short first, then columns are left out. */
export function drawTable<Row>(
  columns: readonly Column<Row>[],
  lines: readonly Line<Row>[],
  { width, compact, colors }: Fit,
): string {
  let laid = compact ? null : layOut(columns, lines, 'full');
  if (laid === null || laid.width > width) laid = layOut(columns, lines, 'short');
  let kept = columns;
  for (;;) {
    const last = Math.max(...kept.map(({ drop }) => drop));
    if (laid.width - spare(laid, kept) <= width || last === 0) break;
    kept = kept.filter(({ drop }) => drop !== last);
    laid = layOut(kept, lines, 'short');
  }
  shrink(laid, kept, width);
  return paint(laid, kept, lines, colors);
}

type Layout = { cells: string[][]; widths: number[]; width: number };

function layOut<Row>(
  columns: readonly Column<Row>[],
  lines: readonly Line<Row>[],
  style: NumberStyle,
): Layout {
  const cells = lines.map(({ row }) => columns.map((column) => column.text(row, style)));
  const widths = columns.map(({ title }, index) =>
    cells.reduce((most, line) => Math.max(most, textWidth(line[index] ?? '')), title.length),
  );
  return { cells, widths, width: widthOf(widths) };
}

function widthOf(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + GAP.length * (widths.length - 1);
}

/** How much texts can be shortened by. */
function spare<Row>({ widths }: Layout, columns: readonly Column<Row>[]): number {
  const over = widths.map((width, index) => (columns[index]?.cut ? Math.max(width - LEAST, 0) : 0));
  return over.reduce((sum, width) => sum + width, 0);
}

function shrink<Row>(laid: Layout, columns: readonly Column<Row>[], width: number): void {
  while (laid.width > width) {
    const cuttable = laid.widths.map((own, index) => (columns[index]?.cut ? own : 0));
    const widest = Math.max(...cuttable);
    if (widest <= LEAST) return;
    const index = cuttable.indexOf(widest);
    laid.widths[index] = widest - 1;
    laid.width -= 1;
  }
}

function paint<Row>(
  { cells, widths, width }: Layout,
  columns: readonly Column<Row>[],
  lines: readonly Line<Row>[],
  colors: Colors,
): string {
  const rule = colors.dim('─'.repeat(width));
  const join = (texts: readonly string[], isPart = false) =>
    texts
      .map((text, index) => pad(text, widths[index] ?? 0, columns[index], isPart))
      .join(GAP)
      .trimEnd();
  const painted = [colors.bold(join(columns.map(({ title }) => title))), rule];
  for (const [index, { kind }] of lines.entries()) {
    const text = join(cells[index] ?? [], kind === 'part');
    if (kind === 'total') painted.push(rule, colors.bold(text));
    else painted.push(kind === 'part' ? colors.dim(text) : text);
  }
  return `${painted.join('\n')}\n`;
}

function pad<Row>(
  text: string,
  width: number,
  column: Column<Row> | undefined,
  isPart: boolean,
): string {
  const cut = (isPart ? column?.cutPart : undefined) ?? column?.cut;
  const fitting = cut ? fitIndented(text, width, cut) : text;
  const space = ' '.repeat(Math.max(width - textWidth(fitting), 0));
  return column?.align === 'right' ? space + fitting : fitting + space;
}

/** Cut short, but still indented. */
function fitIndented(text: string, width: number, cut: 'start' | 'end'): string {
  const indent = /^ */u.exec(text)?.[0] ?? '';
  return indent + fit(text.slice(indent.length), width - indent.length, cut);
}
