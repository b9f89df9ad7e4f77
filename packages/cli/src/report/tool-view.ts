import type { ToolRow, UsageFilter } from '@claude-optimizer/protocol';
import { toolReport, type ReportSource } from '@claude-optimizer/server/reports';
import { duration } from './figures.js';
import { drawTable, type Column, type Line } from './table.js';
import { oneLine } from './text-width.js';
import { number, type View } from './view.js';

type Store = NonNullable<ReportSource['store']>;
type Wanted = { filter: UsageFilter; breakdown: boolean; descending: boolean | null; now: number };

const NAME: Column<ToolRow> = {
  ...{ title: 'Tool', align: 'left', drop: 0, cut: 'end' },
  text: ({ name }) => oneLine(name),
};
const PROJECT: Column<ToolRow> = {
  ...{ title: 'Project', align: 'left', drop: 0, cut: 'start' },
  text: ({ project }) => oneLine(project ?? ''),
};
const COLUMNS: readonly Column<ToolRow>[] = [
  number('Calls', 0, ({ calls }) => calls),
  number('Errors', 1, ({ errors }) => errors),
  number('Denied', 2, ({ denials }) => denials),
  time('Time', 3, ({ durationMs }) => durationMs),
  time('Mean', 4, ({ durationMs, timed }) => durationMs / timed),
  number('Lines +', 5, ({ linesAdded }) => linesAdded),
  number('Lines −', 5, ({ linesRemoved }) => linesRemoved),
];

/** Calls of each tool, the most used first; time only of those whose both ends were seen. */
export async function toolView(store: Store, wanted: Wanted): Promise<View> {
  const { filter, breakdown, descending, now } = wanted;
  const report = await toolReport(store, filter, breakdown, now);
  const rows = descending === false ? [...report.rows].reverse() : report.rows;
  return {
    rows,
    totals: report.totals,
    draw: (fit) => {
      const lines: Line<ToolRow>[] = rows.map((row) => ({ kind: 'row', row }));
      const total: ToolRow = { ...report.totals, name: 'Total' };
      const columns = [NAME, ...(breakdown ? [PROJECT] : []), ...COLUMNS];
      return drawTable(columns, [...lines, { kind: 'total', row: total }], fit);
    },
  };
}

function time(title: string, drop: number, of: (row: ToolRow) => number): Column<ToolRow> {
  const text = (row: ToolRow) => (row.timed > 0 ? duration(of(row)) : '');
  return { title, align: 'right', drop, text };
}
