import { OptimizerError } from '@claude-optimizer/protocol';
import { momentOf, wallTime } from '@claude-optimizer/core/schedule';
import ICAL from 'ical.js';
import { findZone } from './find-zone.js';

ICAL.design.strict = false;

const DAY_MS = 86_400_000;

/** A time as an event has it: wall time in a zone, or a day. */
export type EventTime = { local: string; zone: string; isDay: boolean };

/** One VEVENT by its own words. Times of the series are wall times of `zone`. */
export type CalendarEvent = {
  uid: string;
  /** Which occurrence it replaces, as it says; null for the event itself. */
  replaces: EventTime | null;
  /** Whether all later occurrences are replaced, too. */
  andFuture: boolean;
  sequence: number;
  title: string;
  description: string;
  start: string;
  zone: string;
  isDay: boolean;
  /** How long it takes: days of the calendar, and time beyond them. */
  days: number;
  durationMs: number;
  rule: string | null;
  extra: string[];
  except: string[];
  isCancelled: boolean;
  /** Takes no time that others would be kept from. */
  isTransparent: boolean;
  organizer: string | null;
  attendees: { mail: string; status: string }[];
};

type Context = { zone: string; vtimezones: readonly string[] };

/** Reads one VEVENT by itself. Throws `bad_request`, saying what is wrong with it. */
export function readEvent(text: string, context: Context): CalendarEvent {
  try {
    return eventOf(componentOf(text), context);
  } catch (error) {
    if (error instanceof OptimizerError) throw error;
    // The library's own words for a value that is none.
    throw wrong(error instanceof Error ? error.message.slice(0, 200) : 'it is broken', error);
  }
}

function eventOf(event: ICAL.Component, context: Context): CalendarEvent {
  const start = timeOf(event, 'dtstart', context);
  if (start === null) throw wrong('it has no start');
  const uid = textOf(event, 'uid');
  if (uid === '') throw wrong('it has no UID');
  const inZone = (time: EventTime) => sameZone(time, start);
  const range = event.getFirstProperty('recurrence-id')?.getFirstParameter('range') ?? '';
  return {
    uid,
    replaces: timeOf(event, 'recurrence-id', context),
    andFuture: /^THISANDFUTURE$/iu.test(range),
    sequence: Number(textOf(event, 'sequence')) || 0,
    title: textOf(event, 'summary'),
    description: textOf(event, 'description'),
    start: start.local,
    zone: start.zone,
    isDay: start.isDay,
    ...lengthOf(event, start, context),
    rule: ruleOf(event),
    extra: timesOf(event, 'rdate', context).map(inZone),
    except: timesOf(event, 'exdate', context).map(inZone),
    isCancelled: /^CANCELLED$/iu.test(textOf(event, 'status')),
    isTransparent: /^TRANSPARENT$/iu.test(textOf(event, 'transp')),
    organizer: mailOf(textOf(event, 'organizer')),
    attendees: attendeesOf(event),
  };
}

/** Which occurrence of its series an event replaces: its wall time by the rule. */
export function replacedOccurrence(
  { replaces }: CalendarEvent,
  { start: local, zone, isDay }: CalendarEvent,
): string | null {
  return replaces && sameZone(replaces, { local, zone, isDay });
}

/** When an event that begins at `at` ends (epoch ms): a day lasts until the same time of the next. */
export function endOf({ days, durationMs, zone }: CalendarEvent, at: number): number {
  if (days === 0) return at + durationMs;
  const local = Date.parse(`${wallTime(at, zone)}Z`) + days * DAY_MS;
  return momentOf(new Date(local).toISOString().slice(0, 19), zone) + durationMs;
}

function componentOf(text: string): ICAL.Component {
  // A rule may be written in small letters, over several lines.
  const plain = text.replace(/^RRULE\b[^\r\n]*(?:\r\n[ \t][^\r\n]*)*/gimu, (rule) =>
    rule.toUpperCase(),
  );
  const read: unknown = ICAL.parse(`BEGIN:VCALENDAR\r\n${plain}\r\nEND:VCALENDAR`);
  const event = new ICAL.Component(read as unknown[]).getFirstSubcomponent('vevent');
  if (event) return event;
  throw wrong('it is no event');
}

function textOf(event: ICAL.Component, name: string): string {
  const value: unknown = event.getFirstPropertyValue(name);
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return value instanceof ICAL.Recur ? value.toString() : '';
}

function ruleOf(event: ICAL.Component): string | null {
  const text = textOf(event, 'rrule');
  return text === '' ? null : text;
}

function timeOf(event: ICAL.Component, name: string, context: Context): EventTime | null {
  const property = event.getFirstProperty(name);
  return property ? (valuesOf(property, context)[0] ?? null) : null;
}

function timesOf(event: ICAL.Component, name: string, context: Context): EventTime[] {
  return event.getAllProperties(name).flatMap((property) => valuesOf(property, context));
}

function valuesOf(property: ICAL.Property, { zone, vtimezones }: Context): EventTime[] {
  const tzid = property.getFirstParameter('tzid');
  return property.getValues().flatMap((value: unknown) => {
    const time = value instanceof ICAL.Period ? value.start : value;
    if (!(time instanceof ICAL.Time)) throw wrong(`its ${property.name} is no time`);
    const local = `${time.toString().slice(0, 10)}T${pad(time.hour)}:${pad(time.minute)}:${pad(time.second)}`;
    if (!/^\d{4}-\d\d-\d\dT/u.test(local)) throw wrong(`its ${property.name} is no time`);
    if (time.zone === ICAL.Timezone.utcTimezone) return { local, zone: 'UTC', isDay: time.isDate };
    const named = tzid ? findZone(tzid, vtimezones) : zone;
    if (named === null) throw wrong(`nobody knows its time zone ${JSON.stringify(tzid)}`);
    return { local, zone: named, isDay: time.isDate };
  });
}

/** The wall time in the zone of the series, in which its occurrences are told apart. */
function sameZone(time: EventTime, start: EventTime): string {
  // A day stands for the occurrence of that day.
  if (time.isDay && !start.isDay) return `${time.local.slice(0, 10)}${start.local.slice(10)}`;
  if (time.zone === start.zone) return time.local;
  return wallTime(momentOf(time.local, time.zone), start.zone);
}

function lengthOf(
  event: ICAL.Component,
  start: EventTime,
  context: Context,
): Pick<CalendarEvent, 'days' | 'durationMs'> {
  const end = timeOf(event, 'dtend', context);
  if (end !== null) {
    const ms = momentOf(end.local, end.zone) - momentOf(start.local, start.zone);
    if (ms > 0 && start.isDay) return { days: Math.round(ms / DAY_MS), durationMs: 0 };
    if (ms > 0) return { days: 0, durationMs: ms };
  }
  const duration: unknown = event.getFirstPropertyValue('duration');
  if (duration instanceof ICAL.Duration && duration.toSeconds() > 0) {
    const days = duration.weeks * 7 + duration.days;
    return { days, durationMs: duration.toSeconds() * 1_000 - days * DAY_MS };
  }
  // By the standard a day lasts a day; a time without an end is a moment, taken for an hour.
  return start.isDay ? { days: 1, durationMs: 0 } : { days: 0, durationMs: 3_600_000 };
}

function attendeesOf(event: ICAL.Component): CalendarEvent['attendees'] {
  return event.getAllProperties('attendee').map((property) => {
    const value: unknown = property.getFirstValue();
    // Its types forget that there may be none.
    const status = property.getFirstParameter('partstat') as string | undefined;
    return {
      mail: (typeof value === 'string' ? mailOf(value) : null) ?? '',
      status: (status ?? 'NEEDS-ACTION').toUpperCase(),
    };
  });
}

function mailOf(value: string): string | null {
  const mail = value
    .replace(/^mailto:/iu, '')
    .trim()
    .toLowerCase();
  return mail === '' ? null : mail;
}

function pad(part: number): string {
  return String(part).padStart(2, '0');
}

function wrong(why: string, cause?: unknown): OptimizerError {
  return new OptimizerError('bad_request', `This event can't be read: ${why}.`, {
    fix: 'Correct it in its calendar; the others are not concerned.',
    ...(cause !== undefined && { cause }),
  });
}
