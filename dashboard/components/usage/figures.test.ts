import { NO_USAGE } from '@claude-optimizer/protocol';
import { expect, it } from 'vitest';
import { cacheHits, caveats, knownCost, measured } from './figures';

const usage = { ...NO_USAGE, messages: 3, inputTokens: 10, cacheReadTokens: 30, outputTokens: 5 };
const SURE = {
  unpricedTokens: 0,
  unpricedMessages: 0,
  estimatedMessages: 0,
  incompleteMessages: 0,
};

it('counts cache hits of the prompt only', () => {
  expect(cacheHits(usage)).toBe(0.75);
  expect(cacheHits(NO_USAGE)).toBeNull();
});

it('takes nothing for free and no price for unknown', () => {
  expect(knownCost({ ...NO_USAGE, costMicrodollars: null })).toBe(0);
  expect(knownCost({ ...usage, costMicrodollars: null })).toBeNull();
  expect(measured({ ...usage, costMicrodollars: null }, 'cost')).toBe(0);
  expect(measured(usage, 'tokens')).toBe(45);
});

it('says what is missing in a sum, and nothing when nothing is', () => {
  expect(caveats({ ...usage, ...SURE })).toEqual([]);
  const unsure = { unpricedTokens: 12_400, unpricedMessages: 1, estimatedMessages: 2_000 };
  expect(caveats({ ...usage, ...unsure, incompleteMessages: 1 })).toEqual([
    '1 response without a known price (12.4k tokens): not in the cost',
    '2,000 responses estimated by a similar model’s price',
    'output incomplete in 1 response: more was used than is known',
  ]);
});
