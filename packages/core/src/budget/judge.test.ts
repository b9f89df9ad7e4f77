import type { LimitsOfRun, Spent } from '@claude-optimizer/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from './judge.js';

const NO_LIMITS: LimitsOfRun = { costMicrodollars: null, tokens: null, turns: null, wallMs: null };
const NOTHING: Spent = { costMicrodollars: 0, tokens: 0, turns: 0, wallMs: 0 };

describe('judge', () => {
  it('says nothing without limits, however much was spent', () => {
    const spent = { costMicrodollars: 9e12, tokens: 9e9, turns: 999, wallMs: 9e9 };
    expect(judge(NO_LIMITS, spent)).toEqual({ percent: 0, passed: [], level: 0, overshoot: null });
  });

  it.each([
    [99_999, 49, 0],
    [100_000, 50, 50],
    [159_999, 79, 50],
    [160_000, 80, 80],
    [190_000, 95, 95],
    [199_999, 99, 95],
    [200_000, 100, 100],
    [210_000, 105, 100],
  ])('puts %i of 200000 micro-dollars at %i %%, level %i', (costMicrodollars, percent, level) => {
    const limits = { ...NO_LIMITS, costMicrodollars: 200_000 };
    expect(judge(limits, { ...NOTHING, costMicrodollars })).toMatchObject({ percent, level });
  });

  it('takes the nearest limit and names those that are reached', () => {
    const limits = { costMicrodollars: 1_000_000, tokens: 1_000, turns: 4, wallMs: 60_000 };
    const spent = { costMicrodollars: 10_000, tokens: 1_500, turns: 4, wallMs: 30_000 };
    expect(judge(limits, spent)).toEqual({
      percent: 150,
      passed: ['tokens', 'turns'],
      level: 100,
      overshoot: { costMicrodollars: 0, tokens: 500, turns: 0, wallMs: 0 },
    });
  });

  it('is within a limit that is met to the last', () => {
    const limits = { ...NO_LIMITS, turns: 3 };
    expect(judge(limits, { ...NOTHING, turns: 3 })).toMatchObject({
      passed: ['turns'],
      overshoot: null,
    });
  });

  it('never takes an unknown cost for a number', () => {
    const limits = { ...NO_LIMITS, costMicrodollars: 1, turns: 2 };
    expect(judge(limits, { ...NOTHING, costMicrodollars: null, turns: 3 })).toEqual({
      percent: 150,
      passed: ['turns'],
      level: 100,
      overshoot: { costMicrodollars: null, tokens: 0, turns: 1, wallMs: 0 },
    });
  });

  it('reaches level 100 exactly when a limit is passed, and never falls as more is spent', () => {
    const amount = fc.integer({ min: 1, max: 1e12 });
    const limit = fc.option(amount, { nil: null });
    const limits = fc.record({
      costMicrodollars: limit,
      tokens: limit,
      turns: limit,
      wallMs: limit,
    });
    const spent = fc.record({
      costMicrodollars: amount,
      tokens: amount,
      turns: amount,
      wallMs: amount,
    });
    fc.assert(
      fc.property(limits, spent, amount, (within, used, more) => {
        const before = judge(within, used);
        expect(before.level === 100).toBe(before.passed.length > 0);
        const after = judge(within, { ...used, tokens: used.tokens + more });
        expect(after.percent).toBeGreaterThanOrEqual(before.percent);
      }),
    );
  });
});
