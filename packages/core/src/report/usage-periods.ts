import { OptimizerError, type UsageFilter } from '@claude-optimizer/protocol';
import { DAY_MS, dayNumber, dayText } from './calendar.js';
import { startOfDay, zonePeriods, type Zone, type ZonePeriod } from './zone.js';

/** Before Claude Code: whatever claims to be older has a wrong clock, and is counted all the same. */
const FIRST_CHANGE = Date.UTC(2024, 0, 1);
const YEAR_MS = 366 * DAY_MS;

/**
 * The time that a filter wants in `timezone`, cut where the clocks change. What nothing bounds is
 * without end: before 2024 and more than a year from `now` on the offset of that moment is kept.
 * Throws `bad_request` for an unknown zone and for days in the wrong order.
 */
export function usagePeriods(
  { since, until }: Pick<UsageFilter, 'since' | 'until'>,
  timezone: Zone,
  now: number,
): ZonePeriod[] {
  if (since !== undefined && until !== undefined && since > until) {
    throw new OptimizerError('bad_request', `since: ${since} is after until, ${until}.`, {
      fix: 'Exchange the two; both days are included.',
    });
  }
  const from = since === undefined ? 0 : startOfDay(timezone, since);
  const to =
    until === undefined
      ? Number.MAX_SAFE_INTEGER
      : startOfDay(timezone, dayText(dayNumber(until) + 1));
  const first = Math.min(Math.max(from, FIRST_CHANGE), to);
  const last = Math.max(Math.min(to, Math.floor((now + YEAR_MS) / DAY_MS) * DAY_MS), first);
  const periods = zonePeriods(timezone, first, Math.max(last, first + 1));
  return periods
    .map((period, index) => ({
      ...period,
      from: index === 0 ? from : period.from,
      to: index === periods.length - 1 ? to : period.to,
    }))
    .filter((period) => period.from < period.to);
}
