import { OptimizerError } from '@claude-optimizer/protocol';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';

const DAY_MS = 86_400_000;
/** Far more than any calendar of people needs; a rule made to keep us busy ends there. */
const MOST_ITERATIONS = 20_000;
const MOST_OCCURRENCES = 2_000;
const TOO_OFTEN = /FREQ=(?:MINUTELY|SECONDLY)/iu;

/** When an event takes place: local wall times (`2026-03-29T09:00:00`) in one zone. */
export type Recurrence = {
  start: string;
  /** IANA name or a fixed offset such as `+02:00`. */
  zone: string;
  /** RRULE without its name; null for an event that takes place once. */
  rule: string | null;
  /** RDATE and EXDATE as wall times of the same zone. */
  extra: readonly string[];
  except: readonly string[];
};

/** One occurrence: its wall time by the rule, and the moment (epoch ms) that it is. */
export type Occurrence = { local: string; at: number };

/**
 * Occurrences that begin from `from` until before `to` (epoch ms), in order. The rule is expanded
 * as wall time and each wall time is then mapped to its moment, so that one in the hour that a
 * clock skips is an hour later instead of missing. Throws `bad_request` for a rule that can't be
 * followed.
 */
export function occurrences(recurrence: Recurrence, from: number, to: number): Occurrence[] {
  const { start, zone, rule, extra, except } = recurrence;
  const out = new Set(except);
  const locals = new Set(rule === null ? [start] : ruleTimes(start, rule, zone, from, to));
  for (const local of extra) locals.add(local);
  return [...locals]
    .filter((local) => !out.has(local))
    .map((local) => ({ local, at: momentOf(local, zone) }))
    .filter(({ at }) => at >= from && at < to)
    .sort((a, b) => a.at - b.at);
}

/** The moment (epoch ms) of a wall time: in a gap the later one, of two the first. Throws `bad_request`. */
export function momentOf(local: string, zone: string): number {
  try {
    return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds;
  } catch (cause) {
    throw refused(`${JSON.stringify(local)} in ${JSON.stringify(zone)} is no time`, cause);
  }
}

/** The wall time (`2026-03-29T09:00:00`) of a moment (epoch ms) in a zone. */
export function wallTime(at: number, zone: string): string {
  const { date, time } = partsOf(at, zone);
  return `${date}T${time}`;
}

/** Whether the runtime knows the zone. */
export function isZone(zone: string): boolean {
  try {
    wallTime(0, zone);
    return true;
  } catch {
    return false;
  }
}

function ruleTimes(start: string, rule: string, zone: string, from: number, to: number): string[] {
  if (TOO_OFTEN.test(rule)) throw refused('It recurs more often than each hour');
  try {
    const expanded = new RRuleTemporal({
      rruleString: `DTSTART:${compact(start)}Z\nRRULE:${withLocalEnd(rule.toUpperCase(), zone)}`,
      maxIterations: MOST_ITERATIONS,
      maxCandidateEvaluations: MOST_ITERATIONS,
      includeDtstart: true,
    });
    // A day on either side: wall time may be that far from UTC.
    const found = expanded.between(new Date(from - DAY_MS), new Date(to + DAY_MS), true);
    return found.slice(0, MOST_OCCURRENCES).map((time) => time.toString().slice(0, 19));
  } catch (cause) {
    throw refused(`The rule ${JSON.stringify(rule.slice(0, 200))} can't be followed`, cause);
  }
}

/** An end that is given as a moment, as the wall time that it is. */
function withLocalEnd(rule: string, zone: string): string {
  // One that is a local time already is it as it stands.
  const local = rule.replace(/UNTIL=(\d{8}T\d{6})(?![\dZ])/iu, 'UNTIL=$1Z');
  if (local !== rule) return local;
  return rule.replace(
    /UNTIL=(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/iu,
    (_whole, ...parts: string[]) => {
      const [year, month, day, hour, minute, second] = parts;
      const at = Date.parse(
        `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}Z`,
      );
      return `UNTIL=${compact(wallTime(at, zone))}Z`;
    },
  );
}

function partsOf(at: number, zone: string): { date: string; time: string } {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const [date = '', time = ''] = local.toPlainDateTime().toString().split('T');
  return { date, time: time.length === 5 ? `${time}:00` : time.slice(0, 8) };
}

function compact(local: string): string {
  return local.replace(/[-:]/gu, '');
}

function refused(why: string, cause?: unknown): OptimizerError {
  return new OptimizerError('bad_request', `${why}.`, {
    fix: 'Correct the event in its calendar.',
    ...(cause !== undefined && { cause }),
  });
}
