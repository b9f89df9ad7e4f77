import { expect, it } from 'vitest';
import { retryDelay } from './connection';

it('waits longer each time, up to five seconds, never two pages in step', () => {
  const middle = [0, 1, 2, 3, 4, 5, 6, 7, 20].map((attempt) => retryDelay(attempt, 0.5));
  expect(middle).toEqual([125, 250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000]);
  expect([retryDelay(3, 0), retryDelay(3, 1)]).toEqual([750, 1_250]);
});
