import { expect, it } from 'vitest';
import { lastMinutes, tokensAMinute } from './rate';

const MINUTE = 60_000;
const NOW = 1_000 * MINUTE + MINUTE / 4;
const rate = [
  { minute: 960, tokens: 9 },
  { minute: 999, tokens: 400 },
  { minute: 1_000, tokens: 50 },
];

it('has a value for each of the last thirty minutes', () => {
  const minutes = lastMinutes(rate, NOW);
  expect(minutes).toHaveLength(30);
  expect(minutes.slice(-3)).toEqual([0, 400, 50]);
  expect(minutes.slice(0, -2).every((tokens) => tokens === 0)).toBe(true);
});

it('counts the sixty seconds before now', () => {
  expect(tokensAMinute(rate, NOW)).toBe(350);
  expect(tokensAMinute(rate, NOW + 2 * MINUTE)).toBe(0);
});
