import { planTitle, planWords } from '@claude-optimizer/core/plan';
import type { Entry } from '@claude-optimizer/protocol';
import { wallTime } from '@claude-optimizer/core/schedule';
import ICAL from 'ical.js';
import { uidOf } from '../schedule/entry-uid.js';

/** What a calendar is to show: all of it, or (for others) only when and which project. */
export type Detail = 'all' | 'private';

/**
 * Entries of our own schedule as one iCalendar text that calendar apps open: local times with
 * their zone, rules and exceptions kept, the order written as a person would write it.
 */
export function writeCalendar(
  entries: readonly Entry[],
  { detail = 'all', now = 0 }: { detail?: Detail; now?: number } = {},
): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', '-//Claude Code Optimizer//EN');
  calendar.addPropertyWithValue('x-wr-calname', 'Claude Code sessions');
  for (const zone of new Set(entries.map((entry) => entry.zone))) {
    if (zone !== 'UTC') calendar.addSubcomponent(zoneOf(zone, entries, now));
  }
  for (const entry of entries) calendar.addSubcomponent(eventOf(entry, detail, now));
  return `${calendar.toString()}\r\n`;
}

function eventOf(entry: Entry, detail: Detail, now: number): ICAL.Component {
  const event = new ICAL.Component('vevent');
  event.addPropertyWithValue('uid', uidOf(entry.id));
  event.addPropertyWithValue('dtstamp', ICAL.Time.fromJSDate(new Date(now), true));
  event.addPropertyWithValue('sequence', entry.revision);
  addTime(event, 'dtstart', entry.startsAt, entry.zone);
  event.addPropertyWithValue('duration', ICAL.Duration.fromSeconds(entry.minutes * 60));
  if (entry.rule !== null) {
    event.addPropertyWithValue('rrule', ICAL.Recur.fromString(entry.rule));
  }
  for (const local of entry.except) addTime(event, 'exdate', local, entry.zone);
  event.addPropertyWithValue('summary', titleOf(entry, detail));
  if (detail === 'all') event.addPropertyWithValue('description', planWords(entry).join('\n'));
  return event;
}

function addTime(event: ICAL.Component, name: string, local: string, zone: string): void {
  const time = ICAL.Time.fromDateTimeString(`${local.slice(0, 16)}:00`);
  if (zone === 'UTC') time.zone = ICAL.Timezone.utcTimezone;
  const property = event.addPropertyWithValue(name, time);
  if (zone !== 'UTC') property.setParameter('tzid', zone);
}

/** The title as it is read again: without its prefix it would be nobody's plan. */
function titleOf(entry: Entry, detail: Detail): string {
  const own = /^claude\s*:/iu.test(entry.title) ? entry.title : null;
  const made = planTitle(entry);
  return detail === 'all' ? (own ?? made) : made;
}

/**
 * A VTIMEZONE with each change of the clocks from a year before the first entry to three years
 * from now: apps that don't know the zone by its name read it off there.
 */
function zoneOf(zone: string, entries: readonly Entry[], now: number): ICAL.Component {
  const component = new ICAL.Component('vtimezone');
  component.addPropertyWithValue('tzid', zone);
  const starts = entries.filter((entry) => entry.zone === zone).map(({ startsAt }) => startsAt);
  const first = Date.parse(`${starts.sort()[0]?.slice(0, 10) ?? '2026-01-01'}T00:00:00Z`);
  const from = first - 366 * DAY_MS;
  const to = Math.max(now, first) + 3 * 366 * DAY_MS;
  let before = offsetOf(from, zone);
  component.addSubcomponent(observance('standard', from, before, before, zone));
  for (let at = from; at < to; at += DAY_MS) {
    const after = offsetOf(at + DAY_MS, zone);
    if (after === before) continue;
    const change = changeBetween(at, at + DAY_MS, zone);
    component.addSubcomponent(
      observance(after > before ? 'daylight' : 'standard', change, before, after, zone),
    );
    before = after;
  }
  return component;
}

const DAY_MS = 86_400_000;

function observance(
  kind: 'standard' | 'daylight',
  at: number,
  from: number,
  to: number,
  zone: string,
): ICAL.Component {
  const component = new ICAL.Component(kind);
  // By the clock as it stood before the change.
  const local = new Date(at + from).toISOString().slice(0, 19);
  component.addPropertyWithValue('dtstart', ICAL.Time.fromDateTimeString(local));
  component.addPropertyWithValue('tzoffsetfrom', ICAL.UtcOffset.fromSeconds(from / 1_000));
  component.addPropertyWithValue('tzoffsetto', ICAL.UtcOffset.fromSeconds(to / 1_000));
  component.addPropertyWithValue('tzname', zone);
  return component;
}

function offsetOf(at: number, zone: string): number {
  return Date.parse(`${wallTime(at, zone)}Z`) - at;
}

function changeBetween(low: number, high: number, zone: string): number {
  const before = offsetOf(low, zone);
  let [from, to] = [low, high];
  while (to - from > 60_000) {
    const middle = from + Math.floor((to - from) / 120_000) * 60_000;
    if (offsetOf(middle, zone) === before) from = middle;
    else to = middle;
  }
  return to;
}
