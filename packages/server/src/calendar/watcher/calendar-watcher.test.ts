import { OptimizerError } from '@claude-optimizer/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE, NOW, planOf, Watched } from './watching.fixture.js';

let watched: Watched;
beforeEach(async () => {
  watched = await Watched.open();
});
afterEach(() => watched.close());

const actions = async () =>
  (await watched.store.auditLines(50, null)).map(({ action }) => action).reverse();

describe('a plan of our own', () => {
  it('is warned of twice, then started once', async () => {
    await watched.fetched('own', [planOf()]);
    await watched.until(70);
    expect(watched.titles()).toEqual([
      'Claude: shop starts in 30 minutes',
      'Claude: shop starts in 5 minutes',
    ]);
    expect(watched.launched).toHaveLength(1);
    expect(watched.launched[0]).toMatchObject({ planId: 'p', cwd: '/code/shop' });
    expect(watched.launched[0]?.startedAt).toBe(NOW + 60 * MINUTE);
    expect(await actions()).toEqual(['warned', 'warned', 'started']);
  });

  it('is warned of anew when it was moved', async () => {
    await watched.fetched('own', [planOf()]);
    await watched.until(40);
    const later = { startsAt: NOW + 100 * MINUTE, endsAt: NOW + 160 * MINUTE };
    await watched.fetched('own', [planOf(later)]);
    expect(await watched.run()).toMatchObject({ state: 'scheduled', warnedAt: null });
    await watched.until(101);
    expect(watched.titles()).toHaveLength(3);
    expect(watched.launched[0]?.startedAt).toBe(NOW + 100 * MINUTE);
    expect(await actions()).toContain('moved');
  });

  it('is dropped when it was cancelled, and taken up again when it comes back', async () => {
    await watched.fetched('own', [planOf()]);
    await watched.until(40);
    await watched.fetched('own', []);
    expect(await watched.run()).toMatchObject({ state: 'missed', cause: 'cancelled' });
    await watched.fetched('own', [planOf()]);
    await watched.until(61);
    expect(watched.launched).toHaveLength(1);
  });

  it('keeps what it was started with when its calendar changes', async () => {
    await watched.fetched('own', [planOf()]);
    await watched.until(61);
    await watched.fetched('own', [planOf({ objectives: ['Something else'] })]);
    const [shown] = await watched.book.scheduled(NOW, NOW + 200 * MINUTE, watched.now);
    expect(shown).toMatchObject({
      changed: 'edited',
      run: { order: { objectives: ['Build auth'] } },
    });
    expect(watched.titles().at(-1)).toBe('Claude: shop has changed in its calendar');
    await watched.fetched('own', []);
    expect(watched.titles().at(-1)).toBe('Claude: shop was cancelled in its calendar');
    const left = await watched.book.scheduled(NOW, NOW + 200 * MINUTE, watched.now);
    expect(left).toMatchObject([{ changed: 'cancelled', run: { state: 'claimed' } }]);
    expect(watched.launched).toHaveLength(1);
  });

  it('does not start for the whole day, or from a project that is not registered', async () => {
    await watched.fetched('own', [
      planOf({ id: 'day', allDay: true }),
      planOf({ id: 'foreign', project: 'etc' }),
    ]);
    await watched.until(130);
    expect(watched.launched).toEqual([]);
    expect(await watched.run('day')).toBeNull();
    expect(await watched.run('foreign')).toMatchObject({ state: 'missed', cause: 'not_allowed' });
  });
});

describe('what was slept through', () => {
  it('starts up to 15 minutes late, afterwards by the word of the person alone', async () => {
    await watched.fetched('own', [planOf(), planOf({ id: 'q', project: 'blog' })]);
    await watched.wakeAt(75);
    expect(watched.launched).toHaveLength(1);
    await watched.wakeAt(76);
    expect(watched.launched).toHaveLength(1);
    const [first] = watched.launched;
    if (first) await watched.end(first);
    await watched.wakeAt(77);
    expect(watched.launched.map(({ planId }) => planId)).toEqual(['q']);
  });

  it('asks after that, once, and is missed at its end', async () => {
    await watched.fetched('own', [planOf()]);
    await watched.wakeAt(90);
    await watched.wakeAt(95);
    expect(watched.titles()).toEqual(['Claude: shop has not started']);
    await watched.watcher.startNow('p');
    expect(watched.launched).toHaveLength(1);
    await expect(watched.watcher.startNow('p')).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is missed only if it was known before its end', async () => {
    watched.now = NOW + 200 * MINUTE;
    await watched.fetched('own', [planOf()]);
    await watched.wakeAt(201);
    expect(await watched.run()).toBeNull();
  });
});

describe('a plan of another calendar', () => {
  beforeEach(() => {
    const source = {
      id: 'work',
      kind: 'ics-file',
      name: 'Work',
      trust: 'confirm',
      path: '/w.ics',
    } as const;
    watched.set({ calendar: { sources: [source] } });
  });
  const approve = (facts: { planId?: string | null; contentHash?: string } = {}) =>
    watched.store.approve({
      source: 'work',
      uid: 'p',
      planId: 'p',
      contentHash: 'h',
      decision: 'approved',
      at: watched.now,
      ...facts,
    });

  it('waits for a confirmation of exactly this content', async () => {
    await watched.fetched('work', [planOf({ source: 'work' })]);
    await approve({ contentHash: 'another' });
    await watched.until(90);
    expect(watched.launched).toEqual([]);
    expect(watched.notices.at(-1)).toMatchObject({ kind: 'approval' });
    await approve();
    await watched.until(91);
    expect(watched.launched).toHaveLength(1);
  });

  it('asks again when its content has changed', async () => {
    await watched.fetched('work', [planOf({ source: 'work' })]);
    await approve();
    await watched.fetched('work', [planOf({ source: 'work', contentHash: 'h2' })]);
    await watched.until(130);
    expect(await watched.run()).toMatchObject({ state: 'missed', cause: 'not_approved' });
  });

  it('is not started by a series where every run needs its own word', async () => {
    watched.set({
      calendar: {
        sources: [{ id: 'work', kind: 'ics-file', name: 'Work', trust: 'always', path: '/w.ics' }],
      },
    });
    await watched.fetched('work', [planOf({ source: 'work' })]);
    await approve({ planId: null });
    await watched.until(61);
    expect(watched.launched).toEqual([]);
  });

  it('runs once when our own schedule has it, too', async () => {
    await watched.fetched('own', [planOf({ id: 'mine', uid: 'same' })]);
    await watched.fetched('work', [planOf({ id: 'theirs', uid: 'same', source: 'work' })]);
    await approve({ planId: null });
    await watched.until(130);
    expect(watched.launched.map(({ planId }) => planId)).toEqual(['mine']);
    expect(await watched.run('theirs')).toBeNull();
  });

  it('does not start while its calendar is off or the calendar is paused', async () => {
    await watched.fetched('own', [planOf()]);
    watched.set({ calendar: { paused: true } });
    await watched.until(65);
    expect(watched.launched).toEqual([]);
    expect(await watched.run()).toMatchObject({ reason: 'The calendar is paused.' });
    watched.set({ calendar: { paused: false } });
    await watched.until(66);
    expect(watched.launched).toHaveLength(1);
  });
});

describe('plans at the same time', () => {
  it('queue in one project, and wait at most until their end', async () => {
    await watched.fetched('own', [
      planOf(),
      planOf({ id: 'q' }),
      planOf({ id: 'r', project: 'blog' }),
    ]);
    await watched.until(90);
    expect(watched.launched.map(({ planId }) => planId).sort()).toEqual(['p', 'r']);
    expect(await watched.run('q')).toMatchObject({ state: 'warned', cause: 'queue_full' });
    const [first] = watched.launched;
    if (first) await watched.end(first);
    await watched.until(91);
    expect(watched.launched.map(({ planId }) => planId)).toContain('q');
  });

  it('are told why they could not be started', async () => {
    watched.refusal = new OptimizerError('conflict', 'Today’s cap is used up.', {
      fix: 'Raise it.',
    });
    await watched.fetched('own', [planOf()]);
    await watched.until(121);
    expect(await watched.run()).toMatchObject({
      state: 'missed',
      cause: 'queue_full',
      reason: 'Today’s cap is used up. Raise it.',
    });
    expect(await actions()).toEqual(['warned', 'warned', 'queued', 'missed']);
  });
});

it('starts a plan once however often it is looked at', async () => {
  await watched.fetched('own', [planOf()]);
  watched.now = NOW + 60 * MINUTE;
  await Promise.all([watched.watcher.look(), watched.watcher.look(), watched.watcher.look()]);
  expect(watched.launched).toHaveLength(1);
});
