import {
  PICODOLLARS_PER_MICRODOLLAR,
  roundCost,
  type UsageRow,
  type UsageRowKey,
  type UsageTotals,
} from '@claude-optimizer/protocol';
import { DAY_MS, dayText, monthText, weekdayOf, weekText } from './calendar.js';
import type { ZonePeriod } from './zone.js';

/** A sum of usage as a store gives it; the keys that weren't asked for are null. */
export type SummedUsage = {
  /** Days since 1970-01-01 in local time. */
  day: number | null;
  /** Start of a quarter of an hour, epoch ms. */
  slot: number | null;
  model: string | null;
  project: string | null;
  sessionId: string | null;
  /** Exact. */
  costPicodollars: number;
} & Omit<UsageTotals, 'costMicrodollars'>;

/** What a store must tell apart so that rows by these keys can be made of it. */
export type SumKey = 'day' | 'slot' | 'model' | 'project' | 'session';

const COUNTS = [
  'inputTokens',
  'outputTokens',
  'cacheWrite5mTokens',
  'cacheWrite1hTokens',
  'cacheReadTokens',
  'messages',
  'unpricedTokens',
  'unpricedMessages',
  'estimatedMessages',
  'incompleteMessages',
] as const;

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
  const groups = new Map<string, { keys: RowKeys; sum: Sum }>();
  const all = new Sum();
  for (const summed of sums) {
    const keys = keysOf(summed, by, periods);
    const id = rowId(keys);
    const group = groups.get(id) ?? { keys, sum: new Sum() };
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
    const [x = '', y = ''] = [a[key] ?? '', b[key] ?? ''];
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

/** Adds up without losing a pico-dollar: what is beyond whole micro-dollars is kept apart. */
class Sum {
  readonly #counts = new Map<(typeof COUNTS)[number], number>();
  #microdollars = 0;
  #fraction = 0;

  add(summed: SummedUsage): void {
    for (const count of COUNTS) this.#counts.set(count, this.#of(count) + summed[count]);
    const fraction = summed.costPicodollars % PICODOLLARS_PER_MICRODOLLAR;
    this.#microdollars += (summed.costPicodollars - fraction) / PICODOLLARS_PER_MICRODOLLAR;
    this.#fraction += fraction;
  }

  totals(): UsageTotals {
    const counts = Object.fromEntries(COUNTS.map((count) => [count, this.#of(count)]));
    const isUnknown =
      this.#of('messages') > 0 && this.#of('messages') === this.#of('unpricedMessages');
    const cost = this.#microdollars + roundCost(this.#fraction).microdollars;
    return {
      ...(counts as Record<(typeof COUNTS)[number], number>),
      costMicrodollars: isUnknown ? null : cost,
    };
  }

  #of(count: (typeof COUNTS)[number]): number {
    return this.#counts.get(count) ?? 0;
  }
}
