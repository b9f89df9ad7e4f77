import { expect, it } from 'vitest';
import { NO_SUM, type SummedUsage } from '../report/usage-sum.js';
import { limitWindows } from './windows.js';

const HOUR = 3_600_000;
const at = (time: string) => Date.parse(`2026-03-${time}Z`);
const used = (time: string, outputTokens: number): SummedUsage => ({
  ...NO_SUM,
  costPicodollars: 1_000_000_000_000,
  slot: at(time),
  messages: 1,
  outputTokens,
});
const sums = [used('01T08:15', 1), used('08T09:30', 10), used('08T10:00', 20)];

it('estimates from the first message where the client has told nothing', () => {
  const [five, week] = limitWindows(sums, {}, at('08T11:00'));
  expect(five).toMatchObject({
    ...{ kind: 'five_hour', startsAt: at('08T09:00'), endsAt: at('08T14:00') },
    ...{ source: 'estimated', usedPercentage: null, reportedAt: null },
    usage: { outputTokens: 30, messages: 2, costMicrodollars: 2_000_000 },
    // 30 tokens in the 90 minutes since the first; three hours are left.
    projected: { tokens: 90, costMicrodollars: 6_000_000 },
  });
  expect(week).toMatchObject({
    ...{ kind: 'seven_day', startsAt: at('08T09:00'), fullAt: null },
    // As if it were of a whole day: of the week 6 days and 22 hours are left.
    costPerHourMicrodollars: Math.round(2_000_000 / 24),
    projected: { costMicrodollars: Math.round(2_000_000 * (1 + (7 * 24 - 2) / 24)) },
  });
});

it('carries a week on by its own days once one has gone by', () => {
  const [week] = limitWindows(sums, {}, at('10T09:30'));
  expect(week).toMatchObject({
    // Two days since the first, and 4 days and 23.5 hours to go.
    projected: { costMicrodollars: Math.round(2_000_000 * (1 + (5 * 24 - 0.5) / 48)) },
  });
});

it('ends a window where the client has told that it resets', () => {
  const told = { usedPercentage: 42.5, resetsAt: at('08T14:40'), reportedAt: at('08T10:59') };
  const [five] = limitWindows(sums, { five_hour: told }, at('08T11:00'));
  expect(five).toMatchObject({
    ...{ startsAt: at('08T14:40') - 5 * HOUR, endsAt: told.resetsAt, usedPercentage: 42.5 },
    ...{ source: 'reported', reportedAt: told.reportedAt },
    usage: { outputTokens: 20 },
    // 42.5 % in the 59 minutes since the first message: 57.5 % take 80 more.
    fullAt: at('08T10:59') + Math.round((59 * 60_000 * 57.5) / 42.5),
  });
});

it('tells when a window is full only where that is before it resets', () => {
  const full = (usedPercentage: number) => {
    const told = { usedPercentage, resetsAt: at('08T14:40'), reportedAt: at('08T11:00') };
    return limitWindows(sums, { five_hour: told }, at('08T11:00'))[0]?.fullAt;
  };
  // An hour's 22 % would be 100 % after 3 h 33 more, at 14:32; 20 % not before 15:00.
  expect(full(22)).toBe(at('08T11:00') + Math.round((3_600_000 * 78) / 22));
  expect([full(20), full(0), full(100), full(104)]).toEqual([null, null, null, null]);
});

it('has no window open once its time is over, whatever was told of it', () => {
  const told = { usedPercentage: 99, resetsAt: at('08T14:00'), reportedAt: at('08T10:59') };
  const windows = limitWindows(sums, { five_hour: told }, at('08T14:00'));
  expect(windows.map(({ kind }) => kind)).toEqual(['seven_day']);
  expect(limitWindows([], {}, at('08T14:00'))).toEqual([]);
});
