/** What must be known of time: now, and when a local day begins (epoch ms; months from 1). */
export type Moments = {
  now: number;
  dayStart: (year: number, month: number, day: number) => number;
  /** Now as a local date. */
  today: readonly [year: number, month: number, day: number];
};

const HOUR = 3_600_000;
const UNITS: Readonly<Record<string, number>> = { h: HOUR, d: 24 * HOUR, w: 7 * 24 * HOUR };

/** Reads a day, a moment, `today`, `yesterday` or `7d` (so long ago); null for anything else. */
export function readMoment(text: string, { now, dayStart, today }: Moments): number | null {
  const word = text.toLowerCase();
  const [year, month, day] = today;
  if (word === 'today') return dayStart(year, month, day);
  if (word === 'yesterday') return dayStart(year, month, day - 1);
  const [, count, unit] = /^(\d{1,5})([hdw])$/u.exec(word) ?? [];
  if (count !== undefined && unit !== undefined) return now - Number(count) * (UNITS[unit] ?? 0);
  const date = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$/u.exec(word);
  if (date) return dayOf(Number(date[1]), Number(date[2]), Number(date[3] ?? '1'), dayStart);
  const isMoment = /^\d{4}-\d{2}-\d{2}t\d{2}:\d{2}/u.test(word);
  const moment = isMoment ? Date.parse(text.toUpperCase()) : NaN;
  return Number.isNaN(moment) ? null : moment;
}

function dayOf(year: number, month: number, day: number, dayStart: Moments['dayStart']) {
  const isDate = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  return isDate ? dayStart(year, month, day) : null;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
