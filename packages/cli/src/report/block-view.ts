import {
  formatCost,
  type BlockRow,
  type UsageFilter,
  type UsageTotals,
} from '@claude-optimizer/protocol';
import { blockReport, type ReportSource } from '@claude-optimizer/server/reports';
import { count, duration, moment, shortModel } from './figures.js';
import { footnotes } from './footnotes.js';
import { drawTable, type Column } from './table.js';
import { USAGE_COLUMNS, type View } from './view.js';

type Wanted = {
  filter: UsageFilter;
  timezone: string;
  breakdown: boolean;
  descending: boolean | null;
  activeOnly: boolean;
  now: number;
};
type Shown = UsageTotals & { start: string; end: string; state: string; model: string };

const RULE = 'A window opens at the first message, floored to the hour, and lasts 5 hours.';
const COLUMNS: readonly Column<Shown>[] = [
  { title: 'Start', align: 'left', drop: 0, text: ({ start }) => start },
  { title: 'End', align: 'left', drop: 5, text: ({ end }) => end },
  { title: '', align: 'left', drop: 4, text: ({ state }) => state },
];
const MODEL: Column<Shown> = {
  ...{ title: 'Model', align: 'left', drop: 0, cut: 'end' },
  text: ({ model }) => model,
};

/** The 5-hour windows with what was used in each; pace and forecast of the one that is open. */
export async function blockView(source: ReportSource, wanted: Wanted): Promise<View> {
  const { filter, timezone, breakdown, descending, activeOnly, now } = wanted;
  const report = await blockReport(source.usage, filter, { breakdown, activeOnly }, now);
  const { totals } = report;
  const rows = descending === true ? [...report.rows].reverse() : report.rows;
  return {
    rows,
    totals,
    draw: (fit) => {
      const lines = rows.map((row) => ({ kind: 'row' as const, row: shown(row, timezone) }));
      const total = { ...totals, start: 'Total', end: '', state: '', model: '' };
      const columns = [...COLUMNS, ...(breakdown ? [MODEL] : []), ...USAGE_COLUMNS];
      const table = drawTable(columns, [...lines, { kind: 'total', row: total }], fit);
      return `${table}${rows.map((row) => outlook(row, timezone, now)).join('')}${RULE}\n${footnotes(totals)}`;
    },
  };
}

function shown(row: BlockRow, timezone: string): Shown {
  const { startsAt, endsAt, active, model = '' } = row;
  return {
    ...row,
    start: moment(startsAt, timezone),
    end: moment(endsAt, timezone).slice(-5),
    state: active ? 'open' : '',
    model: shortModel(model),
  };
}

/** How fast the open window fills, and what it will hold at its end. */
function outlook(row: BlockRow, timezone: string, now: number): string {
  if (row.tokensPerMinute === null || row.projectedTokens === null) return '';
  const pace = `${count(row.tokensPerMinute, 'short')} tokens a minute`;
  const perHour = formatCost(row.costPerHourMicrodollars);
  const end = moment(row.endsAt, timezone).slice(-5);
  const projected = `${count(row.projectedTokens, 'short')} tokens and ${formatCost(row.projectedCostMicrodollars)}`;
  return `Open for ${duration(row.endsAt - now)} more: ${pace}, ${perHour} an hour; at this pace ${projected} by ${end}.\n`;
}
