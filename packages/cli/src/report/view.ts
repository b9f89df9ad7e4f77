import type { UsageTotals } from '@claude-optimizer/protocol';
import { cacheWrites, cost, count, totalTokens } from './figures.js';
import type { Column, Fit } from './table.js';

type Field = string | number | boolean | null | undefined;

/** A report, ready to be shown in any of its three ways. */
export type View = {
  rows: readonly Readonly<Record<string, Field>>[];
  totals: Readonly<Record<string, Field>>;
  /** As a table with its footnotes. */
  draw: (fit: Fit) => string;
};

/** The columns that every sum of usage has. */
export const USAGE_COLUMNS: readonly Column<UsageTotals>[] = [
  number('Input', 2, ({ inputTokens }) => inputTokens),
  number('Output', 1, ({ outputTokens }) => outputTokens),
  number('Cache write', 4, cacheWrites),
  number('Cache read', 4, ({ cacheReadTokens }) => cacheReadTokens),
  number('Tokens', 3, totalTokens),
  { title: 'Cost', align: 'right', drop: 0, text: cost },
];

/** A column of counts; `drop` as in `Column`. */
export function number<Row>(title: string, drop: number, of: (row: Row) => number): Column<Row> {
  return { title, align: 'right', drop, text: (row, style) => count(of(row), style) };
}
