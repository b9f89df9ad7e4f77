import type { SessionRow, UsageFilter, UsageTotals } from '@claude-optimizer/protocol';
import { sessionReport, type ReportSource } from '@claude-optimizer/server/reports';
import { moment, withoutMaker } from './figures.js';
import { footnotes } from './footnotes.js';
import { drawTable, type Column, type Line } from './table.js';
import { oneLine } from './text-width.js';
import { USAGE_COLUMNS, type View } from './view.js';

type Store = NonNullable<ReportSource['store']>;
type Wanted = {
  filter: UsageFilter;
  timezone: string;
  breakdown: boolean;
  descending: boolean | null;
  now: number;
};
type Shown = UsageTotals & { session: string; last: string; project: string; title: string };

const COLUMNS: readonly Column<Shown>[] = [
  { title: 'Last activity', align: 'left', drop: 4, text: ({ last }) => last },
  { title: 'Session', align: 'left', drop: 0, text: ({ session }) => session },
  { title: 'Project', align: 'left', drop: 5, cut: 'start', text: ({ project }) => project },
  { title: 'Title', align: 'left', drop: 3, cut: 'end', text: ({ title }) => title },
];

/** Usage by session, the last active at the end unless said otherwise. */
export async function sessionView(store: Store, wanted: Wanted): Promise<View> {
  const { filter, timezone, breakdown, descending, now } = wanted;
  const { rows, totals } = await sessionReport(store, filter, breakdown, now);
  const sign = descending === true ? -1 : 1;
  const ordered = [...rows].sort((a, b) => sign * (a.lastAt - b.lastAt) || compareIds(a, b));
  return {
    rows: ordered,
    totals,
    draw: (fit) => {
      const lines = ordered.map((row, index): Line<Shown> => {
        const isPart = breakdown && ordered[index - 1]?.sessionId === row.sessionId;
        return { kind: 'row', row: shown(row, timezone, isPart) };
      });
      const total = { ...totals, session: 'Total', last: '', project: '', title: '' };
      const model: Column<Shown & { model?: string }> = {
        ...{ title: 'Model', align: 'left', drop: 0, cut: 'end' },
        text: ({ model = '' }, style) => (style === 'short' ? withoutMaker(model) : model),
      };
      const columns = [...COLUMNS, ...(breakdown ? [model] : []), ...USAGE_COLUMNS];
      return `${drawTable(columns, [...lines, { kind: 'total', row: total }], fit)}${footnotes(totals)}`;
    },
  };
}

/** A session's further models say only what is theirs. */
function shown(row: SessionRow, timezone: string, isPart: boolean): Shown {
  if (isPart) return { ...row, session: '', last: '', project: '', title: '' };
  return {
    ...row,
    session: (row.sessionId ?? '').slice(0, 8),
    last: moment(row.lastAt, timezone),
    project: oneLine(row.project ?? '(unknown)'),
    title: oneLine(row.title ?? '').slice(0, 80),
  };
}

function compareIds(a: SessionRow, b: SessionRow): number {
  return (
    (a.sessionId ?? '').localeCompare(b.sessionId ?? '') ||
    (a.model ?? '').localeCompare(b.model ?? '')
  );
}
