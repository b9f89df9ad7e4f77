import { createHash } from 'node:crypto';
import { contentOf, readPlanText } from '@claude-optimizer/core/plan';
import { momentOf, occurrences, wallTime } from '@claude-optimizer/core/schedule';
import { OptimizerError, type Busy, type Plan, type PlanProblem } from '@claude-optimizer/protocol';
import type { ReadRequest } from '../sources/read-calendars.js';
import { endOf, readEvent, replacedOccurrence, type CalendarEvent } from './read-event.js';
import { splitEvents } from './split-events.js';

/** More than a person's calendar has; the rest is said to be left out. */
const MOST_EVENTS = 20_000;
const MOST_PLANS = 2_000;

export type ReadCalendar = { plans: Plan[]; busy: Busy[]; problems: PlanProblem[] };

/** Makes plans of calendars' texts in this thread: event by event, what can't be read is a problem. */
export function readCalendarsHere(request: ReadRequest): ReadCalendar {
  const answer: ReadCalendar = { plans: [], busy: [], problems: [] };
  for (const series of seriesOf(request, answer.problems)) {
    attempt(answer.problems, series.title, () => addSeries(series, request, answer));
  }
  answer.plans.sort((a, b) => a.startsAt - b.startsAt || a.id.localeCompare(b.id));
  return answer;
}

/** An event with the occurrences of it that were changed by hand. */
type Series = { title: string; event: CalendarEvent | null; changes: CalendarEvent[] };

function seriesOf({ objects, zone }: ReadRequest, problems: PlanProblem[]): Series[] {
  const series = new Map<string, Series>();
  let count = 0;
  for (const object of objects) {
    const { events, zones: vtimezones } = splitEvents(object);
    for (const { text, line } of events) {
      if ((count += 1) > MOST_EVENTS) continue;
      attempt(problems, `event in line ${String(line)}`, () => {
        add(series, readEvent(text, { zone, vtimezones }));
      });
    }
  }
  if (count > MOST_EVENTS) {
    const message = `It holds ${String(count)} events; ${String(MOST_EVENTS)} were read.`;
    problems.push({ field: 'calendar', message, fix: 'Put the sessions into one of their own.' });
  }
  return [...series.values()];
}

function add(series: Map<string, Series>, event: CalendarEvent): void {
  const known = series.get(event.uid) ?? { title: event.title, event: null, changes: [] };
  series.set(event.uid, known);
  if (event.replaces === null) {
    // Of two with one UID the later edition counts, whichever stands first.
    if (known.event === null || event.sequence >= known.event.sequence) known.event = event;
    known.title = known.event.title;
    return;
  }
  known.changes.push(event);
}

function addSeries({ event, changes }: Series, request: ReadRequest, answer: ReadCalendar): void {
  // What was moved into the window may belong to an occurrence outside of it, and the other way.
  const reach = 62 * 86_400_000;
  const byOccurrence = new Map<string, CalendarEvent>();
  for (const change of changes) {
    // In the series' own zone: the change may be told in another one.
    const local = replacedOccurrence(change, event ?? change) ?? '';
    const before = byOccurrence.get(local);
    if (!before || change.sequence >= before.sequence) byOccurrence.set(local, change);
  }
  const later = [...byOccurrence]
    .filter(([, { andFuture }]) => andFuture)
    .sort(([a], [b]) => a.localeCompare(b));
  const times = event ? occurrences(event, request.from - reach, request.to + reach) : [];
  for (const { local, at } of times) {
    if (!event || byOccurrence.has(local)) continue;
    const [from, change] = later.findLast(([since]) => since < local) ?? [];
    const moved =
      change && from !== undefined ? shifted(at, change, momentOf(from, event.zone)) : at;
    addOccurrence(change ?? event, { local, at: moved }, event, request, answer);
  }
  for (const [local, change] of byOccurrence) {
    addOccurrence(
      change,
      { local, at: momentOf(change.start, change.zone) },
      event,
      request,
      answer,
    );
  }
}

/**
 * An occurrence after one from which on all were changed is moved as that one was, by the clock.
 * `from`: the moment at which that one would have been.
 */
function shifted(at: number, { start, zone }: CalendarEvent, from: number): number {
  const clock = (moment: number) => Date.parse(`${wallTime(moment, zone)}Z`);
  const local = clock(at) + Date.parse(`${start}Z`) - clock(from);
  return momentOf(new Date(local).toISOString().slice(0, 19), zone);
}

function addOccurrence(
  event: CalendarEvent,
  { local, at }: { local: string; at: number },
  series: CalendarEvent | null,
  request: ReadRequest,
  answer: ReadCalendar,
): void {
  const endsAt = endOf(event, at);
  if (endsAt <= request.from || at >= request.to || event.isCancelled) return;
  const read = readPlanText(event);
  const stranger = read === null ? null : strangerOf(event, request.me);
  if (read === null || stranger !== null) {
    const declined = attendance(event, request.me) === 'DECLINED';
    if (!event.isTransparent && !event.isDay && !declined) {
      answer.busy.push({ startsAt: at, endsAt, source: request.source });
    }
    if (stranger !== null) answer.problems.push(foreign(event, stranger));
    return;
  }
  if (answer.plans.length >= MOST_PLANS) return;
  const recurs = series !== null && (series.rule !== null || series.extra.length > 0);
  const recurrence = recurs || event.replaces !== null ? local.slice(0, 16) : null;
  answer.plans.push({
    ...read.order,
    id: hash([request.source, event.uid, recurrence]),
    source: request.source,
    uid: event.uid,
    recurrence,
    title: event.title.slice(0, 300),
    startsAt: at,
    endsAt,
    allDay: event.isDay,
    zone: event.zone,
    problems: read.problems,
    contentHash: hash([contentOf(read.order)]),
  });
}

/** Who else has a hand in the event, in words; null when it is the person's alone. */
function strangerOf(event: CalendarEvent, me: readonly string[]): string | null {
  const mine = new Set(me.map((mail) => mail.toLowerCase()));
  const { organizer, attendees } = event;
  if (organizer !== null && !mine.has(organizer)) return `It was organised by ${organizer}.`;
  if (organizer === null && attendees.length > 0) return 'It has guests, and nobody organised it.';
  const said = attendance(event, me);
  return said === null || said === 'ACCEPTED' ? null : 'You have not accepted it.';
}

function attendance({ attendees }: CalendarEvent, me: readonly string[]): string | null {
  const mine = new Set(me.map((mail) => mail.toLowerCase()));
  return attendees.find(({ mail }) => mine.has(mail))?.status ?? null;
}

function foreign({ title }: CalendarEvent, why: string): PlanProblem {
  return {
    field: 'organizer',
    message: `${JSON.stringify(title.slice(0, 80))} starts nothing. ${why}`,
    fix: 'Only events that are yours alone start sessions; if that address is yours, add it in Settings.',
  };
}

/** What one event does wrong is said and keeps no other from being read. */
function attempt(problems: PlanProblem[], title: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof OptimizerError)) throw error;
    const message = `${title.slice(0, 80)}: ${error.message}`;
    problems.push({ field: 'event', message, fix: error.fix });
  }
}

function hash(parts: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
