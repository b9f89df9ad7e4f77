import { describe, expect, it } from 'vitest';
import { roundMoment, roundMoments, roundStep } from './round-moments';

const at = (...time: [number, number, number, number?, number?]) => new Date(...time).getTime();

describe('roundMoments', () => {
  it('are those that a clock shows round, within the span', () => {
    const moments = roundMoments(at(2026, 10, 3, 9, 7), at(2026, 10, 3, 9, 58), 6);
    expect(moments.map((moment) => new Date(moment).getMinutes())).toEqual([10, 20, 30, 40, 50]);
  });

  it('are midnights of the reader, not those of UTC', () => {
    const moments = roundMoments(at(2026, 10, 3, 9), at(2026, 10, 9, 9), 6);
    expect(moments).toEqual([4, 5, 6, 7, 8, 9].map((day) => at(2026, 10, day)));
  });

  it('include both ends where they are round', () => {
    expect(roundMoments(at(2026, 10, 3, 9), at(2026, 10, 3, 10), 4)).toHaveLength(5);
  });
});

it('roundMoment is the moment itself where that is round', () => {
  expect(roundMoment(at(2026, 10, 3, 9, 15), 900_000)).toBe(at(2026, 10, 3, 9, 15));
});

it('roundStep ends somewhere', () => {
  expect(roundStep(Number.MAX_SAFE_INTEGER)).toBe(28 * 86_400_000);
});
