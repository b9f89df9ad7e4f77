import {
  DAY_MS,
  dayNumber,
  dayText,
  monthText,
  weekText,
  zoneOffset,
  type Zone,
} from '@claude-optimizer/core/report';

/**
 * The first day (YYYY-MM-DD) of the last `count` days, weeks or months of a zone, the present one
 * included. `now` in epoch ms. Throws `bad_request` for an unknown zone.
 */
export function firstDay(
  unit: 'day' | 'week' | 'month',
  count: number,
  timezone: Zone,
  now: number,
): string {
  const today = Math.floor((now + zoneOffset(timezone, now)) / DAY_MS);
  if (unit === 'day') return dayText(today - (count - 1));
  if (unit === 'week') return dayText(dayNumber(weekText(today)) - 7 * (count - 1));
  const [year = '', month = ''] = monthText(today).split('-');
  const months = Number(year) * 12 + (Number(month) - 1) - (count - 1);
  return new Date(Date.UTC(Math.floor(months / 12), months % 12, 1)).toISOString().slice(0, 10);
}
