import { afterEach, describe, expect, it, vi } from 'vitest';
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

describe('where the clock is put forward or back', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  const HOUR = 3_600_000;
  const clockOf = (moment: number) => {
    const date = new Date(moment);
    return `${String(date.getDate())} ${String(date.getHours())}:${String(date.getMinutes())}`;
  };

  it.each(['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe'])(
    'each midnight comes once in %s',
    (zone) => {
      vi.stubEnv('TZ', zone);
      for (const month of [2, 3, 9, 10]) {
        const moments = roundMoments(at(2026, month, 1), at(2026, month, 29), 29);
        expect(moments).toEqual(Array.from({ length: 29 }, (_, day) => at(2026, month, day + 1)));
      }
    },
  );

  it('two hours are not an hour, and none is left out of a day', () => {
    vi.stubEnv('TZ', 'America/New_York');
    const clocks = (day: number, month: number) =>
      roundMoments(at(2026, month, day), at(2026, month, day, 9), 5).map(clockOf);
    expect(clocks(8, 2)).toEqual(['8 0:0', '8 4:0', '8 6:0', '8 8:0']);
    expect(clocks(1, 10)).toEqual(['1 0:0', '1 2:0', '1 4:0', '1 6:0', '1 8:0']);
  });

  it('minutes go on through the hour that comes twice', () => {
    vi.stubEnv('TZ', 'America/New_York');
    const from = at(2026, 10, 1, 0, 30);
    const moments = roundMoments(from, from + 2 * HOUR, 4);
    expect(moments).toEqual([0, 1, 2, 3, 4].map((half) => from + (half * HOUR) / 2));
  });
});
