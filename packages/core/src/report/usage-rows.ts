import type { UsageRow, UsageRowKey, UsageTotals } from '@claude-optimizer/protocol';
import { DAY_MS, dayText, monthText, weekdayOf, weekText } from './calendar.js';
import { TotalUsage, type SummedUsage } from './usage-sum.js';
import type { ZonePeriod } from './zone.js';

/** What a store must tell apart so that rows by these keys can be made of it. */
export type SumKey = 'day' | 'slot' | 'model' | 'project' | 'session';

/** The keys of sums of which rows by `by` are made. */
export function sumKeys(by: readonly UsageRowKey[]): SumKey[] {
  const needed = by.map((key): SumKey => {
    if (key === 'hour') return 'slot';
    return key === 'week' || key === 'month' ? 'day' : key;
  });
  return [...new Set(needed)];
}

/** Sums made into rows by `by`, in the order of their keys, and the sum of them all. */
export function usageRows(
  sums: readonly SummedUsage[],
  by: readonly UsageRowKey[],
  periods: readonly ZonePeriod[],
): { rows: UsageRow[]; totals: UsageTotals } {
  const groups = new Map<string, { keys: RowKeys; sum: TotalUsage }>();
  const all = new TotalUsage();
  for (const summed of sums) {
    const keys = keysOf(summed, by, periods);
    const id = rowId(keys);
    const group = groups.get(id) ?? { keys, sum: new TotalUsage() };
    groups.set(id, group);
    group.sum.add(summed);
    all.add(summed);
  }
  const ordered = [...groups.values()].sort((a, b) => compareKeys(a.keys, b.keys));
  return {
    rows: ordered.map(({ keys, sum }) => ({ ...keys, ...sum.totals() })),
    totals: all.totals(),
  };
}

type RowKeys = Omit<UsageRow, keyof UsageTotals>;

const KEYS = ['day', 'week', 'month', 'weekday', 'hour', 'model', 'project', 'sessionId'] as const;

/** The keys of a row as text, by which a page is gone on after. */
export function rowId(row: RowKeys): string {
  return JSON.stringify(KEYS.filter((key) => key in row).map((key) => row[key]));
}

function compareKeys(a: RowKeys, b: RowKeys): number {
  for (const key of KEYS) {
    const x = a[key] ?? '';
    const y = b[key] ?? '';
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

function keysOf(
  sum: SummedUsage,
  by: readonly UsageRowKey[],
  periods: readonly ZonePeriod[],
): RowKeys {
  const keys: RowKeys = {};
  const local = localTime(sum, periods);
  const day = Math.floor(local / DAY_MS);
  for (const key of by) {
    if (key === 'day') keys.day = dayText(day);
    else if (key === 'week') keys.week = weekText(day);
    else if (key === 'month') keys.month = monthText(day);
    else if (key === 'hour') {
      keys.weekday = weekdayOf(day);
      keys.hour = Math.floor((local - day * DAY_MS) / 3_600_000);
    } else if (key === 'model') keys.model = sum.model ?? '';
    else if (key === 'project') keys.project = sum.project;
    else keys.sessionId = sum.sessionId ?? '';
  }
  return keys;
}

/** Local wall time of a sum as if it were UTC, ms; of its day where its slot isn't told. */
function localTime({ day, slot }: SummedUsage, periods: readonly ZonePeriod[]): number {
  if (slot === null) return (day ?? 0) * DAY_MS;
  const period = periods.find(({ from, to }) => slot >= from && slot < to);
  return slot + (period?.offsetMs ?? 0);
}
