import { describe, expect, it } from 'vitest';
import { compareModel } from './compare-model.js';

const rates = {
  input: 3,
  output: 15,
  cacheWrite5m: 3.75,
  cacheWrite1h: 6,
  cacheRead: 0.3,
  webSearch: 0.01,
};
const tokens = {
  inputTokens: 1_234,
  outputTokens: 5_678,
  cacheWrite5mTokens: 90_123,
  cacheWrite1hTokens: 0,
  cacheReadTokens: 456_789,
};
const cost = Math.round(1_234 * 3 + 5_678 * 15 + 90_123 * 3.75 + 456_789 * 0.3);
const counted = (facts = {}) => ({ tokens, costMicrodollars: cost, ...facts });

describe('two counts of a model', () => {
  it('agree to the micro-dollar', () => {
    expect(compareModel(counted(), counted({ costMicrodollars: cost + 1 }), rates)).toBeNull();
  });

  it('differ by the tokens of one kind', () => {
    const clients = counted({
      tokens: { ...tokens, outputTokens: 6_000 },
      costMicrodollars: cost + 4_830,
    });
    expect(compareModel(counted(), clients, rates)).toEqual({
      costMicrodollars: 4_830,
      kinds: [{ kind: 'outputTokens', ours: 5_678, clients: 6_000 }],
      rate: null,
    });
  });

  it.each([
    ['cacheRead', 'cacheReadTokens', 0.15],
    ['output', 'outputTokens', 12],
    ['cacheWrite5m', 'cacheWrite5mTokens', 2.5],
  ] as const)('differ by the rate of %s', (rate, kind, clients) => {
    const difference = Math.round((clients - rates[rate]) * tokens[kind]);
    const theirs = counted({ costMicrodollars: cost + difference });
    expect(compareModel(counted(), theirs, rates)?.rate).toEqual({
      rate,
      ours: rates[rate],
      clients,
    });
  });

  it('differ by something that no single price explains', () => {
    expect(
      compareModel(counted(), counted({ costMicrodollars: cost + 12_347 }), rates)?.rate,
    ).toBeNull();
    const unknown = counted({ costMicrodollars: null });
    expect(compareModel(unknown, counted(), null)).toEqual({
      costMicrodollars: null,
      kinds: [],
      rate: null,
    });
  });
});
