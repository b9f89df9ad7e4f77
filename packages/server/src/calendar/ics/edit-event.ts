import { momentOf, wallTime } from '@claude-optimizer/core/schedule';
import { OptimizerError } from '@claude-optimizer/protocol';
import ICAL from 'ical.js';
import { readEvent, replacedOccurrence, type CalendarEvent } from './read-event.js';
import { splitEvents } from './split-events.js';

const HOUR_MS = 3_600_000;
/** What makes a series of an event: an occurrence by itself has none of it. */
const OF_SERIES = ['rrule', 'rdate', 'exdate', 'exrule', 'recurrence-id'];

/** Which occurrence is meant; `recurrence` as a plan has it, null for an event that comes once. */
export type Which = { recurrence: string | null };
/** What is to be another; what isn't named stays. Times in epoch ms. */
export type EventChange = {
  startsAt?: number;
  durationMs?: number;
  title?: string;
  description?: string;
};
/** `zone` is that of times that name none. */
type Context = { zone: string; now: number };

/** `replaces`: which occurrence, by the rule of the series; null for the series itself. */
type Part = { component: ICAL.Component; event: CalendarEvent; replaces: string | null };

/**
 * The text of one event with a change: of a series this occurrence alone, as an exception of its
 * own (RECURRENCE-ID). Throws `forbidden` for what has to be changed where it comes from.
 */
export function changeEvent(
  ics: string,
  { recurrence }: Which,
  change: EventChange,
  context: Context,
): string {
  const { calendar, parts } = partsOf(ics, context);
  const part = recurrence === null ? once(parts) : occurrence(calendar, parts, recurrence, context);
  checkAlone(part.event);
  if (change.title !== undefined) part.component.updatePropertyWithValue('summary', change.title);
  if (change.description !== undefined) {
    part.component.updatePropertyWithValue('description', change.description);
    // Another edition of the same words, which others may show instead.
    part.component.removeAllProperties('x-alt-desc');
  }
  if (change.startsAt !== undefined || change.durationMs !== undefined) setTimes(part, change);
  stamp(part, context.now);
  return written(calendar);
}

/** The text of a series without one occurrence; null when the event comes once and is to go. */
export function withoutOccurrence(
  ics: string,
  { recurrence }: Which,
  context: Context,
): string | null {
  const { calendar, parts } = partsOf(ics, context);
  if (recurrence === null) {
    checkAlone(once(parts).event);
    return null;
  }
  const series = seriesOf(parts);
  const own = exceptionOf(parts, recurrence);
  checkAlone((own ?? series)?.event);
  if (own) calendar.removeSubcomponent(own.component);
  if (series === undefined)
    return partsOf(written(calendar), context).parts.length > 0 ? written(calendar) : null;
  checkNotLater(parts, recurrence);
  const taken = likeStart(series, 'exdate', localOf(series, recurrence));
  series.component.addProperty(taken);
  stamp(series, context.now);
  return written(calendar);
}

/** What the event says in words, where it stands for this occurrence. */
export function wordsOf(
  ics: string,
  { recurrence }: Which,
  context: Context,
): Pick<CalendarEvent, 'title' | 'description'> | null {
  const { parts } = partsOf(ics, context);
  const own = newest(parts.filter(({ replaces }) => replaces?.slice(0, 16) === recurrence));
  return (own ?? seriesOf(parts))?.event ?? null;
}

function partsOf(ics: string, { zone }: Context): { calendar: ICAL.Component; parts: Part[] } {
  try {
    const calendar = new ICAL.Component(ICAL.parse(ics) as unknown[]);
    const vtimezones = splitEvents(ics).zones;
    const read = calendar.getAllSubcomponents('vevent').map((component) => {
      return { component, event: readEvent(component.toString(), { zone, vtimezones }) };
    });
    const series = read.find(({ event }) => event.replaces === null)?.event;
    const parts = read.map(({ component, event }) => {
      return { component, event, replaces: replacedOccurrence(event, series ?? event) };
    });
    return { calendar, parts };
  } catch (cause) {
    throw elsewhere('It is written in a way that can’t be changed from here.', cause);
  }
}

/** An event that comes once; of two with one UID the later edition. */
function once(parts: Part[]): Part {
  const part = newest(parts.filter(({ replaces }) => replaces === null));
  if (!part) throw elsewhere('It isn’t there as a whole.');
  const { rule, extra } = part.event;
  if (rule === null && extra.length === 0) return part;
  throw elsewhere('It has become a series.');
}

/** The part that stands for this occurrence alone; made of the series where there is none yet. */
function occurrence(
  calendar: ICAL.Component,
  parts: Part[],
  recurrence: string,
  context: Context,
): Part {
  const own = exceptionOf(parts, recurrence);
  if (own) return own;
  checkNotLater(parts, recurrence);
  const series = seriesOf(parts);
  if (!series) throw elsewhere('Its series isn’t there.');
  if (series.event.isDay) throw elsewhere('It is a series of whole days.');
  const component = new ICAL.Component(structuredClone(series.component.toJSON()) as unknown[]);
  for (const name of OF_SERIES) component.removeAllProperties(name);
  const local = localOf(series, recurrence);
  component.addProperty(likeStart(series, 'recurrence-id', local));
  const startsAt = momentOf(local, series.event.zone);
  setTimes({ ...series, component }, { startsAt });
  calendar.addSubcomponent(component);
  const vtimezones = splitEvents(written(calendar)).zones;
  const event = readEvent(component.toString(), { zone: context.zone, vtimezones });
  return { component, event, replaces: local };
}

function seriesOf(parts: Part[]): Part | undefined {
  return newest(parts.filter(({ replaces }) => replaces === null));
}

function exceptionOf(parts: Part[], recurrence: string): Part | undefined {
  const own = newest(parts.filter(({ replaces }) => replaces?.slice(0, 16) === recurrence));
  if (own?.event.andFuture)
    throw elsewhere('All that come after it were changed together with it.');
  return own;
}

function newest(parts: Part[]): Part | undefined {
  return parts.toSorted((a, b) => a.event.sequence - b.event.sequence).at(-1);
}

/** After a change of all later ones, an occurrence isn't that of the series any more. */
function checkNotLater(parts: Part[], recurrence: string): void {
  const isLater = ({ event, replaces }: Part) =>
    event.andFuture && (replaces ?? '').slice(0, 16) < recurrence;
  if (parts.some(isLater)) throw elsewhere('From an earlier day on, its series was changed.');
}

/** A change would be sent to guests, in the person's name. */
function checkAlone(event: CalendarEvent | undefined): void {
  const guests = event?.attendees.filter(({ mail }) => mail !== event.organizer) ?? [];
  if (guests.length > 0) throw elsewhere('It has guests, who would hear of it.');
}

/** The occurrence's wall time by the rule, to the second. */
function localOf({ event }: Part, recurrence: string): string {
  return event.isDay ? recurrence.slice(0, 10) : `${recurrence}${event.start.slice(16)}`;
}

/** A property whose value is told in the way of the start: in its zone, in UTC, or as a day. */
function likeStart({ component }: Part, name: string, local: string): ICAL.Property {
  const start = component.getFirstProperty('dtstart');
  if (!start) throw elsewhere('It has no start.');
  const json = structuredClone(start.toJSON()) as unknown[];
  json[0] = name;
  const property = new ICAL.Property(json);
  property.setValue(timeLike(start, local));
  return property;
}

function timeLike(start: ICAL.Property, local: string): ICAL.Time {
  const value: unknown = start.getFirstValue();
  if (value instanceof ICAL.Time && value.isDate) {
    return ICAL.Time.fromDateString(local.slice(0, 10));
  }
  const isUtc = value instanceof ICAL.Time && value.zone === ICAL.Timezone.utcTimezone;
  return ICAL.Time.fromDateTimeString(isUtc ? `${local}Z` : local);
}

function setTimes({ component, event }: Part, change: EventChange): void {
  const startsAt = change.startsAt ?? momentOf(event.start, event.zone);
  const durationMs = change.durationMs ?? (event.isDay ? HOUR_MS : event.durationMs);
  const old = component.getFirstProperty('dtstart');
  if (!old) throw elsewhere('It has no start.');
  const local = wallTime(startsAt, event.zone);
  // A whole day has no zone, and an hour that comes twice only its first in local time.
  const isLocal = !event.isDay && momentOf(local, event.zone) === startsAt;
  const at = (name: string, moment: number) => {
    const json = structuredClone(old.toJSON()) as unknown[];
    json[0] = name;
    const property = isLocal ? new ICAL.Property(json) : new ICAL.Property(name);
    property.setValue(
      isLocal
        ? timeLike(old, wallTime(moment, event.zone))
        : ICAL.Time.fromDateTimeString(`${wallTime(moment, 'UTC')}Z`),
    );
    return property;
  };
  const hasEnd = component.hasProperty('dtend');
  const keepsDuration = component.hasProperty('duration') && change.durationMs === undefined;
  for (const name of ['dtstart', 'dtend']) component.removeAllProperties(name);
  component.addProperty(at('dtstart', startsAt));
  if (keepsDuration && !hasEnd) return;
  component.removeAllProperties('duration');
  component.addProperty(at('dtend', startsAt + durationMs));
}

function stamp({ component, event }: Part, now: number): void {
  const time = ICAL.Time.fromJSDate(new Date(now), true);
  component.updatePropertyWithValue('sequence', event.sequence + 1);
  component.updatePropertyWithValue('dtstamp', time);
  component.updatePropertyWithValue('last-modified', time);
}

function written(calendar: ICAL.Component): string {
  return `${calendar.toString()}\r\n`;
}

function elsewhere(why: string, cause?: unknown): OptimizerError {
  return new OptimizerError('forbidden', `This event can’t be changed from here. ${why}`, {
    fix: 'Change it in its calendar.',
    ...(cause !== undefined && { cause }),
  });
}
