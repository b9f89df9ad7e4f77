import { colorsFor } from './colors.js';
import { toCsv } from './csv.js';
import type { ReportFlags } from './options.js';
import type { View } from './view.js';

/** Where nothing says how wide the output may be, as in a file. */
const UNBOUNDED = 200;

/** A report as text: JSON `{rows, totals}`, CSV of its rows, or a table that fits the terminal. */
export function render({ rows, totals, draw }: View, flags: ReportFlags): string {
  if (flags.json) return `${JSON.stringify({ rows, totals }, null, flags.live ? 0 : 2)}\n`;
  if (flags.csv) return toCsv(rows);
  if (rows.length === 0) return 'Nothing was used in this time.\n';
  const { stdout, env } = process;
  return draw({
    width: stdout.isTTY ? stdout.columns : Number(env.COLUMNS) || UNBOUNDED,
    compact: flags.compact ?? false,
    colors: colorsFor(stdout.isTTY, env, flags.color),
  });
}
