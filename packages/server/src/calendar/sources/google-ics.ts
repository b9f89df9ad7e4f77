import * as z from 'zod';

const moment = z.object({
  dateTime: z.string().optional(),
  date: z.string().optional(),
  timeZone: z.string().optional(),
});
const person = z.object({
  email: z.string().optional(),
  self: z.boolean().optional(),
  responseStatus: z.string().optional(),
});

/** What we read of an event as Google's `events.list` gives it. */
export const googleEventSchema = z.object({
  id: z.string(),
  status: z.string().optional(),
  eventType: z.string().optional(),
  summary: z.string().optional(),
  description: z.string().optional(),
  start: moment.optional(),
  end: moment.optional(),
  recurrence: z.array(z.string()).optional(),
  recurringEventId: z.string().optional(),
  originalStartTime: moment.optional(),
  iCalUID: z.string().optional(),
  sequence: z.number().optional(),
  transparency: z.string().optional(),
  organizer: person.optional(),
  attendees: z.array(person).optional(),
});
export type GoogleEvent = z.infer<typeof googleEventSchema>;
type Moment = z.infer<typeof moment>;

/** Kinds that are about a person, not about something to do at a time. */
const SKIPPED = new Set(['birthday', 'workingLocation']);
const ANSWERS: Record<string, string> = {
  accepted: 'ACCEPTED',
  declined: 'DECLINED',
  tentative: 'TENTATIVE',
};
const MOST_OCTETS = 75;

/** Google's events as iCalendar objects: one for each event with its exceptions. */
export function googleToIcs(events: Iterable<GoogleEvent>): { ics: string; uid: string }[] {
  const byMaster = new Map<string, GoogleEvent[]>();
  for (const event of events) {
    if (SKIPPED.has(event.eventType ?? '')) continue;
    const master = event.recurringEventId ?? event.id;
    byMaster.set(master, [...(byMaster.get(master) ?? []), event]);
  }
  return [...byMaster].flatMap(([id, group]) => {
    const uid = group.find(({ iCalUID }) => iCalUID !== undefined)?.iCalUID ?? id;
    const lines = group.flatMap((event) => eventLines(event, uid, group));
    if (lines.length === 0) return [];
    const head = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//claude-optimizer//google//EN'];
    const ics = [...head, ...lines, 'END:VCALENDAR', ''].map(folded).join('\r\n');
    return [{ uid, ics }];
  });
}

function eventLines(event: GoogleEvent, uid: string, group: readonly GoogleEvent[]): string[] {
  const { start, end, originalStartTime: original, attendees = [], organizer } = event;
  // A cancelled occurrence is taken out of its series.
  if (event.status === 'cancelled' || !start) return [];
  const taken = group.filter(
    ({ status, recurringEventId }) => status === 'cancelled' && recurringEventId === event.id,
  );
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(uid)}`,
    `DTSTART${timeOf(start)}`,
    ...(end ? [`DTEND${timeOf(end)}`] : []),
    ...(original && event.recurringEventId ? [`RECURRENCE-ID${timeOf(original)}`] : []),
    ...(event.recurrence ?? []).filter((rule) => /^(?:RRULE|RDATE|EXDATE)[:;][^\r\n]*$/.test(rule)),
    ...taken.flatMap(({ originalStartTime: at }) =>
      at ? [`EXDATE${timeOf(inZoneOf(at, start))}`] : [],
    ),
    `SUMMARY:${escaped(event.summary ?? '')}`,
    `DESCRIPTION:${escaped(event.description ?? '')}`,
    `STATUS:${event.status === 'tentative' ? 'TENTATIVE' : 'CONFIRMED'}`,
    `TRANSP:${event.transparency === 'transparent' ? 'TRANSPARENT' : 'OPAQUE'}`,
    `SEQUENCE:${String(event.sequence ?? 0)}`,
    ...(isMeeting(event) && organizer?.email
      ? [`ORGANIZER:mailto:${address(organizer.email)}`]
      : []),
    ...attendees.flatMap(({ email, responseStatus = '' }) => {
      const partstat = ANSWERS[responseStatus] ?? 'NEEDS-ACTION';
      return email ? [`ATTENDEE;PARTSTAT=${partstat}:mailto:${address(email)}`] : [];
    }),
    'END:VEVENT',
  ];
}

/** Google names an organiser for everything; one's own event without guests is no meeting. */
function isMeeting({ organizer, attendees = [] }: GoogleEvent): boolean {
  return organizer?.self !== true || attendees.length > 0;
}

/** `;TZID=…:local`, `:…Z` or `;VALUE=DATE:…`. */
function timeOf({ dateTime, date, timeZone }: Moment): string {
  if (dateTime === undefined) return `;VALUE=DATE:${(date ?? '').replace(/\D/g, '')}`;
  const at = new Date(dateTime);
  const local = timeZone === undefined ? null : wallTime(at, timeZone);
  if (local !== null) return `;TZID=${timeZone ?? ''}:${local}`;
  return `:${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function inZoneOf(at: Moment, { timeZone }: Moment): Moment {
  return timeZone === undefined ? at : { ...at, timeZone };
}

/** `20260329T090000` of a moment in a zone; null for a zone that isn't known. */
function wallTime(at: Date, timeZone: string): string | null {
  if (!/^[\w/+-]+$/.test(timeZone)) return null;
  try {
    // Sweden writes dates as ISO does.
    const local = at.toLocaleString('sv-SE', { timeZone });
    return local.replace(/[-:]/g, '').replace(' ', 'T');
  } catch {
    return null;
  }
}

function escaped(text: string): string {
  const plain = text.replace(/[\\;,]/g, (mark) => `\\${mark}`).replace(/\r\n|\r|\n/g, '\\n');
  return plain.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}

function address(email: string): string {
  return email.replace(/[\s\u0000-\u001f]/g, '');
}

/** Lines of more than 75 octets go on in the next, after a space. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  for (const letter of line) {
    const room = parts.length === 0 ? MOST_OCTETS : MOST_OCTETS - 1;
    if (Buffer.byteLength(part + letter) > room) {
      parts.push(part);
      part = '';
    }
    part += letter;
  }
  return [...parts, part].join('\r\n ');
}
