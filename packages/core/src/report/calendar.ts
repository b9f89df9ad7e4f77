export const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of a date as YYYY-MM-DD. */
export function dayNumber(day: string): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
}

/** YYYY-MM-DD of days since 1970-01-01. */
export function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** 0–6 from Monday. */
export function weekdayOf(day: number): number {
  // 1970-01-01 was a Thursday.
  return (((day + 3) % 7) + 7) % 7;
}

/** The Monday of the day's week, as YYYY-MM-DD. */
export function weekText(day: number): string {
  return dayText(day - weekdayOf(day));
}

/** YYYY-MM. */
export function monthText(day: number): string {
  return dayText(day).slice(0, 7);
}
