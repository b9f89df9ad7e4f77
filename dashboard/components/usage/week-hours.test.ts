import { NO_USAGE, type UsageRow } from '@claude-optimizer/protocol';
import { expect, it } from 'vitest';
import { hourName, hourUse, shadeTop, weekHours } from './week-hours';

const row = (weekday: number, hour: number, cost: number | null, tokens = 1): UsageRow => ({
  ...NO_USAGE,
  messages: 1,
  inputTokens: tokens,
  costMicrodollars: cost,
  unpricedMessages: 0,
  unpricedTokens: 0,
  estimatedMessages: 0,
  incompleteMessages: 0,
  weekday,
  hour,
});

it('shades each hour by the greatest, and none that was not used', () => {
  const rows = [row(0, 9, 1_000_000), row(6, 23, 1), row(2, 0, 350_000), row(3, 3, null)];
  const week = weekHours(rows, 'cost');
  expect(week.map((hours) => hours.length)).toEqual(Array(7).fill(24));
  expect(week[0]?.[9]?.shade).toBe(5);
  expect(week[6]?.[23]?.shade).toBe(1);
  expect(week[2]?.[0]?.shade).toBe(3);
  expect(week[3]?.[3]?.shade).toBe(1);
  expect([1, 3, 5].map((shade) => shadeTop(shade, 1_000_000))).toEqual([
    40_000, 360_000, 1_000_000,
  ]);
  expect(week.flat().filter(({ shade }) => shade > 0)).toHaveLength(4);
});

it('names an hour and says its use', () => {
  expect(hourName({ weekday: 1, hour: 23 })).toBe('Tue 23:00–00:00');
  expect(hourUse(row(0, 0, 3_200_000, 12_400))).toBe('$3.20 · 12.4k tokens · 1 response');
  expect(hourUse(row(0, 0, null))).toBe('unknown cost · 1 tokens · 1 response');
  expect(hourUse(null)).toBe('nothing used');
});
