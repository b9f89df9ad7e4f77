import { describe, expect, it } from 'vitest';
import { firstFit, freeStretches } from './free-slots.js';
import { predictDuration, propose, type Wanted } from './propose.js';

const HOUR = 3_600_000;
const zone = 'Europe/Berlin';
const hours = { days: [1, 2, 3, 4, 5], from: '09:00', to: '12:00' };
// A Friday, before the clocks change on Sunday.
const from = Date.parse('2026-03-27T07:00:00Z');
const to = from + 7 * 24 * HOUR;
const at = (time: string) => Date.parse(`${time}Z`);
const shown = (ms: number) => new Date(ms).toISOString().slice(5, 16);
const wanted = (facts: Partial<Wanted>): Wanted => ({
  ...{ name: 'a', after: [], deadline: null, priority: 0, past: [], cost: null },
  ...facts,
});

describe('free time', () => {
  const free = (busy: [string, string][] = []) =>
    freeStretches({
      ...{ from, to, zone, hours },
      busy: busy.map(([startsAt, endsAt]) => ({ startsAt: at(startsAt), endsAt: at(endsAt) })),
    }).map(({ startsAt, endsAt }) => `${shown(startsAt)} ${shown(endsAt)}`);

  it('is the working hours, by the local clock', () => {
    expect(free().slice(0, 2)).toEqual(['03-27T08:00 03-27T11:00', '03-30T07:00 03-30T10:00']);
  });

  it('leaves ten minutes around what is busy', () => {
    expect(free([['2026-03-27T09:00', '2026-03-27T09:30']])[0]).toBe('03-27T08:00 03-27T08:50');
    expect(free([['2026-03-27T09:00', '2026-03-27T09:30']])[1]).toBe('03-27T09:40 03-27T11:00');
    expect(free([['2026-03-27T07:00', '2026-03-27T12:00']])[0]).toBe('03-30T07:00 03-30T10:00');
  });

  it('is filled on quarter hours', () => {
    const stretch = [{ startsAt: at('2026-03-27T08:50'), endsAt: at('2026-03-27T11:00') }];
    expect(firstFit(stretch, HOUR, 0)).toBe(at('2026-03-27T09:00'));
    expect(firstFit(stretch, 3 * HOUR, 0)).toBeNull();
  });
});

describe('a duration', () => {
  it.each<[number[], number]>([
    [[], 60],
    [[20, 20, 20, 20], 45],
    [Array.from({ length: 100 }, () => 10), 30],
    [Array.from({ length: 100 }, () => 500), 120],
    [[10, 20, 30, 40, 90], 60],
  ])('of %j is %i minutes', (past, minutes) => {
    expect(predictDuration(past)).toMatchObject({ minutes, runs: past.length });
  });
});

describe('a proposal', () => {
  const proposed = (list: Wanted[], facts = {}) =>
    propose({ wanted: list, from, to, zone, hours, busy: [], windowBudget: null, ...facts }).map(
      ({ name, startsAt, problem }) =>
        `${name} ${shown(startsAt)}${problem === null ? '' : ` ${problem}`}`,
    );

  it('goes by what must come first, deadline and priority, one after the other', () => {
    expect(
      proposed([
        wanted({ name: 'later', priority: 1 }),
        wanted({ name: 'soon', deadline: to }),
        wanted({ name: 'last', after: ['later'], priority: 9 }),
      ]),
    ).toEqual(['soon 03-27T08:00', 'later 03-27T09:15', 'last 03-30T07:00']);
  });

  it('says when a deadline can’t be held or nothing is free', () => {
    expect(proposed([wanted({ deadline: at('2026-03-27T08:30') })])).toEqual([
      'a 03-27T08:00 It would end after its deadline.',
    ]);
    const [never] = proposed([wanted({})], { hours: { ...hours, to: '09:20' } });
    expect(never).toContain('It fits nowhere');
  });

  it('keeps a reserve in each limit window', () => {
    const pair = [wanted({ name: 'a', cost: 3 }), wanted({ name: 'b', cost: 3 })];
    expect(proposed(pair, { windowBudget: 10 })).toEqual(['a 03-27T08:00', 'b 03-27T09:15']);
    expect(proposed(pair, { windowBudget: 7 })).toEqual(['a 03-27T08:00', 'b 03-30T07:00']);
  });

  it('ends when each waits for the other', () => {
    const pair = [wanted({ name: 'a', after: ['b'] }), wanted({ name: 'b', after: ['a'] })];
    expect(proposed(pair)).toHaveLength(2);
  });
});
