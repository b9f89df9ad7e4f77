import {
  blockStarts,
  TotalUsage,
  usageBlocks,
  usagePeriods,
  usageRows,
  type UsageBlock,
} from '@claude-optimizer/core/report';
import type {
  BlockRow,
  SessionRow,
  ToolRow,
  ToolTotals,
  UsageFilter,
  UsageTotals,
} from '@claude-optimizer/protocol';
import type { Store } from '@claude-optimizer/store';
import { filteredSums, type UsageSource } from './usage-report.js';

/** Sessions with their usage, by model too where `breakdown` says so; `now` in epoch ms. */
export async function sessionReport(
  source: Pick<Store, 'usageSums' | 'sessionHeads'>,
  filter: UsageFilter,
  breakdown: boolean,
  now: number,
): Promise<{ rows: SessionRow[]; totals: UsageTotals }> {
  const by = breakdown
    ? (['session', 'project', 'model'] as const)
    : (['session', 'project'] as const);
  const { sums, periods } = await filteredSums(source, filter, by, now);
  const { rows, totals } = usageRows(sums, by, periods);
  const heads = await source.sessionHeads();
  const named = rows.map((row): SessionRow => {
    const head = heads.get(row.sessionId ?? '');
    return { ...row, title: head?.title ?? null, lastAt: head?.lastAt ?? 0 };
  });
  return { rows: named, totals };
}

const ALWAYS = [{ from: 0, to: Number.MAX_SAFE_INTEGER, offsetMs: 0 }];

/**
 * The 5-hour windows that began on the wanted days. All of the account's usage opens them, also
 * where only that of one project or model is counted. `now` in epoch ms.
 */
export async function blockReport(
  source: UsageSource,
  filter: UsageFilter,
  { breakdown, activeOnly }: { breakdown: boolean; activeOnly: boolean },
  now: number,
): Promise<{ rows: BlockRow[]; totals: UsageTotals }> {
  const all = await source.usageSums({ periods: ALWAYS, by: ['slot'] });
  const starts = blockStarts(all.map(({ slot }) => slot ?? 0).sort((a, b) => a - b));
  const { project, model } = filter;
  const sums = await source.usageSums({
    periods: ALWAYS,
    by: ['slot', ...(breakdown ? (['model'] as const) : [])],
    ...(project !== undefined && { project }),
    ...(model !== undefined && { model }),
  });
  const wanted = usagePeriods(filter, filter.timezone ?? null, now);
  const blocks = usageBlocks(starts, sums, now).filter(
    ({ startsAt, active }) =>
      (active || !activeOnly) && wanted.some(({ from, to }) => startsAt >= from && startsAt < to),
  );
  const total = new TotalUsage();
  for (const { sums: held } of blocks) for (const sum of held) total.add(sum);
  return { rows: blocks.flatMap((block) => rowsOf(block, breakdown)), totals: total.totals() };
}

function rowsOf({ sums, usage, projected, ...block }: UsageBlock, breakdown: boolean): BlockRow[] {
  const { startsAt, endsAt, active, tokensPerMinute, costPerHourMicrodollars } = block;
  const times = { startsAt, endsAt, active };
  if (breakdown) {
    // A pace is the window's as a whole.
    const pace = { tokensPerMinute: null, costPerHourMicrodollars: null };
    const end = { projectedTokens: null, projectedCostMicrodollars: null };
    return usageRows(sums, ['model'], []).rows.map((row) => ({
      ...times,
      ...row,
      ...pace,
      ...end,
    }));
  }
  return [
    {
      ...times,
      ...usage,
      tokensPerMinute,
      costPerHourMicrodollars,
      projectedTokens: projected?.tokens ?? null,
      projectedCostMicrodollars: projected?.costMicrodollars ?? null,
    },
  ];
}

const NO_CALLS: ToolTotals = Object.freeze({
  calls: 0,
  errors: 0,
  denials: 0,
  durationMs: 0,
  timed: 0,
  linesAdded: 0,
  linesRemoved: 0,
});

/** Calls by tool, by project too where `breakdown` says so. `now` in epoch ms. */
export async function toolReport(
  source: Pick<Store, 'toolSums'>,
  filter: UsageFilter,
  breakdown: boolean,
  now: number,
): Promise<{ rows: ToolRow[]; totals: ToolTotals }> {
  const periods = usagePeriods(filter, filter.timezone ?? null, now);
  const sums = await source.toolSums({
    from: periods[0]?.from ?? 0,
    to: periods.at(-1)?.to ?? 0,
    byProject: breakdown,
    ...(filter.project !== undefined && { project: filter.project }),
  });
  const rows = sums.map(({ name, project, ...counts }) => ({
    name,
    ...(breakdown && { project }),
    ...counts,
  }));
  return { rows, totals: rows.reduce(addCalls, NO_CALLS) };
}

function addCalls(a: ToolTotals, b: ToolTotals): ToolTotals {
  const keys = Object.keys(NO_CALLS) as (keyof ToolTotals)[];
  return Object.fromEntries(keys.map((key) => [key, a[key] + b[key]])) as ToolTotals;
}
