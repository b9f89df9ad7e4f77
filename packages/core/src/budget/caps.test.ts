import { describe, expect, it } from 'vitest';
import { capsLeft } from './caps.js';

const caps = { dayMicrodollars: 5_000_000, weekMicrodollars: 20_000_000, runsPerDay: 3 };
const NONE = { dayMicrodollars: null, weekMicrodollars: null, runsPerDay: null };

describe('capsLeft', () => {
  it('leaves the smaller of day and week', () => {
    expect(capsLeft(caps, 1_000_000, 2_000_000, 1)).toEqual({
      costMicrodollars: 4_000_000,
      runs: 2,
      reached: null,
    });
    expect(capsLeft(caps, 1_000_000, 19_000_000, 1).costMicrodollars).toBe(1_000_000);
  });

  it.each([
    [5_000_000, 5_000_000, 1, 'day_cap'],
    [0, 20_000_001, 1, 'week_cap'],
    [0, 0, 3, 'runs_per_day'],
  ])('says which is used up: %i, %i, %i', (day, week, runs, reached) => {
    expect(capsLeft(caps, day, week, runs).reached).toBe(reached);
  });

  it('is never negative', () => {
    expect(capsLeft(caps, 9_000_000, 9_000_000, 9)).toMatchObject({ costMicrodollars: 0, runs: 0 });
  });

  it('is null where there is no cap', () => {
    expect(capsLeft(NONE, 1e12, 1e12, 1e6)).toEqual({
      costMicrodollars: null,
      runs: null,
      reached: null,
    });
  });
});
