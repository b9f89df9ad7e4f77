import { totalTokens, type Usage, type UsageRow } from '@claude-optimizer/protocol';
import { formatCost, formatExact, formatTokens } from '../../lib/format';
import { measured, type Measure } from './figures';

export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
export const HOURS = 24;
/** Shades of a used hour; an unused one has none. */
export const SHADES = 5;

/** One hour of the week (`weekday` 0 is Monday); `usage` is null where nothing was used. */
export type WeekHour = { weekday: number; hour: number; usage: Usage | null; shade: number };

/** All hours of the week in rows of days, each with its shade (0 for nothing, up to `SHADES`). */
export function weekHours(rows: readonly UsageRow[], measure: Measure): WeekHour[][] {
  const found = new Map(rows.map((row) => [`${row.weekday} ${row.hour}`, row]));
  const most = mostOf(rows, measure);
  return WEEKDAYS.map((_, weekday) =>
    Array.from({ length: HOURS }, (_hour, hour) => {
      const usage = found.get(`${weekday} ${hour}`) ?? null;
      return { weekday, hour, usage, shade: usage ? shadeOf(measured(usage, measure), most) : 0 };
    }),
  );
}

/** The greatest cost or count of tokens of an hour. */
export function mostOf(rows: readonly UsageRow[], measure: Measure): number {
  return rows.reduce((most, row) => Math.max(most, measured(row, measure)), 0);
}

/** Steps by the square root, as a few hours dwarf the rest; all that was used has the first. */
function shadeOf(value: number, most: number): number {
  return most === 0 ? 1 : Math.max(1, Math.ceil(Math.sqrt(value / most) * SHADES));
}

/** An hour by its name: `Tue 14:00–15:00`. */
export function hourName({ weekday, hour }: Pick<WeekHour, 'weekday' | 'hour'>): string {
  const clock = (at: number) => `${String(at % HOURS).padStart(2, '0')}:00`;
  return `${WEEKDAYS[weekday]} ${clock(hour)}–${clock(hour + 1)}`;
}

/** An hour's use in words: `$3.20 · 1.20M tokens · 40 responses`. */
export function hourUse(usage: Usage | null): string {
  if (usage === null) return 'nothing used';
  const { messages, costMicrodollars } = usage;
  return [
    costMicrodollars === null ? 'unknown cost' : formatCost(costMicrodollars),
    `${formatTokens(totalTokens(usage))} tokens`,
    `${formatExact(messages)} ${messages === 1 ? 'response' : 'responses'}`,
  ].join(' · ');
}

/** The greatest cost or count of tokens that still has this shade. */
export function shadeTop(shade: number, most: number): number {
  return Math.round(most * (shade / SHADES) ** 2);
}
