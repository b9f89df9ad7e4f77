import { describe, expect, it } from 'vitest';
import { changeEvent, withoutOccurrence, type EventChange } from './edit-event.js';
import { readCalendarsHere } from './read-calendars-here.js';

const CONTEXT = { zone: 'Europe/Berlin', now: Date.parse('2026-03-20T12:00:00Z') };
const at = (text: string) => Date.parse(`${text}Z`);
const event = (...lines: string[]) => [
  ...['BEGIN:VEVENT', 'UID:a', 'DTSTAMP:20260101T000000Z', 'SUMMARY:Claude: shop'],
  ...['DESCRIPTION:- [ ] Build auth', ...lines, 'END:VEVENT'],
];
const calendar = (...events: string[][]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events.flat(), 'END:VCALENDAR', ''].join('\r\n');
const BERLIN = [
  'DTSTART;TZID=Europe/Berlin:20260326T090000',
  'DTEND;TZID=Europe/Berlin:20260326T103000',
];
const once = calendar(event(...BERLIN, 'SEQUENCE:3', 'X-APPLE-TRAVEL:kept'));
const series = calendar(event(...BERLIN, 'RRULE:FREQ=DAILY;COUNT=4'));

const spans = (ics: string) =>
  readCalendarsHere({
    ...{ source: 's', objects: [ics], zone: CONTEXT.zone, me: [] },
    ...{ from: at('2026-03-01T00:00'), to: at('2026-06-01T00:00') },
  }).plans.map(
    ({ startsAt, endsAt }) => `${text(startsAt)} ${String((endsAt - startsAt) / 60_000)}`,
  );
const text = (moment: number) => new Date(moment).toISOString().slice(5, 16);
const change = (ics: string, recurrence: string | null, what: EventChange) =>
  changeEvent(ics, { recurrence }, what, CONTEXT);

describe('an event that comes once', () => {
  it('is moved on the clock of its zone, as long as it was, with all that else it says', () => {
    const moved = change(once, null, { startsAt: at('2026-03-29T10:00') });
    expect(moved).toContain('DTSTART;TZID=Europe/Berlin:20260329T120000');
    expect(moved).toContain('DTEND;TZID=Europe/Berlin:20260329T133000');
    expect(moved).toContain('SEQUENCE:4');
    expect(moved).toContain('X-APPLE-TRAVEL:kept');
    expect(spans(moved)).toEqual(['03-29T10:00 90']);
  });

  it.each([
    ['in UTC', ['DTSTART:20260326T090000Z', 'DURATION:PT30M'], 'DTSTART:20260401T070000Z', 30],
    ['in no zone', ['DTSTART:20260326T090000'], 'DTSTART:20260401T090000', 60],
    ['a whole day', ['DTSTART;VALUE=DATE:20260326'], 'DTSTART:20260401T070000Z', 60],
  ])('is moved when it is %s', (_what, lines, line, minutes) => {
    const moved = change(calendar(event(...lines)), null, { startsAt: at('2026-04-01T07:00') });
    expect(moved).toContain(line);
    expect(spans(moved)).toEqual([`04-01T07:00 ${String(minutes)}`]);
  });

  it('can be put into the second of two same hours', () => {
    const zoned = change(once, null, { startsAt: at('2026-10-25T01:30') });
    expect(zoned).toContain('DTSTART:20261025T013000Z');
    expect(zoned).toContain('DTEND:20261025T030000Z');
  });

  it('takes another length and other words', () => {
    const changed = change(once, null, {
      ...{ durationMs: 45 * 60_000, title: 'Claude: shop — Test' },
      description: '- [ ] Write tests; all, of them\nnote',
    });
    const { plans } = readCalendarsHere({
      ...{ source: 's', objects: [changed], zone: 'UTC', me: [] },
      ...{ from: at('2026-03-01T00:00'), to: at('2026-06-01T00:00') },
    });
    expect(plans).toMatchObject([
      { phase: 'Test', objectives: ['Write tests; all, of them'], endsAt: at('2026-03-26T08:45') },
    ]);
  });

  it('is gone as a whole', () => {
    expect(withoutOccurrence(once, { recurrence: null }, CONTEXT)).toBeNull();
  });
});

describe('one of a series', () => {
  it('is moved alone', () => {
    const moved = change(series, '2026-03-28T09:00', { startsAt: at('2026-03-28T15:00') });
    expect(moved).toContain('RECURRENCE-ID;TZID=Europe/Berlin:20260328T090000');
    expect(spans(moved)).toEqual([
      ...['03-26T08:00 90', '03-27T08:00 90', '03-28T15:00 90', '03-29T07:00 90'],
    ]);
    const again = change(moved, '2026-03-28T09:00', { startsAt: at('2026-04-02T15:00') });
    expect(again.match(/RECURRENCE-ID/gu)).toHaveLength(1);
    expect(spans(again)).toEqual([
      ...['03-26T08:00 90', '03-27T08:00 90', '03-29T07:00 90', '04-02T15:00 90'],
    ]);
  });

  it('is moved alone where the series is in UTC and tells its length', () => {
    const rule = ['DTSTART:20260326T083000Z', 'DURATION:PT20M', 'RRULE:FREQ=DAILY;COUNT=2'];
    const moved = change(calendar(event(...rule)), '2026-03-27T08:30', {
      startsAt: at('2026-03-27T09:00'),
    });
    expect(moved).toContain('RECURRENCE-ID:20260327T083000Z');
    expect(spans(moved)).toEqual(['03-26T08:30 20', '03-27T09:00 20']);
  });

  it('is taken out alone, also when it was moved before', () => {
    const moved = change(series, '2026-03-28T09:00', { startsAt: at('2026-03-28T15:00') });
    for (const ics of [series, moved]) {
      const left = withoutOccurrence(ics, { recurrence: '2026-03-28T09:00' }, CONTEXT) ?? '';
      expect(left).toContain('EXDATE;TZID=Europe/Berlin:20260328T090000');
      expect(spans(left)).toEqual(['03-26T08:00 90', '03-27T08:00 90', '03-29T07:00 90']);
    }
  });

  it.each([
    ['that is a series of days', event('DTSTART;VALUE=DATE:20260326', 'RRULE:FREQ=DAILY')],
    [
      'after which all were changed',
      event(...BERLIN, 'RRULE:FREQ=DAILY'),
      event(
        'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260327T090000',
        'DTSTART;TZID=Europe/Berlin:20260327T110000',
      ),
    ],
    ['with guests', event(...BERLIN, 'RRULE:FREQ=DAILY', 'ATTENDEE:mailto:eve@example.com')],
    ['that isn’t one any more', event(...BERLIN).slice(0, -1)],
  ])('%s is left alone', (_what, ...events: string[][]) => {
    const move = () =>
      change(calendar(...events), '2026-03-28T09:00', { startsAt: at('2026-03-28T15:00') });
    expect(move).toThrow(/can’t be changed from here/u);
  });
});
