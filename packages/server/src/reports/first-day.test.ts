import { expect, it } from 'vitest';
import { firstDay } from './first-day.js';

// Saturday evening in New York, Sunday in Berlin.
const now = Date.parse('2026-03-01T03:00:00Z');

it.each([
  ['day', 1, 'Europe/Berlin', '2026-03-01'],
  ['day', 1, 'America/New_York', '2026-02-28'],
  ['day', 30, 'UTC', '2026-01-31'],
  ['week', 1, 'Europe/Berlin', '2026-02-23'],
  ['week', 3, 'UTC', '2026-02-09'],
  ['month', 1, 'America/New_York', '2026-02-01'],
  ['month', 1, 'UTC', '2026-03-01'],
  ['month', 4, 'UTC', '2025-12-01'],
  ['month', 27, 'UTC', '2024-01-01'],
] as const)('of %s × %i in %s is %s', (unit, count, zone, day) => {
  expect(firstDay(unit, count, zone, now)).toBe(day);
});
