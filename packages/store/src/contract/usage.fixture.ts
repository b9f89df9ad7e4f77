import { afterEach, beforeEach, expect, it } from 'vitest';
import { commitOf, NOON, responseOf, sessionOf } from '../sample.fixture.js';
import type { Store, ToolCall } from '../store.js';

/** How every store must sum up usage. */
export function itSums(open: () => Promise<Store>): void {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());

  it('sums usage in slots, by model and since a time', async () => {
    const free = { basis: 'unknown' as const, costPicodollars: null, model: 'glm' };
    const unpriced = { ...responseOf('x').usage, costMicrodollars: null };
    await store.commit(
      commitOf({
        sessions: [sessionOf('a', 1), sessionOf('b', 2)],
        ledger: [
          responseOf('m1', { costPicodollars: 1_400_000 }),
          responseOf('m2', { costPicodollars: 1_400_000, at: NOON + 500 }),
          responseOf('m3', { ...free, usage: unpriced, at: NOON + 61_000 }),
          responseOf('m4', { sessionId: 'b', at: NOON - 1 }),
        ],
      }),
    );
    const { slotMs, usage } = await store.usageOverTime('a', 100);
    expect(slotMs).toBe(1_000);
    expect(
      usage.map(({ at, usage: { messages, costMicrodollars } }) => [
        at,
        messages,
        costMicrodollars,
      ]),
    )
      // 1.4 + 1.4 micro-dollars are 3, not 1 + 1: rounded once.
      .toEqual([
        [NOON, 2, 3],
        [NOON + 61_000, 1, null],
      ]);
    expect(await store.usageOverTime('none', 100)).toEqual({ slotMs: 1_000, usage: [] });
    expect(
      (await store.usageByModel('a')).map(({ model, usage: { messages } }) => [model, messages]),
    ).toEqual([
      ['opus', 2],
      ['glm', 1],
    ]);
    const since = await store.usageSince(NOON);
    expect(since.sessions).toBe(1);
    expect(since.usage).toMatchObject({
      inputTokens: 3_000,
      outputTokens: 30,
      messages: 3,
      costMicrodollars: 3,
    });
    expect(since.unpriced).toEqual({ messages: 1, tokens: 1_010 });
  });

  it('sums usage by local day, model, project and session', async () => {
    const cut = { ...responseOf('x').usage, outputTokens: 3 };
    const late = NOON + 12 * 3_600_000;
    await store.commit(
      commitOf({
        sessions: [sessionOf('a', 1, { project: '/code/a' }), sessionOf('b', 2)],
        ledger: [
          responseOf('m1', { costPicodollars: 1_400_000 }),
          responseOf('m2', { costPicodollars: 1_400_000, at: late, basis: 'estimate' }),
          responseOf('m3', { sessionId: 'b', stopped: false, usage: cut, at: late }),
        ],
      }),
    );
    // What a later line replaces is taken away again, also from another slot and session.
    const unpriced = { costPicodollars: null, basis: 'unknown' as const, model: 'glm' };
    await store.commit(commitOf({ ledger: [responseOf('m1', { ...unpriced, at: NOON - 1 })] }));
    const hour = 3_600_000;
    const periods = [
      { from: 0, to: late, offsetMs: 0 },
      { from: late, to: late + hour, offsetMs: -hour },
    ];
    const day = Math.floor(NOON / 86_400_000);
    const sums = await store.usageSums({ periods, by: ['day', 'model'] });
    expect(sums).toMatchObject([
      { day, model: 'glm', messages: 1, costPicodollars: 0, unpricedMessages: 1 },
      { day, model: 'opus', messages: 2, inputTokens: 2_000, outputTokens: 13 },
    ]);
    expect(sums[0]).toMatchObject({ unpricedTokens: 1_010, project: null, sessionId: null });
    expect(sums[1]).toMatchObject({ estimatedMessages: 1, incompleteMessages: 1 });
    expect(sums[1]?.costPicodollars).toBe(1_001_400_000);
    const ofProject = await store.usageSums({ periods, by: ['session', 'slot'], project: 'a' });
    expect(ofProject.map(({ sessionId, slot }) => [sessionId, slot])).toEqual([
      ['a', NOON - 900_000],
      ['a', late],
    ]);
    const total = await store.usageSums({ periods, by: [], model: 'opus' });
    expect(total.map(({ messages }) => messages)).toEqual([2]);
  });

  it.each([
    ['a second', 1],
    ['an hour', 3_600],
    ['a year', 31_536_000],
    ['as from 1970', NOON / 1_000],
  ])('never gives more slots than asked for, over %s', async (_span, seconds) => {
    const ledger = Array.from({ length: 300 }, (_, index) =>
      responseOf(`m${index}`, { at: NOON - Math.round((seconds * 1_000 * index) / 299) }),
    );
    await store.commit(commitOf({ sessions: [sessionOf('a', 1)], ledger }));
    for (const max of [2, 40, 240]) {
      const { slotMs, usage } = await store.usageOverTime('a', max);
      expect(usage.length).toBeLessThanOrEqual(max);
      expect(usage.every(({ at }) => Number.isInteger(at) && at % slotMs === 0)).toBe(true);
      expect(usage.reduce((sum, slot) => sum + slot.usage.messages, 0)).toBe(300);
    }
  });

  it('knows a project by its path or its last folder, letter by letter', async () => {
    const named = ['/home/my_app', '/home/my-app', '/home/my_app/my_app', '/home/xmy_app'];
    const sessions = named.map((project, index) => sessionOf(project, index + 1, { project }));
    const ledger = named.map((sessionId) => responseOf(sessionId, { sessionId }));
    await store.commit(commitOf({ sessions, ledger }));
    const periods = [{ from: 0, to: Number.MAX_SAFE_INTEGER, offsetMs: 0 }];
    const found = async (project: string) =>
      (await store.usageSums({ periods, by: ['project'], project })).map((sum) => sum.project);
    expect(await found('my_app')).toEqual(['/home/my_app', '/home/my_app/my_app']);
    expect(await found('/home/my_app')).toEqual(['/home/my_app']);
  });

  it('sums up the calls of each tool', async () => {
    const call = (seq: number, facts: Partial<ToolCall>): ToolCall => ({
      ...{ seq, toolUseId: `t${seq}`, name: 'Edit', agentId: null, endedAt: NOON },
      ...{ durationMs: null, outcome: 'ok', file: null, linesAdded: null, linesRemoved: null },
      ...facts,
    });
    const shop = [
      call(1, { durationMs: 30, linesAdded: 5, linesRemoved: 2 }),
      call(2, { durationMs: 12, outcome: 'error' }),
      call(3, { name: 'Bash', outcome: 'denied' }),
      call(4, { name: 'Bash', endedAt: NOON + 1 }),
    ];
    const sessions = [
      { ...sessionOf('a', 1, { project: '/shop' }), toolCalls: shop },
      { ...sessionOf('b', 2), toolCalls: [call(5, { linesAdded: 1 })] },
    ];
    await store.commit(commitOf({ sessions }));
    const edits = { durationMs: 42, timed: 2, linesAdded: 6, linesRemoved: 2 };
    const none = { linesAdded: 0, linesRemoved: 0, durationMs: 0, timed: 0, project: null };
    expect(await store.toolSums({ from: NOON, to: NOON + 1 })).toEqual([
      { ...none, name: 'Edit', calls: 3, errors: 1, denials: 0, ...edits },
      { ...none, name: 'Bash', calls: 1, errors: 0, denials: 1 },
    ]);
    const query = { from: 0, to: Infinity, project: 'shop', byProject: true };
    expect(
      (await store.toolSums(query)).map(({ name, project, calls }) => [name, project, calls]),
    ).toEqual([
      ['Bash', '/shop', 2],
      ['Edit', '/shop', 2],
    ]);
  });
}
