import type { Plan, Run } from '@claude-optimizer/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPlanStore } from './open.js';
import type { PlanStore } from './plan-store.js';
import { planOf, runOf } from './sample.fixture.js';

let store: PlanStore;
beforeEach(async () => {
  store = await openPlanStore(':memory:');
});
afterEach(() => store.close());

describe('runs', () => {
  it('are kept as they were put, newest first, page by page', async () => {
    const runs: Run[] = [1, 2, 3].map((at) => runOf({ id: `r${at}`, scheduledAt: at }));
    for (const run of runs) await store.putRun(run);
    const first = await store.runs({ limit: 2 });
    expect(first.runs).toEqual([runs[2], runs[1]]);
    const cursor = first.nextCursor ?? '';
    expect(await store.runs({ limit: 2, cursor })).toEqual({ runs: [runs[0]], nextCursor: null });
    await expect(store.runs({ limit: 2, cursor: 'x' })).rejects.toMatchObject({
      code: 'bad_request',
    });
  });

  it('are one for a plan', async () => {
    expect(await store.putRun(runOf({ id: 'a', planId: 'p' }))).toBe(true);
    expect(await store.putRun(runOf({ id: 'b', planId: 'p' }))).toBe(false);
    expect(await store.putRun(runOf({ id: 'a', planId: 'p', state: 'warned' }))).toBe(true);
    expect(await store.runOfPlan('p')).toMatchObject({ id: 'a', state: 'warned' });
  });

  it('are claimed by one of two', async () => {
    await store.putRun(runOf({ revision: 4 }));
    const claims = await Promise.all(
      ['x', 'y'].map((sessionId) =>
        store.moveRun(runOf({ state: 'claimed', sessionId, revision: 5 }), 4),
      ),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  it('are active until they end', async () => {
    await store.putRun(runOf({ id: 'a', state: 'running', startedAt: 5 }));
    await store.putRun(runOf({ id: 'b', state: 'missed' }));
    expect((await store.activeRuns()).map(({ id }) => id)).toEqual(['a']);
    expect((await store.runsStarted(5, 6)).map(({ id }) => id)).toEqual(['a']);
    expect(await store.runsStarted(6, 9)).toEqual([]);
  });
});

describe('plans', () => {
  const put = (plans: Plan[], to = 100) =>
    store.putPlans({ source: 's', from: 0, to, plans, busy: [], at: 7 });

  it('say what a fetch has changed', async () => {
    const [a, b] = [planOf({ id: 'a' }), planOf({ id: 'b', startsAt: 50, endsAt: 60 })];
    expect(await put([a, b])).toEqual({ added: [a, b], changed: [], gone: [] });
    expect(await put([a, b])).toEqual({ added: [], changed: [], gone: [] });
    const moved = planOf({ id: 'a', startsAt: 200, endsAt: 210 });
    expect(await put([moved])).toEqual({
      added: [],
      changed: [{ before: a, after: moved }],
      gone: [b],
    });
    expect(await store.plans(0, 100)).toEqual([]);
    expect(await store.plans(0, 300)).toEqual([{ plan: moved, gone: false, seenAt: 7 }]);
    expect(await store.plan('b')).toEqual({ plan: b, gone: true, seenAt: 7 });
    expect(await put([moved, b])).toMatchObject({ added: [b] });
  });

  it('that are gone stay with a run that was started', async () => {
    const [a, b] = [planOf({ id: 'a' }), planOf({ id: 'b' })];
    await put([a, b]);
    await store.putRun(runOf({ id: 'started', planId: 'a', startedAt: 5 }));
    await store.putRun(runOf({ id: 'waiting', planId: 'b' }));
    expect(await store.plansLeft(0, 100)).toEqual([]);
    await put([]);
    expect(await store.plansLeft(0, 100)).toEqual([{ plan: a, gone: true, seenAt: 7 }]);
    expect(await store.plansLeft(30, 100)).toEqual([]);
  });

  it('outside of the window are not gone', async () => {
    const later = planOf({ id: 'later', startsAt: 500, endsAt: 600 });
    await put([later], 1_000);
    expect(await put([])).toMatchObject({ gone: [] });
    expect(await store.plans(0, 1_000)).toMatchObject([{ plan: later }]);
  });

  it('are approved by content, alone or as a series', async () => {
    const plan = planOf({ id: 'a', uid: 'u', contentHash: 'h' });
    const approval = {
      source: 's',
      uid: 'u',
      contentHash: 'h',
      decision: 'approved',
      at: 1,
    } as const;
    expect(await store.approvalOf(plan)).toBeNull();
    await store.approve({ ...approval, planId: null });
    expect(await store.approvalOf(plan)).toMatchObject({ decision: 'approved' });
    expect(await store.approvalOf({ ...plan, contentHash: 'other' })).toBeNull();
    await store.approve({ ...approval, planId: 'a', decision: 'refused', at: 2 });
    expect(await store.approvalOf(plan)).toMatchObject({ decision: 'refused' });
    expect(await store.approvalOf({ ...plan, id: 'b' })).toMatchObject({ decision: 'approved' });
  });
});

it('keeps entries by revision', async () => {
  const entry = {
    ...planOf({}),
    startsAt: '2026-03-29T09:00',
    minutes: 60,
    rule: null,
    except: [],
    revision: 0,
  };
  const { source: _s, uid: _u, recurrence: _r, endsAt: _e, allDay: _a, ...rest } = entry;
  const { problems: _p, contentHash: _c, ...own } = rest;
  expect(await store.putEntry(own)).toBe(true);
  expect(await store.putEntry({ ...own, minutes: 30, revision: 1 })).toBe(true);
  expect(await store.putEntry({ ...own, minutes: 45, revision: 1 })).toBe(false);
  expect(await store.entries()).toEqual([{ ...own, minutes: 30, revision: 1 }]);
  expect(await store.dropEntry(own.id)).toBe(true);
  expect(await store.dropEntry(own.id)).toBe(false);
});

it('keeps an audit trail, newest first', async () => {
  for (const at of [1, 2, 3]) {
    await store.audit({ at, subject: 'plan:a', action: 'approved', text: 'by the person' });
  }
  const [third, second] = await store.auditLines(2, null);
  expect([third?.at, second?.at]).toEqual([3, 2]);
  expect(await store.auditLines(5, second?.id ?? 0)).toMatchObject([{ at: 1 }]);
});
