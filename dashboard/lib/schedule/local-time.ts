const MINUTE = 60_000;
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const twoDigits = (n: number) => String(n).padStart(2, '0');

/** Plans start on these minutes when they are moved by hand. */
export const SNAP_MINUTES = 15;

/** Midnight of the moment's local day, `days` later; days of 23 and 25 hours count as one. */
export function dayStart(at: number, days = 0): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}

/** Midnight of the Monday of the moment's local week, `weeks` later. */
export function weekStart(at: number, weeks = 0): number {
  return dayStart(at, 7 * weeks - ((new Date(at).getDay() + 6) % 7));
}

/** Minutes on the local clock since midnight. */
export function minutesOfDay(at: number): number {
  const date = new Date(at);
  return date.getHours() * 60 + date.getMinutes();
}

/** The moment with its local clock time moved by days and minutes: 9:00 stays 9:00 over a change of clocks. */
export function shifted(at: number, days: number, minutes: number): number {
  const date = new Date(at);
  const local = [date.getFullYear(), date.getMonth(), date.getDate() + days] as const;
  return new Date(...local, date.getHours(), date.getMinutes() + minutes).getTime();
}

/** The moment with its local clock time on the nearest quarter of an hour. */
export function snapped(at: number): number {
  const over = minutesOfDay(at) % SNAP_MINUTES;
  return shifted(at, 0, over * 2 >= SNAP_MINUTES ? SNAP_MINUTES - over : -over);
}

/** `2026-11-23` of a moment, local. */
export function dayKey(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

/** Midnight of a day such as `2026-11-23`; null when that is none. */
export function readDay(key: string | null): number | null {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(key ?? '') ?? [];
  if (year === undefined) return null;
  const at = new Date(Number(year), Number(month) - 1, Number(day)).getTime();
  return dayKey(at) === key ? at : null;
}

/** `2026-11-23T09:00` of a moment on the clocks of `zone`. */
export function localText(at: number, zone: string): string {
  // Sweden writes dates as ISO does.
  return new Date(at).toLocaleString('sv-SE', { timeZone: zone }).slice(0, 16).replace(' ', 'T');
}

/** `09:05`, local. */
export const clockText = (at: number): string =>
  `${twoDigits(new Date(at).getHours())}:${twoDigits(new Date(at).getMinutes())}`;

/** `Mon 23 Nov`, local. */
export function dayText(at: number): string {
  const date = new Date(at);
  return `${WEEKDAYS[date.getDay()]} ${date.getDate()} ${MONTHS[date.getMonth()]}`;
}

/** `23–29 Nov 2026`, from a week's Monday. */
export function weekText(from: number): string {
  const [first, last] = [new Date(from), new Date(dayStart(from, 6))];
  const month = (date: Date) => MONTHS[date.getMonth()];
  const start =
    first.getMonth() === last.getMonth() ? first.getDate() : `${first.getDate()} ${month(first)}`;
  return `${start}–${last.getDate()} ${month(last)} ${last.getFullYear()}`;
}

/** `09:00–10:30`, and the day of the end where that is another. */
export function spanText(startsAt: number, endsAt: number): string {
  const end = dayStart(startsAt) === dayStart(endsAt - MINUTE) ? '' : `${dayText(endsAt)}, `;
  return `${clockText(startsAt)}–${end}${clockText(endsAt)}`;
}
