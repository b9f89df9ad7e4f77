import type { Run } from '@claude-optimizer/protocol';
import { expect, it } from 'vitest';
import { usedByRuns } from './used-by-runs.js';

const runs = [
  { at: '2026-03-22T23:30:00Z', cost: 1_000_000 }, // Monday 00:30 in Berlin
  { at: '2026-03-24T10:00:00Z', cost: null },
  { at: '2026-03-24T22:59:00Z', cost: 250_000 }, // still Tuesday in Berlin
  { at: '2026-03-24T23:30:00Z', cost: 30_000 },
].map(({ at, cost }) => ({ startedAt: Date.parse(at), spent: { costMicrodollars: cost } }) as Run);
const store = {
  runsStarted: (from: number, to: number) =>
    Promise.resolve(
      runs.filter(({ startedAt }) => startedAt !== null && startedAt >= from && startedAt < to),
    ),
};

it('counts by local days, and weeks from Monday', async () => {
  const now = Date.parse('2026-03-25T08:00:00Z');
  expect(await usedByRuns(store, now, 'Europe/Berlin')).toEqual({
    dayMicrodollars: 30_000,
    weekMicrodollars: 1_280_000,
    runsToday: 1,
  });
  expect(await usedByRuns(store, Date.parse('2026-03-24T23:45:00Z'), 'UTC')).toEqual({
    dayMicrodollars: 280_000,
    weekMicrodollars: 280_000,
    runsToday: 3,
  });
});
