import { OptimizerError, USAGE_SLOT_MS } from '@claude-optimizer/protocol';
import { DAY_MS, dayNumber } from './calendar.js';

/** A stretch of time with one offset from UTC (local time less UTC); `to` is excluded. Epoch ms. */
export type ZonePeriod = { from: number; to: number; offsetMs: number };

/** Shorter than any time between two changes of a zone's clocks (Morocco's Ramadan: a month). */
const STRIDE_MS = 14 * DAY_MS;
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Throws `bad_request` unless the runtime knows the zone (IANA name such as Europe/Berlin). */
export function checkTimezone(timezone: string): void {
  formatterOf(timezone);
}

/** A zone by its IANA name; null is that of the machine, known without loading any other. */
export type Zone = string | null;

/** Local time less UTC at a moment (epoch ms), in ms. Throws `bad_request` for an unknown zone. */
export function zoneOffset(timezone: Zone, at: number): number {
  if (timezone === null) return (0 - new Date(at).getTimezoneOffset()) * 60_000;
  // Known without loading the others, which takes as long as counting a hundred megabytes.
  if (timezone === 'UTC') return 0;
  const parts = formatterOf(timezone).formatToParts(at);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes = '0', seconds = '0'] =
    /^GMT([+-])(\d+):?(\d+)?:?(\d+)?$/u.exec(name) ?? [];
  if (hours === undefined) return 0;
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1_000;
  return sign === '-' ? -offset : offset;
}

/**
 * Cuts the time from `from` to `to` (epoch ms) into stretches of one offset from UTC each. Changes
 * of the clocks are found to the quarter of an hour, on which all of them fall today.
 */
export function zonePeriods(timezone: Zone, from: number, to: number): ZonePeriod[] {
  const periods: ZonePeriod[] = [];
  let begin = from;
  let offsetMs = zoneOffset(timezone, from);
  for (let known = from; known < to;) {
    const next = Math.min(known + STRIDE_MS, to);
    if (zoneOffset(timezone, next) === offsetMs) {
      known = next;
      continue;
    }
    known = changeBetween(timezone, known, next);
    periods.push({ from: begin, to: Math.min(known, to), offsetMs });
    begin = known;
    offsetMs = zoneOffset(timezone, known);
  }
  if (begin < to) periods.push({ from: begin, to, offsetMs });
  return periods;
}

/** The moment (epoch ms) at which a local day (YYYY-MM-DD) begins, also where midnight is skipped. */
export function startOfDay(timezone: Zone, day: string): number {
  const midnight = dayNumber(day) * DAY_MS;
  const around = zonePeriods(timezone, midnight - 2 * DAY_MS, midnight + 2 * DAY_MS);
  for (const { from, to, offsetMs } of around) {
    const at = Math.max(from, midnight - offsetMs);
    if (at < to) return at;
  }
  return midnight;
}

/** The first slot after `before` at which the offset isn't that of `before` any more. */
function changeBetween(timezone: Zone, before: number, after: number): number {
  const offset = zoneOffset(timezone, before);
  let low = Math.floor(before / USAGE_SLOT_MS);
  let high = Math.ceil(after / USAGE_SLOT_MS);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zoneOffset(timezone, middle * USAGE_SLOT_MS) === offset) low = middle;
    else high = middle;
  }
  return high * USAGE_SLOT_MS;
}

function formatterOf(timezone: string): Intl.DateTimeFormat {
  const known = formatters.get(timezone);
  if (known) return known;
  try {
    const made = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      timeZoneName: 'longOffset',
    });
    formatters.set(timezone, made);
    return made;
  } catch (cause) {
    throw new OptimizerError(
      'bad_request',
      `timezone: there is no time zone ${JSON.stringify(timezone)}.`,
      {
        fix: 'Name one of the IANA database, such as Europe/Berlin, America/New_York or UTC.',
        cause,
      },
    );
  }
}
