import { entryBodySchema, type Entry, type EntryBody } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { readCalendarsHere } from './read-calendars-here.js';
import { writeCalendar } from './write-calendar.js';

const DAY = 86_400_000;
const FROM = Date.parse('2026-03-20T00:00:00Z');

const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n');
const plan = (uid: string, ...lines: string[]) =>
  event(
    `UID:${uid}`,
    'DTSTART;TZID=Europe/Berlin:20260326T090000',
    'DTEND;TZID=Europe/Berlin:20260326T100000',
    'SUMMARY:Claude: shop — Build',
    'DESCRIPTION:budget: $2\\n- [ ] Build auth\\n- [ ] Write tests',
    ...lines,
  );
const calendar = (...parts: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...parts, 'END:VCALENDAR', ''].join('\r\n');
const read = (text: string, facts: { me?: string[]; zone?: string } = {}) =>
  readCalendarsHere({
    source: 's',
    objects: [text],
    from: FROM,
    to: FROM + 60 * DAY,
    zone: 'Europe/Berlin',
    me: [],
    ...facts,
  });
const startsOf = (text: string, facts = {}) =>
  read(text, facts).plans.map(({ startsAt }) => new Date(startsAt).toISOString().slice(0, 16));

describe('an event of the person', () => {
  it('is a plan', () => {
    const { plans, busy, problems } = read(calendar(plan('a')));
    expect(problems).toEqual([]);
    expect(busy).toEqual([]);
    expect(plans).toMatchObject([
      {
        ...{ source: 's', uid: 'a', recurrence: null, project: 'shop', phase: 'Build' },
        limits: { costMicrodollars: 2_000_000 },
        objectives: ['Build auth', 'Write tests'],
        startsAt: Date.parse('2026-03-26T08:00:00Z'),
        endsAt: Date.parse('2026-03-26T09:00:00Z'),
        ...{ allDay: false, zone: 'Europe/Berlin', problems: [] },
      },
    ]);
  });

  it('has the same id whenever it is read, and another hash for other content', () => {
    const [before] = read(calendar(plan('a'))).plans;
    const [moved] = read(
      calendar(plan('a').replaceAll('T09', 'T11').replaceAll('T10', 'T12')),
    ).plans;
    const [edited] = read(calendar(plan('a').replace('$2', '$3'))).plans;
    expect(moved).toMatchObject({ id: before?.id, contentHash: before?.contentHash });
    expect(edited?.id).toBe(before?.id);
    expect(edited?.contentHash).not.toBe(before?.contentHash);
  });

  it('recurs by its zone, over the change of the clocks', () => {
    expect(startsOf(calendar(plan('a', 'RRULE:FREQ=DAILY;COUNT=5')))).toEqual([
      '2026-03-26T08:00',
      '2026-03-27T08:00',
      '2026-03-28T08:00',
      '2026-03-29T07:00',
      '2026-03-30T07:00',
    ]);
  });

  it('can have occurrences taken out, moved and cancelled', () => {
    const text = calendar(
      plan('a', 'RRULE:FREQ=DAILY;COUNT=5', 'EXDATE;TZID=Europe/Berlin:20260327T090000'),
      plan('a', 'RECURRENCE-ID;TZID=Europe/Berlin:20260328T090000')
        .replace('26T09', '28T15')
        .replace('26T10', '28T16'),
      plan('a', 'RECURRENCE-ID:20260329T070000Z', 'STATUS:CANCELLED'),
    );
    const { plans } = read(text);
    expect(plans.map(({ recurrence }) => recurrence)).toEqual([
      '2026-03-26T09:00',
      '2026-03-28T09:00',
      '2026-03-30T09:00',
    ]);
    expect(plans[1]?.startsAt).toBe(Date.parse('2026-03-28T14:00:00Z'));
  });

  it('can be changed from one occurrence on', () => {
    const text = calendar(
      plan('a', 'RRULE:FREQ=DAILY;COUNT=4'),
      plan('a', 'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260328T090000')
        .replace('26T09', '28T11')
        .replace('26T10', '28T12'),
    );
    expect(startsOf(text)).toEqual([
      '2026-03-26T08:00',
      '2026-03-27T08:00',
      '2026-03-28T10:00',
      '2026-03-29T09:00',
    ]);
  });

  it('stands once where its later edition stands beside it', () => {
    const newer = plan('a', 'SEQUENCE:3').replaceAll('T09', 'T11').replaceAll('T10', 'T12');
    expect(startsOf(calendar(newer, plan('a', 'SEQUENCE:1')))).toEqual(['2026-03-26T10:00']);
  });
});

describe('its time', () => {
  const at = (start: string, ...more: string[]) =>
    calendar(...more, event('UID:a', start, 'SUMMARY:Claude: shop', 'DESCRIPTION:- a b'));

  it.each([
    ['DTSTART:20260326T090000Z', '2026-03-26T09:00'],
    ['DTSTART:20260326T090000', '2026-03-26T08:00'],
    ['DTSTART;TZID="Europe/Berlin":20260326T090000', '2026-03-26T08:00'],
    ['DTSTART;TZID=W. Europe Standard Time:20260326T090000', '2026-03-26T08:00'],
    ['DTSTART;TZID=AUS Eastern Standard Time:20260326T090000', '2026-03-25T22:00'],
    ['DTSTART;TZID="(GMT+10:00) Canberra, Melbourne, Sydney":20260326T090000', '2026-03-25T22:00'],
    [
      'DTSTART;TZID=/freeassociation.sourceforge.net/Asia/Tokyo:20260326T090000',
      '2026-03-26T00:00',
    ],
    ['DTSTART;TZID=America/Argentina/Buenos_Aires:20260326T090000', '2026-03-26T12:00'],
  ])('%s', (start, expected) => {
    expect(startsOf(at(start))).toEqual([expected]);
  });

  it('is read off the calendar’s own zone', () => {
    const own = (...lines: string[]) =>
      ['BEGIN:VTIMEZONE', 'TZID:Home', ...lines, 'END:VTIMEZONE'].join('\r\n');
    const start = 'DTSTART;TZID=Home:20260326T090000';
    expect(startsOf(at(start, own('X-LIC-LOCATION:Asia/Tokyo')))).toEqual(['2026-03-26T00:00']);
    const fixed = own('BEGIN:STANDARD', 'TZOFFSETFROM:+0300', 'TZOFFSETTO:+0300', 'END:STANDARD');
    expect(startsOf(at(start, fixed))).toEqual(['2026-03-26T06:00']);
    expect(read(at(start)).problems[0]?.message).toContain('nobody knows its time zone "Home"');
  });

  it('may be a day, which is for the person to place', () => {
    const [day] = read(at('DTSTART;VALUE=DATE:20260326')).plans;
    expect(day).toMatchObject({ allDay: true, endsAt: (day?.startsAt ?? 0) + DAY });
  });

  it.each([
    ['DURATION:PT45M', 45],
    ['DTEND:20260326T093000', 30],
    ['X-NOTHING:1', 60],
    ['DTEND:20260326T080000', 60],
  ])('lasts by %s', (line, minutes) => {
    const text = calendar(
      event('UID:a', 'DTSTART:20260326T090000', line, 'SUMMARY:Claude: shop', 'DESCRIPTION:- a b'),
    );
    const [found] = read(text).plans;
    expect(((found?.endsAt ?? 0) - (found?.startsAt ?? 0)) / 60_000).toBe(minutes);
  });
});

describe('what is of others', () => {
  const guests = ['ORGANIZER;CN=Eve:mailto:eve@example.com', 'ATTENDEE:mailto:me@example.com'];

  it.each<[string, string[], string[], number]>([
    ['organised by another', guests, ['me@example.com'], 0],
    ['organised by me', ['ORGANIZER:MAILTO:Me@Example.com'], ['me@example.com'], 1],
    ['with guests and nobody', ['ATTENDEE:mailto:eve@example.com'], [], 0],
    [
      'mine but not accepted',
      ['ORGANIZER:mailto:me@example.com', 'ATTENDEE;PARTSTAT=TENTATIVE:mailto:me@example.com'],
      ['me@example.com'],
      0,
    ],
  ])('%s', (_what, lines, me, count) => {
    const { plans, problems, busy } = read(calendar(plan('a', ...lines)), { me });
    expect(plans).toHaveLength(count);
    expect(problems).toHaveLength(1 - count);
    expect(busy).toHaveLength(1 - count);
  });

  it('keeps the time busy, unless it takes none', () => {
    const meeting = (...lines: string[]) =>
      plan('m', ...lines).replace('SUMMARY:Claude: shop — Build', 'SUMMARY:Lunch');
    expect(read(calendar(meeting())).busy).toEqual([
      {
        startsAt: Date.parse('2026-03-26T08:00:00Z'),
        endsAt: Date.parse('2026-03-26T09:00:00Z'),
        source: 's',
      },
    ]);
    expect(read(calendar(meeting('TRANSP:TRANSPARENT'))).busy).toEqual([]);
    expect(read(calendar(meeting('STATUS:CANCELLED'))).busy).toEqual([]);
  });
});

describe('what is broken', () => {
  it.each([
    ['no start', event('UID:x', 'SUMMARY:Claude: x')],
    ['a start that is none', event('UID:x', 'DTSTART:tomorrow', 'SUMMARY:Claude: x')],
    ['no UID', event('DTSTART:20260326T090000Z', 'SUMMARY:Claude: x')],
    ['a rule that is none', plan('x', 'RRULE:FREQ=NEVER')],
    ['a rule of each second', plan('x', 'RRULE:FREQ=SECONDLY')],
    [
      'a line that is none',
      event('UID:x', 'DTSTART:20260326T090000Z', 'nonsense', 'SUMMARY:Claude: x'),
    ],
    ['an end that is missing', 'BEGIN:VEVENT\r\nUID:x\r\nDTSTART:20260326T090000Z'],
  ])('with %s hides no other', (_what, broken) => {
    const { plans } = read(calendar(plan('before'), broken, plan('after')));
    const uids = plans.map(({ uid }) => uid);
    expect(uids).toContain('before');
    expect(uids).toContain('after');
  });

  it('is said, with where', () => {
    const { problems } = read(calendar(event('UID:x', 'SUMMARY:Claude: x')));
    expect(problems).toMatchObject([{ field: 'event' }]);
    expect(problems[0]?.message).toContain('line 3');
  });

  it.each(['\n', '\r', '\r\n'])('is read with lines that end in %j', (end) => {
    const folded = plan('a').replace('Build auth', 'Build\r\n  auth');
    const [found] = read(calendar(folded).replaceAll('\r\n', end)).plans;
    expect(found?.objectives[0]).toBe('Build auth');
  });

  it('may be several calendars in one file, and empty', () => {
    expect(read(`${calendar(plan('a'))}${calendar(plan('b'))}`).plans).toHaveLength(2);
    expect(read(calendar())).toEqual({ plans: [], busy: [], problems: [] });
  });
});

describe('our own schedule as a calendar', () => {
  const entryOf = (facts: Partial<EntryBody & Entry> = {}): Entry => ({
    ...entryBodySchema.parse({
      ...{ project: 'shop', path: '~/code/shop', phase: 'Build; test, "ship"', model: 'sonnet' },
      limits: { costMicrodollars: 2_500_000, tokens: 1_000, turns: 7, wallMs: 1_800_000 },
      objectives: ['Build auth, with: care; and \\ more', 'Tests ✓ 🎉'],
      ...{ startsAt: '2026-03-26T09:00', minutes: 45, zone: 'Europe/Berlin' },
      ...facts,
    }),
    id: 'e1',
    title: 'Claude: shop — Build; test, "ship"',
    except: [],
    revision: 0,
    ...facts,
  });

  it('reads back as it was planned', () => {
    const entry = entryOf();
    const { plans, problems } = read(writeCalendar([entry]));
    expect(problems).toEqual([]);
    const { project, path, phase, model, limits, objectives } = entry;
    expect(plans).toMatchObject([
      {
        ...{ project, path, phase, model, limits, objectives, uid: 'e1@claude-optimizer' },
        startsAt: Date.parse('2026-03-26T08:00:00Z'),
        endsAt: Date.parse('2026-03-26T08:45:00Z'),
      },
    ]);
  });

  it('keeps rules, exceptions and zones', () => {
    const entry = entryOf({ rule: 'FREQ=DAILY;COUNT=4', except: ['2026-03-28T09:00'] });
    expect(startsOf(writeCalendar([entry]))).toEqual([
      '2026-03-26T08:00',
      '2026-03-27T08:00',
      '2026-03-29T07:00',
    ]);
    const text = writeCalendar([entry, entryOf({ id: 'e2', zone: 'UTC' })]);
    expect(text).toContain('BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin');
    expect(text).toMatch(
      /BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000\r\nTZOFFSETFROM:\+0100\r\nTZOFFSETTO:\+0200/u,
    );
    expect(text).toContain('DTSTART:20260326T090000Z');
  });

  it('shows others no objectives and no paths', () => {
    const text = writeCalendar([entryOf()], { detail: 'private' });
    for (const secret of ['auth', '~/code', 'sonnet', 'budget']) expect(text).not.toContain(secret);
    expect(text).toContain('SUMMARY:Claude: shop');
  });
});
