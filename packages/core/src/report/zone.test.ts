import { OptimizerError } from '@claude-optimizer/protocol';
import { expect, test } from 'vitest';
import { DAY_MS, dayNumber, dayText, monthText, weekText } from './calendar.js';
import { usagePeriods } from './usage-periods.js';
import { checkTimezone, startOfDay, zoneOffset, zonePeriods } from './zone.js';

const HOUR_MS = 3_600_000;
const iso = (at: number) => new Date(at).toISOString().slice(0, 16);
const NOW = Date.parse('2026-05-01T12:00:00Z');

/** Length of a local day in hours. */
function hoursOf(timezone: string, day: string): number {
  const next = dayText(dayNumber(day) + 1);
  return (startOfDay(timezone, next) - startOfDay(timezone, day)) / HOUR_MS;
}

test.each([
  ['Europe/Berlin', '2026-03-29T01:00', '2026-10-25T01:00', [1, 2, 1]],
  ['America/New_York', '2026-03-08T07:00', '2026-11-01T06:00', [-5, -4, -5]],
  // Half an hour forth and back, and south of the equator.
  ['Australia/Lord_Howe', '2026-04-04T15:00', '2026-10-03T15:30', [11, 10.5, 11]],
  ['America/St_Johns', '2026-03-08T05:30', '2026-11-01T04:30', [-3.5, -2.5, -3.5]],
])('cuts the year in %s where the clocks change', (timezone, first, second, offsets) => {
  const from = Date.UTC(2026, 0, 1);
  const to = Date.UTC(2027, 0, 1);
  const periods = zonePeriods(timezone, from, to);
  expect(periods.map(({ offsetMs }) => offsetMs / HOUR_MS)).toEqual(offsets);
  expect(periods.map((period) => iso(period.from))).toEqual([iso(from), first, second]);
  expect(periods.map((period) => iso(period.to))).toEqual([first, second, iso(to)]);
});

test.each([
  ['Europe/Berlin', '2026-03-29', 23],
  ['Europe/Berlin', '2026-10-25', 25],
  ['America/New_York', '2026-03-08', 23],
  ['America/New_York', '2026-11-01', 25],
  ['Australia/Lord_Howe', '2026-04-05', 24.5],
  ['Australia/Lord_Howe', '2026-10-04', 23.5],
  // Midnight itself is skipped, or comes twice.
  ['Africa/Cairo', '2026-04-24', 23],
  ['America/Havana', '2026-11-01', 25],
  ['Asia/Kathmandu', '2026-03-29', 24],
])('a day in %s, %s, has %d hours', (timezone, day, hours) => {
  expect(hoursOf(timezone, day)).toBe(hours);
});

test('finds both changes around a Ramadan, a month apart', () => {
  const periods = zonePeriods('Africa/Casablanca', Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1));
  expect(periods.map(({ offsetMs }) => offsetMs / HOUR_MS)).toEqual([1, 0, 1]);
});

test('knows zones at odd offsets', () => {
  expect(zoneOffset('Asia/Kathmandu', NOW)).toBe(5.75 * HOUR_MS);
  expect(zoneOffset('Australia/Eucla', NOW)).toBe(8.75 * HOUR_MS);
  expect(zoneOffset('Pacific/Marquesas', NOW)).toBe(-9.5 * HOUR_MS);
  expect(zoneOffset('UTC', NOW)).toBe(0);
  expect(iso(startOfDay('Asia/Kathmandu', '2026-01-01'))).toBe('2025-12-31T18:15');
});

test("knows the machine's own zone without its name", () => {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [from, to] = [Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)];
  expect(zonePeriods(null, from, to)).toEqual(zonePeriods(own, from, to));
  expect(startOfDay(null, '2026-03-29')).toBe(startOfDay(own, '2026-03-29'));
});

test('says which zone there is not', () => {
  expect(() => checkTimezone('Europe/Atlantis')).toThrow(OptimizerError);
  expect(() => checkTimezone('Europe/Atlantis')).toThrow(/no time zone "Europe\/Atlantis"/);
});

test('leaves out no time where nothing bounds, and no day within bounds', () => {
  const open = usagePeriods({}, 'Europe/Berlin', NOW);
  expect(open[0]?.from).toBe(0);
  expect(open.at(-1)?.to).toBe(Number.MAX_SAFE_INTEGER);
  for (const [index, period] of open.entries()) {
    if (index > 0) expect(period.from).toBe(open[index - 1]?.to);
  }
  const leap = usagePeriods({ since: '2024-02-01', until: '2024-02-29' }, 'Europe/Berlin', NOW);
  expect(leap).toHaveLength(1);
  expect((leap[0]?.to ?? 0) - (leap[0]?.from ?? 0)).toBe(29 * DAY_MS);
  const spring = usagePeriods({ since: '2026-03-29', until: '2026-03-29' }, 'Europe/Berlin', NOW);
  expect(spring.map(({ from, to }) => (to - from) / HOUR_MS)).toEqual([2, 21]);
  const far = usagePeriods({ since: '2040-01-01', until: '2040-01-02' }, 'UTC', NOW);
  expect(far).toEqual([{ from: Date.UTC(2040, 0, 1), to: Date.UTC(2040, 0, 3), offsetMs: 0 }]);
});

test('refuses days in the wrong order', () => {
  const wrong = { since: '2026-02-02', until: '2026-02-01' };
  expect(() => usagePeriods(wrong, 'UTC', NOW)).toThrow(/2026-02-02 is after until, 2026-02-01/);
});

test('names weeks by their Monday, also over a new year', () => {
  expect(weekText(dayNumber('2026-01-01'))).toBe('2025-12-29');
  expect(weekText(dayNumber('2025-12-29'))).toBe('2025-12-29');
  expect(weekText(dayNumber('2025-12-28'))).toBe('2025-12-22');
  expect(monthText(dayNumber('2024-02-29'))).toBe('2024-02');
});
