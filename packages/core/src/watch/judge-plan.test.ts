import type { Plan, Run } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import {
  hindranceTo,
  judgePlan,
  nextMoment,
  type PlanView,
  type WatchRules,
} from './judge-plan.js';

const MINUTE = 60_000;
const START = 100 * MINUTE;
const END = 160 * MINUTE;
const RULES: WatchRules = {
  paused: false,
  autoStart: true,
  warnMinutes: [30, 5],
  missed: 'run-if-within',
  lateMinutes: 15,
};
const plan = { startsAt: START, endsAt: END, allDay: false, problems: [] } as unknown as Plan;
const view = (facts: Partial<PlanView> = {}): PlanView => ({
  plan,
  run: null,
  approval: 'automatic',
  approvedAt: null,
  refusal: null,
  sameAs: null,
  overtaken: false,
  known: true,
  ...facts,
});
const run = (facts: Partial<Run>) =>
  ({ state: 'warned', cause: null, warnedAt: null, ...facts }) as Run;
const judge = (minute: number, facts: Partial<PlanView> = {}, rules: Partial<WatchRules> = {}) =>
  judgePlan(view(facts), { ...RULES, ...rules }, minute * MINUTE);

describe('before the start', () => {
  it('warns 30 and 5 minutes before, each once', () => {
    expect(judge(69)).toEqual({ do: 'nothing' });
    expect(judge(70)).toEqual({ do: 'warn', minutes: 30 });
    expect(judge(71, { run: run({ warnedAt: 70 * MINUTE }) })).toEqual({ do: 'nothing' });
    expect(judge(95, { run: run({ warnedAt: 70 * MINUTE }) })).toEqual({ do: 'warn', minutes: 5 });
    expect(judge(99, { run: run({ warnedAt: 95 * MINUTE }) })).toEqual({ do: 'nothing' });
  });

  it('gives one warning where two are due', () => {
    expect(judge(98)).toEqual({ do: 'warn', minutes: 5 });
  });

  it('warns of what will not start, too', () => {
    expect(judge(70, { approval: 'needed' })).toEqual({ do: 'warn', minutes: 30 });
  });
});

describe('at the start', () => {
  it('starts, on time or at most 15 minutes late', () => {
    expect(judge(100)).toEqual({ do: 'start', late: false });
    expect(judge(115)).toEqual({ do: 'start', late: true });
    expect(judge(116)).toEqual({
      do: 'wait',
      reason: 'Its start was missed: start it now?',
    });
    expect(judge(160)).toMatchObject({ do: 'miss', cause: 'late' });
  });

  it.each([['claimed'], ['running'], ['succeeded'], ['missed']] as const)(
    'does nothing once the run is %s',
    (state) => {
      expect(judge(100, { run: run({ state }) })).toEqual({ do: 'nothing' });
    },
  );

  it('never starts an all-day plan or a second copy', () => {
    expect(judge(100, { plan: { ...plan, allDay: true } })).toEqual({ do: 'nothing' });
    expect(judge(100, { sameAs: 'Work' })).toEqual({ do: 'nothing' });
    expect(hindranceTo(view({ sameAs: 'Work' }), RULES, START)).toContain('Work');
  });

  it.each<[string, Partial<PlanView>, Partial<WatchRules>, string]>([
    [
      'problems',
      { plan: { ...plan, problems: [{ field: 'budget', message: 'm', fix: 'f' }] } },
      {},
      'not_allowed',
    ],
    ['a refused project', { refusal: 'outside' }, {}, 'not_allowed'],
    ['a missing approval', { approval: 'needed' }, {}, 'not_approved'],
    ['a refusal', { approval: 'refused' }, {}, 'not_approved'],
    ['a pause', {}, { paused: true }, 'paused'],
    ['autostart being off', {}, { autoStart: false }, 'paused'],
  ])('waits for the end of %s, then is missed by it', (_what, facts, rules, cause) => {
    expect(judge(100, facts, rules)).toMatchObject({ do: 'wait' });
    expect(judge(160, facts, rules)).toMatchObject({ do: 'miss', cause });
    expect(judge(160, { ...facts, known: false }, rules)).toEqual({ do: 'nothing' });
  });

  it('runs late when it was queued or has just been approved', () => {
    expect(judge(130, { run: run({ cause: 'queue_full' }) })).toMatchObject({ do: 'start' });
    expect(judge(130, { approval: 'approved', approvedAt: 129 * MINUTE })).toMatchObject({
      do: 'start',
    });
    expect(judge(130, { approval: 'approved', approvedAt: 90 * MINUTE })).toMatchObject({
      do: 'wait',
    });
  });
});

describe('what was slept through', () => {
  it('is skipped, asked for, or caught up once, as was set', () => {
    expect(judge(103, {}, { missed: 'skip' })).toMatchObject({ do: 'miss', cause: 'late' });
    expect(judge(103, {}, { missed: 'ask' })).toMatchObject({ do: 'wait' });
    expect(judge(150, {}, { missed: 'latest-once' })).toEqual({ do: 'start', late: true });
    expect(judge(150, { overtaken: true }, { missed: 'latest-once' })).toMatchObject({
      do: 'miss',
    });
  });
});

it('knows the next moment at which something is due', () => {
  expect(nextMoment([plan], RULES, 0)).toBe(70 * MINUTE);
  expect(nextMoment([plan], RULES, 70 * MINUTE)).toBe(95 * MINUTE);
  expect(nextMoment([plan], RULES, 99 * MINUTE)).toBe(START);
  expect(nextMoment([plan], RULES, END)).toBe(Infinity);
});
