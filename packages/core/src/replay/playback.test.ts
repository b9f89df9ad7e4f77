import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BEGAN, histories, history, PROMPT, TURN_END } from '../fold/history.fixture.js';
import { clockAt, comesLate, countAt, playTimes, SPEEDS } from './playback.js';

const events = history([0, PROMPT], [1_000, TURN_END], [601_000, PROMPT], [300_000, TURN_END]);

describe('playTimes', () => {
  it('follows the clock at the speed that is asked for', () => {
    expect(playTimes(events, 1)).toEqual([0, 1_000, 601_000, 601_000]);
    expect(playTimes(events, 60)).toEqual([0, 1_000 / 60, 601_000 / 60, 601_000 / 60]);
  });

  it('skips waiting: no wait is longer than 400 ms', () => {
    expect(playTimes(events, 'skip')).toEqual([0, 100, 500, 500]);
  });
});

describe('countAt', () => {
  it('is how many have come, and at least the first', () => {
    const times = playTimes(events, 1);
    expect([-5, 0, 999, 1_000, 600_999, 601_000, 9e9].map((at) => countAt(times, at))).toEqual([
      1, 1, 1, 2, 2, 4, 4,
    ]);
    expect(countAt([], 5)).toBe(0);
  });

  it('never goes back while time goes on, and shows every event in the end', () => {
    fc.assert(
      fc.property(histories(80), fc.constantFrom(...SPEEDS), (all, speed) => {
        const times = playTimes(all, speed);
        const end = times.at(-1) ?? 0;
        const counts = Array.from({ length: 30 }, (_, at) => countAt(times, (end * at) / 29));
        expect(counts).toEqual([...counts].sort((a, b) => a - b));
        expect(countAt(times, end)).toBe(all.length);
      }),
    );
  });
});

describe('clockAt', () => {
  it('goes on between two events, and stands at the last', () => {
    const times = playTimes(events, 10);
    const clock = (time: number): number => clockAt(events, times, time, 10) - BEGAN;
    expect([0, 50, 100, 30_100, 60_099, 60_100, 99_999].map(clock)).toEqual([
      0, 500, 1_000, 301_000, 600_990, 300_000, 300_000,
    ]);
  });

  it('stands at each event where waiting is skipped', () => {
    const times = playTimes(events, 'skip');
    expect(clockAt(events, times, 300, 'skip') - BEGAN).toBe(1_000);
  });
});

it('comesLate tells what was read long after it happened', () => {
  expect([1, 2, 3, 4].map((count) => comesLate(events, count))).toEqual([
    false,
    false,
    false,
    true,
  ]);
});
