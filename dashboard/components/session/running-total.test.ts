import { NO_USAGE } from '@claude-optimizer/protocol';
import { expect, it } from 'vitest';
import { runningTotal } from './running-total';

const slots = (costs: (number | null)[]) =>
  costs.map((costMicrodollars, at) => ({
    at,
    usage: { ...NO_USAGE, messages: 1, costMicrodollars },
  }));
const sums = (costs: (number | null)[]) => runningTotal(slots(costs)).map(({ sum }) => sum);

it('adds up slot by slot', () => {
  expect(sums([5, 0, 7])).toEqual([5, 5, 12]);
});

it('is unknown, not nothing, until a price is known', () => {
  expect(sums([null, null])).toEqual([null, null]);
  expect(sums([null, 3, null])).toEqual([null, 3, 3]);
});
