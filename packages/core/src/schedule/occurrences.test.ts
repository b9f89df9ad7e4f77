import { describe, expect, it } from 'vitest';
import { occurrences, wallTime } from './occurrences.js';

const DAY = 86_400_000;
const ZONES = [
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'Asia/Tehran',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Africa/Casablanca',
  'UTC',
];
const TIMES = ['00:30', '01:30', '02:00', '02:30', '03:00', '09:00', '23:45'];

/**
 * Another way to the same answer: wall time to moment by trying every offset that the zone has
 * around it, by Intl alone.
 */
function independentMoment(local: string, zone: string): number {
  const wall = Date.parse(`${local}Z`);
  const offsets = [wall - DAY, wall + DAY].map((at) => intlWall(at, zone) - at);
  const [before = 0, after = 0] = offsets;
  const fits = [wall - before, wall - after].filter((at) => intlWall(at, zone) === wall);
  // In the gap: the wall time by the offset before it, which is later by the gap.
  return fits.length > 0 ? Math.min(...fits) : wall - before;
}

const formats = new Map<string, Intl.DateTimeFormat>();
function intlWall(at: number, timeZone: string): number {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(timeZone, format);
  return Date.parse(`${format.format(at).replace(' ', 'T')}Z`);
}

/** Days that a rule takes, by stepping from day to day. */
const RULES: [rule: string, takes: (date: Date, index: number) => boolean][] = [
  ['FREQ=DAILY', () => true],
  ['FREQ=DAILY;INTERVAL=3', (_date, index) => index % 3 === 0],
  ['FREQ=WEEKLY;BYDAY=MO,WE,SU', (date) => [1, 3, 0].includes(date.getUTCDay())],
  [
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU',
    (date, index) => date.getUTCDay() === 0 && Math.floor((index + 3) / 7) % 2 === 0,
  ],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', (date) => new Date(date.getTime() + DAY).getUTCDate() === 1],
  [
    'FREQ=MONTHLY;BYDAY=-1SU',
    (date) =>
      date.getUTCDay() === 0 &&
      new Date(date.getTime() + 7 * DAY).getUTCMonth() !== date.getUTCMonth(),
  ],
];

describe('a year of occurrences', () => {
  it.each(ZONES)('is right in %s, on the days when clocks change, too', (zone) => {
    // A Thursday.
    const first = Date.parse('2026-01-01T00:00:00Z');
    let count = 0;
    for (const time of TIMES) {
      const days = Array.from({ length: 365 }, (_, at) => new Date(first + at * DAY));
      for (const [rule, takes] of RULES) {
        const expected = days
          .filter((date, index) => index === 0 || takes(date, index))
          .map((date) => `${date.toISOString().slice(0, 10)}T${time}:00`)
          .map((local) => ({ local, at: independentMoment(local, zone) }));
        const recurrence = { start: `2026-01-01T${time}:00`, zone, rule, extra: [], except: [] };
        const found = occurrences(recurrence, first - DAY, first + 365 * DAY + DAY);
        const inYear = found.filter(({ local }) => local < '2027');
        expect(inYear).toEqual(expected);
        count += expected.length;
      }
    }
    expect(count).toBeGreaterThan(4_000);
  });
});

describe('an event', () => {
  const event = {
    start: '2026-03-01T09:00:00',
    zone: 'Europe/Berlin',
    rule: null,
    extra: [],
    except: [],
  };
  const from = Date.parse('2026-03-01T00:00:00Z');

  it('takes place once without a rule', () => {
    const at = Date.parse('2026-03-01T08:00:00Z');
    expect(occurrences(event, from, from + DAY)).toEqual([{ local: event.start, at }]);
    expect(occurrences(event, from + DAY, from + 2 * DAY)).toEqual([]);
  });

  it('has more and fewer occurrences as it says', () => {
    const found = occurrences(
      {
        ...event,
        rule: 'FREQ=DAILY;COUNT=3',
        extra: ['2026-03-09T10:00:00'],
        except: ['2026-03-02T09:00:00'],
      },
      from,
      from + 30 * DAY,
    );
    expect(found.map(({ local }) => local)).toEqual([
      '2026-03-01T09:00:00',
      '2026-03-03T09:00:00',
      '2026-03-09T10:00:00',
    ]);
  });

  it('ends at a moment, whatever the clocks do', () => {
    // 9:00 in Berlin is 8:00 UTC until the 28th, 7:00 from the 29th on.
    const until = (end: string) =>
      occurrences({ ...event, rule: `FREQ=DAILY;UNTIL=${end}` }, from, from + 60 * DAY).at(-1)
        ?.local;
    expect(until('20260330T070000Z')).toBe('2026-03-30T09:00:00');
    expect(until('20260330T065959Z')).toBe('2026-03-29T09:00:00');
  });
});

describe('hostile rules', () => {
  const minutes = Array.from({ length: 60 }, (_, at) => at).join(',');
  it.each([
    'FREQ=DAILY;BYMONTHDAY=-1,-2',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=DAILY;INTERVAL=999999999',
    'FREQ=HOURLY;COUNT=99999999',
    'FREQ=YEARLY;BYSETPOS=400;BYDAY=MO',
    `FREQ=DAILY;BYHOUR=${minutes};BYMINUTE=${minutes};BYSECOND=${minutes}`,
    'FREQ=MINUTELY',
    'FREQ=SECONDLY;COUNT=5',
    'FOO=BAR',
    '',
    'FREQ=WEEKLY;BYDAY=XX,YY',
    `FREQ=DAILY;BYMONTHDAY=${'1,'.repeat(100_000)}`,
  ])('%#: %.60s ends, with few occurrences or a reason', (rule) => {
    const event = { start: '1970-01-01T00:00:00', zone: 'UTC', rule, extra: [], except: [] };
    const now = Date.parse('2026-03-01T00:00:00Z');
    try {
      expect(occurrences(event, now, now + 60 * DAY).length).toBeLessThanOrEqual(2_000);
    } catch (error) {
      expect(error).toMatchObject({ code: 'bad_request' });
    }
  });
});

it('tells the wall time of a moment', () => {
  expect(wallTime(Date.parse('2026-03-29T00:59:59Z'), 'Europe/Berlin')).toBe('2026-03-29T01:59:59');
  expect(wallTime(Date.parse('2026-03-29T01:00:00Z'), 'Europe/Berlin')).toBe('2026-03-29T03:00:00');
});
