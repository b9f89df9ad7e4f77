import { NO_USAGE, type UsagePoint } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { forecastBudget } from './forecast.js';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;
const slotMs = 10_000;

function spent(minutesAgo: number, costMicrodollars: number | null): UsagePoint {
  return { at: NOW - minutesAgo * MINUTE, usage: { ...NO_USAGE, messages: 1, costMicrodollars } };
}

describe('forecastBudget', () => {
  const usage = [spent(10, 500_000), spent(5, 500_000)];

  it('goes on at the rate of the last 15 minutes', () => {
    const forecast = { usage, slotMs, spentMicrodollars: 1_000_000, budgetMicrodollars: 2_000_000 };
    // $1 in ten minutes, $1 left.
    expect(forecastBudget({ ...forecast, now: NOW })).toEqual({ at: NOW + 10 * MINUTE });
  });

  it('leaves out what is older', () => {
    const withPast = [spent(40, 9_000_000), ...usage];
    const forecast = { usage: withPast, slotMs, spentMicrodollars: 10_000_000, now: NOW };
    expect(forecastBudget({ ...forecast, budgetMicrodollars: 11_000_000 })).toEqual({
      at: NOW + 10 * MINUTE,
    });
  });

  it('counts of a wide slot only what falls into those minutes', () => {
    // $2 in the last half hour, so $1 in the last 15 minutes; $1 left.
    const forecast = { usage: [spent(30, 2_000_000)], slotMs: 60 * MINUTE, now: NOW };
    expect(
      forecastBudget({
        ...forecast,
        spentMicrodollars: 2_000_000,
        budgetMicrodollars: 3_000_000,
      }),
    ).toEqual({ at: NOW + 15 * MINUTE });
  });

  it('takes a single response for a minute at least', () => {
    const forecast = { usage: [spent(0, 100_000)], slotMs, spentMicrodollars: 100_000, now: NOW };
    expect(forecastBudget({ ...forecast, budgetMicrodollars: 200_000 })).toEqual({
      at: NOW + MINUTE,
    });
  });

  it('says nothing without budget, trend or anything left', () => {
    const known = {
      usage,
      slotMs,
      spentMicrodollars: 1_000_000,
      budgetMicrodollars: 2_000_000,
      now: NOW,
    };
    expect(forecastBudget({ ...known, budgetMicrodollars: null })).toBeNull();
    expect(forecastBudget({ ...known, spentMicrodollars: null })).toBeNull();
    expect(forecastBudget({ ...known, budgetMicrodollars: 900_000 })).toBeNull();
    expect(forecastBudget({ ...known, usage: [spent(60, 500_000)] })).toBeNull();
    expect(forecastBudget({ ...known, usage: [spent(3, null)] })).toBeNull();
  });
});
