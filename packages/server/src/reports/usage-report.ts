import {
  rowId,
  sumKeys,
  usagePeriods,
  usageRows,
  type ZonePeriod,
} from '@claude-optimizer/core/report';
import {
  OptimizerError,
  type UsageFilter,
  type UsageReport,
  type UsageReportQuery,
  type UsageRowKey,
} from '@claude-optimizer/protocol';
import type { Store, UsageKey, UsageSum } from '@claude-optimizer/store';

/** Whatever can sum up usage: a store, or a scan of the transcripts without one. */
export type UsageSource = Pick<Store, 'usageSums'>;

/** A report as a whole, before it is cut into pages. */
export type WholeReport = Omit<UsageReport, 'nextCursor'>;

/** All rows of usage by `by`. `now` in epoch ms. Throws `bad_request` for a zone or days amiss. */
export async function usageReport(
  source: UsageSource,
  query: UsageFilter & { by: readonly UsageRowKey[] },
  now: number,
): Promise<WholeReport> {
  const { since = null, until = null, timezone = ownTimezone() } = query;
  const { by, ...filter } = query;
  const { sums, periods } = await filteredSums(source, filter, sumKeys(by), now);
  return { ...usageRows(sums, by, periods), timezone, since, until };
}

/** The rows by `key`, the same in their parts by `part` too, and the totals. */
export async function usageInParts(
  source: UsageSource,
  { key, part, ...filter }: UsageFilter & { key: UsageRowKey; part: UsageRowKey },
  now: number,
): Promise<Pick<WholeReport, 'rows' | 'totals'> & { parts: WholeReport['rows'] }> {
  const { sums, periods } = await filteredSums(source, filter, sumKeys([key, part]), now);
  return { ...usageRows(sums, [key], periods), parts: usageRows(sums, [key, part], periods).rows };
}

/** The sums that a filter wants, by `by`, and the time in which they were looked for. */
export async function filteredSums(
  source: UsageSource,
  filter: UsageFilter,
  by: readonly UsageKey[],
  now: number,
): Promise<{ sums: UsageSum[]; periods: ZonePeriod[] }> {
  const periods = usagePeriods(filter, filter.timezone ?? null, now);
  const sums = await source.usageSums({
    periods,
    by,
    ...(filter.project !== undefined && { project: filter.project }),
    ...(filter.model !== undefined && { model: filter.model }),
  });
  return { sums, periods };
}

/** One page of a report: at most `limit` rows after those that the cursor tells. */
export function reportPage(
  report: WholeReport,
  { cursor, limit }: Pick<UsageReportQuery, 'cursor' | 'limit'>,
): UsageReport {
  const start = cursor === undefined ? 0 : startAfter(report, cursor);
  const rows = report.rows.slice(start, start + limit);
  const last = rows.at(-1);
  const more = last !== undefined && start + limit < report.rows.length;
  return {
    ...report,
    rows,
    nextCursor: more ? Buffer.from(rowId(last)).toString('base64url') : null,
  };
}

/** The zone of this machine, as the person's environment sets it. */
export function ownTimezone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function startAfter({ rows }: WholeReport, cursor: string): number {
  const id = Buffer.from(cursor, 'base64url').toString();
  const index = rows.findIndex((row) => rowId(row) === id);
  if (index >= 0) return index + 1;
  throw new OptimizerError('bad_request', 'cursor: no row of this report is known by it.', {
    fix: 'Ask again without a cursor, and go on with `nextCursor` of each answer.',
  });
}
