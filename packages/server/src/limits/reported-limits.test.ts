import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fromStatusLine, keepReportedLimits, readReportedLimits } from './reported-limits.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'limits-'))));
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const NOW = Date.UTC(2026, 10, 23, 12);
const RESET = Date.UTC(2026, 10, 23, 15);

it('understands resets as seconds, milliseconds and ISO times', () => {
  const told = { usedPercentage: 12.5, resetsAt: RESET };
  for (const resets_at of [RESET / 1_000, RESET, new Date(RESET).toISOString()]) {
    const limits = { five_hour: { used_percentage: 12.5, resets_at } };
    expect(fromStatusLine(limits)).toEqual({ five_hour: told });
  }
});

it('keeps each window until it is told anew, and leaves no draft behind', () => {
  const week = { usedPercentage: 3, resetsAt: RESET };
  keepReportedLimits(folder, { seven_day: week }, NOW - 1);
  keepReportedLimits(folder, { five_hour: { usedPercentage: 9, resetsAt: RESET } }, NOW);
  expect(readReportedLimits(folder)).toEqual({
    five_hour: { usedPercentage: 9, resetsAt: RESET, reportedAt: NOW },
    seven_day: { usedPercentage: 3, resetsAt: RESET, reportedAt: NOW - 1 },
  });
  expect(readdirSync(folder)).toEqual(['limits.json']);
});

it('takes no older word for news: of a session that has long been silent, of a window gone by', () => {
  const tell = (usedPercentage: number, resetsAt: number, now = NOW) => {
    keepReportedLimits(folder, { five_hour: { usedPercentage, resetsAt } }, now);
    return readReportedLimits(folder).five_hour?.usedPercentage;
  };
  expect(tell(60, RESET)).toBe(60);
  expect(tell(20, RESET + 1_000)).toBe(60);
  expect(tell(99, NOW - 1)).toBe(60);
  expect(tell(61, RESET - 1_000)).toBe(61);
  // The next window, and then another account's.
  expect(tell(3, RESET + 5 * 3_600_000, RESET)).toBe(3);
  expect(tell(1, RESET + 3_600_000, RESET)).toBe(1);
});

it.each([null, 'no', { five_hour: {} }, { five_hour: { used_percentage: '9' } }])(
  'says nothing of %j',
  (odd) => {
    keepReportedLimits(folder, fromStatusLine(odd), NOW);
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(path.join(folder, 'limits.json'), JSON.stringify(odd));
    expect(readReportedLimits(folder)).toEqual({});
  },
);
