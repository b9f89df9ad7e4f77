import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PICODOLLARS_PER_MICRODOLLAR, formatCost, roundCost } from './money.js';
import {
  addUsage,
  freshTokens,
  NO_USAGE,
  promptTokens,
  totalTokens,
  usageChange,
  usageSchema,
  type Usage,
} from './usage.js';

const count = fc.nat(1_000_000_000);
const tokens = {
  inputTokens: count,
  outputTokens: count,
  cacheWrite5mTokens: count,
  cacheWrite1hTokens: count,
  cacheReadTokens: count,
};
const priced = fc.record({
  ...tokens,
  messages: fc.integer({ min: 1, max: 9 }),
  costMicrodollars: count,
});
const unpriced = priced.map((usage): Usage => ({ ...usage, costMicrodollars: null }));
const usage = fc.oneof(priced, unpriced, fc.constant(NO_USAGE));
const unknown: Usage = { ...NO_USAGE, messages: 7, costMicrodollars: null };

describe('addUsage', () => {
  it('is commutative and associative, and nothing added changes nothing', () => {
    fc.assert(
      fc.property(usage, usage, usage, (a, b, c) => {
        expect(addUsage(a, b)).toEqual(addUsage(b, a));
        expect(addUsage(addUsage(a, b), c)).toEqual(addUsage(a, addUsage(b, c)));
        expect(addUsage(a, NO_USAGE)).toEqual(a);
        expect(usageSchema.parse(addUsage(a, b))).toEqual(addUsage(a, b));
      }),
    );
  });

  it('knows a cost as soon as one part has one', () => {
    const free = { ...NO_USAGE, messages: 1, costMicrodollars: null };
    const five = { ...NO_USAGE, messages: 1, costMicrodollars: 5 };
    expect(addUsage(free, five).costMicrodollars).toBe(5);
    expect(addUsage(free, free).costMicrodollars).toBeNull();
  });
});

describe('usageChange', () => {
  it('turns what was into what is, unless a price is forgotten or turns out to be nothing', () => {
    fc.assert(
      fc.property(usage, usage, (before, after) => {
        const forgets =
          before.costMicrodollars !== null &&
          after.costMicrodollars === null &&
          before.messages > 0;
        const isFree = before.costMicrodollars === null && after.costMicrodollars === 0;
        const becomes = addUsage(before, usageChange(before, after));
        if (forgets) expect(becomes).toEqual({ ...after, costMicrodollars: 0 });
        else if (isFree && before.messages === after.messages)
          expect(becomes).toEqual({ ...after, costMicrodollars: null });
        else expect(becomes).toEqual(after);
      }),
      {
        examples: [
          [unknown, { ...unknown, costMicrodollars: 0 }],
          [{ ...unknown, costMicrodollars: 5 }, unknown],
        ],
      },
    );
  });
});

describe('sums of tokens', () => {
  it('divide a usage into prompt and output, fresh and read', () => {
    fc.assert(
      fc.property(usage, (one) => {
        expect(promptTokens(one) + one.outputTokens).toBe(totalTokens(one));
        expect(freshTokens(one) + one.cacheReadTokens).toBe(totalTokens(one));
      }),
    );
  });
});

describe('roundCost', () => {
  it('loses nothing: rounded in whatever steps, the sum is the exact one rounded once', () => {
    const cost = fc.integer({ min: -9_000_000_000_000, max: 9_000_000_000_000 });
    fc.assert(
      fc.property(fc.array(cost, { maxLength: 60 }), (costs) => {
        let [fraction, told, exact] = [0, 0, 0n];
        for (const picodollars of costs) {
          const step = roundCost(fraction + picodollars);
          told += step.microdollars;
          fraction = step.fraction;
          exact += BigInt(picodollars);
        }
        expect(BigInt(told) * 1_000_000n + BigInt(fraction)).toBe(exact);
        expect(Math.abs(fraction)).toBeLessThanOrEqual(PICODOLLARS_PER_MICRODOLLAR / 2);
      }),
    );
  });

  it('rounds half up', () => {
    expect([499_999, 500_000, -500_000, -500_001].map((p) => roundCost(p).microdollars)).toEqual([
      0, 1, 0, -1,
    ]);
  });
});

describe('formatCost', () => {
  it.each([
    [null, {}, 'unknown'],
    [0, {}, '$0.00'],
    [1, {}, '<$0.01'],
    [4_999, {}, '<$0.01'],
    [5_000, {}, '$0.01'],
    [150_000, {}, '$0.15'],
    [1_204_500_000, {}, '$1,204.50'],
    [-150_000, {}, '−$0.15'],
    [-3, {}, '−<$0.01'],
    [37_830, { exact: true }, '$0.037830'],
  ])('writes %s with %j as %s', (microdollars, options, text) => {
    expect(formatCost(microdollars, options)).toBe(text);
  });
});
