import {
  NO_USAGE,
  sessionSorts,
  type SessionQuery,
  type SessionTest,
} from '@claude-optimizer/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  checkpointOf,
  commitOf,
  eventOf,
  NOON,
  queryOf,
  responseOf,
  sessionOf,
} from './sample.fixture.js';
import type { ListScope } from './session-scope.js';
import { packLoad, type SessionLoad } from './load.js';
import { responseId, type SessionHead, type Store, type ToolCall } from './store.js';

/** What every store must do, whatever it keeps its rows in. */
export function itIsAStore(name: string, open: () => Promise<Store>): void {
  describe(name, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    const ids = async (query: Partial<SessionQuery>) =>
      (await store.list(queryOf(query))).sessions.map(({ id }) => id);

    it('begins empty', async () => {
      expect(await store.lastSeq()).toBe(0);
      expect(await store.lastSessionKey()).toBe(0);
      expect(await store.fileMarks()).toEqual([]);
      expect(await store.countSessions()).toBe(0);
      expect(await store.eventsAfter(0, 10)).toEqual([]);
      expect(await store.usageSince(0)).toEqual({
        usage: NO_USAGE,
        unpriced: { messages: 0, tokens: 0 },
        sessions: 0,
      });
      expect(store.epoch).not.toBe('');
    });

    it('gives back what was committed, to the bit', async () => {
      const change = {
        ...sessionOf('a', 1, { title: 'Ünïcode “quotes” 🎉', models: ['opus'] }),
        objectives: [
          {
            ...{ id: 'o', text: 'Do it', status: 'completed' as const, source: 'todo' as const },
            ...{ taskId: null, createdAt: NOON, startedAt: null, completedAt: NOON },
          },
        ],
        toolCalls: [
          {
            ...{ seq: 2, toolUseId: 't', name: 'Bash', agentId: null, endedAt: NOON },
            ...{ durationMs: null, outcome: 'ok', file: null, linesAdded: null },
            linesRemoved: null,
          },
        ],
      };
      const checkpoint = checkpointOf(7, { repeats: true });
      const response = responseOf('m');
      await store.commit(
        commitOf({
          events: [
            { event: eventOf(1, 'a'), source: { fileId: 7, byteOffset: 0 } },
            { event: eventOf(2, 'a', 'ends \0 with NUL'), source: null },
          ],
          sessions: [change],
          ledger: [response],
          checkpoints: [checkpoint],
        }),
      );
      expect(await store.eventsAfter(0, 10)).toEqual([
        eventOf(1, 'a'),
        eventOf(2, 'a', 'ends \0 with NUL'),
      ]);
      expect((await store.sessions(['a', 'none'])).get('a')).toEqual(change.session);
      const { id, path, sessionId, size, modifiedAt, repeats } = checkpoint;
      expect(await store.fileMarks()).toEqual([{ id, path, sessionId, size, modifiedAt, repeats }]);
      expect(store.checkpoint(path)).toEqual(checkpoint);
      expect(store.checkpoint(`${path}.other`)).toBeNull();
      const found = await store.ledger([response, { messageId: 'm', requestId: 'other' }]);
      expect([...found]).toEqual([[responseId(response), response]]);
      expect([await store.lastSeq(), await store.lastSessionKey()]).toEqual([2, 1]);
    });

    it('writes all of a commit or nothing', async () => {
      await store.commit(
        commitOf({
          sessions: [sessionOf('a', 1, { title: 'before' })],
          events: [{ event: eventOf(1, 'a'), source: null }],
        }),
      );
      const broken = commitOf({
        sessions: [sessionOf('a', 1, { title: 'after' }), sessionOf('b', 2)],
        events: [
          { event: eventOf(2, 'b'), source: null },
          { event: eventOf(1, 'b', 'the number is taken'), source: null },
        ],
        ledger: [responseOf('m')],
        checkpoints: [checkpointOf(1)],
        malformed: [{ fileId: 1, byteOffset: 5, reason: 'odd', seenAt: NOON }],
      });
      await expect(store.commit(broken)).rejects.toThrow();
      await expect(
        store.commit(commitOf({ events: [{ event: eventOf(2, 'nobody'), source: null }] })),
      ).rejects.toThrow('nobody');
      expect(await store.eventsAfter(0, 10)).toEqual([eventOf(1, 'a')]);
      const sessions = await store.sessions(['a', 'b']);
      expect([...sessions.keys()]).toEqual(['a']);
      expect(sessions.get('a')?.state.summary.title).toBe('before');
      expect(await store.fileMarks()).toEqual([]);
      expect((await store.ledger([responseOf('m')])).size).toBe(0);
      expect((await store.malformed(9)).total).toBe(0);
      expect((await store.usageSince(0)).usage.messages).toBe(0);
    });

    it('pages through events from both ends', async () => {
      const events = [1, 2, 3, 4, 5, 6].map((seq) => eventOf(seq, seq % 2 === 0 ? 'b' : 'a'));
      await store.commit(
        commitOf({
          sessions: [sessionOf('a', 1), sessionOf('b', 2)],
          events: events.map((event) => ({ event, source: null })),
        }),
      );
      const seqs = (page: readonly { seq: number }[]) => page.map(({ seq }) => seq);
      expect(seqs(await store.eventsAfter(2, 3))).toEqual([3, 4, 5]);
      const newest = await store.sessionEvents('a', null, 2);
      expect([seqs(newest.events), newest.nextBefore]).toEqual([[3, 5], 3]);
      const older = await store.sessionEvents('a', 3, 2);
      expect([seqs(older.events), older.nextBefore]).toEqual([[1], null]);
      const exactly = await store.sessionEvents('b', null, 3);
      expect([seqs(exactly.events), exactly.nextBefore]).toEqual([[2, 4, 6], null]);
      expect((await store.sessionEvents('none', null, 3)).events).toEqual([]);
      expect(seqs(await store.sessionEventsAfter('b', 2, 1))).toEqual([4]);
      expect(seqs(await store.sessionEventsAfter('b', 2, 9))).toEqual([4, 6]);
      expect(seqs(await store.sessionEventsOf('b', ['session:message']))).toEqual([2, 4, 6]);
      expect(await store.sessionEventsOf('b', ['session:turn'])).toEqual([]);
    });

    it('reads what was loaded together with what came later, in order', async () => {
      const loadOf = (sessionId: string, events: number) => {
        const change = sessionOf(sessionId, 1);
        const numbered = Array.from({ length: events }, (_, index) =>
          eventOf(index + 1, sessionId),
        );
        const sourced = numbered.map((event) => ({ event, source: null }));
        return packLoad(sessionId, commitOf({ sessions: [change], events: sourced }), new Map());
      };
      const place = (load: SessionLoad, seq: number, sessionKey: number) => ({
        ...{ load, seq, sessionKey, taken: [] },
      });
      const loads = [place(loadOf('a', 600), 0, 1), place(loadOf('b', 3), 600, 2)];
      const later = [604, 605].map((seq) => ({ event: eventOf(seq, 'a'), source: null }));
      await store.load(loads, commitOf({ events: later }));
      const seqs = (page: readonly { seq: number }[]) => page.map(({ seq }) => seq);
      const upTo = (from: number, to: number) =>
        Array.from({ length: to - from + 1 }, (_, index) => from + index);
      expect(seqs(await store.eventsAfter(0, 1_000))).toEqual(upTo(1, 605));
      for (const after of [0, 1, 255, 256, 257, 511, 599, 600, 602, 603, 604, 605]) {
        expect(seqs(await store.eventsAfter(after, 4))).toEqual(
          upTo(after + 1, Math.min(after + 4, 605)),
        );
      }
      expect((await store.eventsAfter(601, 1))[0]).toMatchObject({ sessionId: 'b', seq: 602 });
      expect(seqs(await store.sessionEventsAfter('a', 598, 9))).toEqual([599, 600, 604, 605]);
      const newest = await store.sessionEvents('a', null, 3);
      expect([seqs(newest.events), newest.nextBefore]).toEqual([[600, 604, 605], 600]);
      const older = await store.sessionEvents('a', 258, 300);
      expect([seqs(older.events), older.nextBefore]).toEqual([upTo(1, 257), null]);
      expect((await store.sessionEventsOf('a', ['session:message'])).length).toBe(602);
      expect(await store.lastSeq()).toBe(605);
      expect((await store.sessions(['b'])).get('b')?.state.summary.seq).toBe(603);
      const broken = [place(loadOf('c', 1), 605, 3), place(loadOf('d', 1), 600, 4)];
      await expect(store.load(broken, commitOf({}))).rejects.toThrow();
      expect((await store.sessions(['c'])).size).toBe(0);
      await store.markDeleted('a', NOON);
      while (!(await store.removeDeleted('a', 100, NOON)));
      expect(seqs(await store.eventsAfter(0, 9))).toEqual([601, 602, 603]);
      expect(await store.lastSeq()).toBe(605);
    });

    it('filters the list', async () => {
      await store.commit(
        commitOf({
          sessions: [
            sessionOf('a', 1, { project: '/home/shop', title: '100% done', status: 'failed' }),
            sessionOf('b', 2, { project: '/home/shop_2', models: ['claude-opus-5'] }),
            sessionOf('c', 3, {
              firstPrompt: 'Find the BUG',
              startedAt: NOON - 9,
              lastAt: NOON - 5,
            }),
            sessionOf('d', 4, { visible: false, title: '100% hidden' }),
          ],
        }),
      );
      expect(await ids({})).toEqual(['b', 'a', 'c']);
      expect(await ids({ status: ['failed', 'running'] })).toEqual(['a']);
      expect(await ids({ project: 'SHOP_' })).toEqual(['b']);
      expect(await ids({ model: 'opus' })).toEqual(['b']);
      expect(await ids({ text: '0%' })).toEqual(['a']);
      expect(await ids({ text: 'bug' })).toEqual(['c']);
      expect(await ids({ text: "' or 1=1 --" })).toEqual([]);
      expect(await ids({ after: new Date(NOON - 5), before: new Date(NOON) })).toEqual(['c']);
      expect(await ids({ after: new Date(NOON - 4) })).toEqual(['b', 'a']);
      expect(await store.countSessions()).toBe(3);
      expect((await store.inStatus(['idle'], 1)).map(({ id }) => id)).toEqual(['b']);
    });

    it('filters by what lists are narrowed by, and counts what each filter would leave', async () => {
      const cost = (costMicrodollars: number | null) => ({ ...NO_USAGE, costMicrodollars });
      await store.commit(
        commitOf({
          sessions: [
            sessionOf('a', 1, { project: '/shop', models: ['opus', 'haiku'], usage: cost(5) }),
            sessionOf('b', 2, { project: '/shop-admin', models: ['opus'], usage: cost(null) }),
            sessionOf('c', 3, { project: '/shop', models: ['haiku'], status: 'failed' }),
            sessionOf('d', 4, { visible: false, project: '/shop' }),
          ],
        }),
      );
      await store.setHidden('c', true);
      const launches = [{ sessionId: 'b', phase: 'Build' }];
      const among = { ids: ['b', 'a'], except: false };
      const list = async (query: Partial<SessionQuery>, scope: ListScope = { launches }) =>
        store.list(queryOf({ sort: 'title', order: 'asc', ...query }), scope);
      const found = async (query: Partial<SessionQuery>, scope?: ListScope) => {
        const { sessions, total } = await list(query, scope);
        expect(total).toBe(sessions.length);
        return sessions.map(({ id }) => id).join('');
      };
      expect(await found({})).toBe('ab');
      expect(await found({ hidden: 'only' })).toBe('c');
      expect(await found({ hidden: 'all' })).toBe('abc');
      expect(await found({ projects: ['/shop'] })).toBe('a');
      expect(await found({ models: ['haiku', 'fable'] })).toBe('a');
      expect(await found({ costFrom: 5, costTo: 5 })).toBe('a');
      expect(await found({ origin: 'launched' })).toBe('b');
      expect(await found({ origin: 'hand' })).toBe('a');
      expect(await found({ sort: 'phase', order: 'desc' })).toBe('ba');
      expect(await found({ sort: 'relevance', order: 'desc' }, { among })).toBe('ba');
      expect(await found({}, { among: { ids: ['a'], except: true } })).toBe('b');
      const tested = (...tests: SessionTest[]) => found({ hidden: 'all' }, { launches, tests });
      const is = { negated: false };
      expect(await tested({ ...is, field: 'project', contains: 'admin' })).toBe('b');
      expect(await tested({ negated: true, field: 'project', contains: 'ADMIN' })).toBe('ac');
      expect(await tested({ ...is, field: 'cost', is: '>', value: 4 })).toBe('a');
      expect(await tested({ negated: true, field: 'cost', is: '>', value: 4 })).toBe('bc');
      expect(await tested({ negated: true, field: 'launched' })).toBe('ac');
      expect(
        await tested(
          { ...is, field: 'status', status: 'failed' },
          { ...is, field: 'status', status: 'idle' },
          { ...is, field: 'model', contains: 'haiku' },
        ),
      ).toBe('ac');
      const { sessions, total, facets } = await list({
        ...{ offset: 1, limit: 1, facets: true, projects: ['/shop', '/shop-admin'] },
      });
      expect(sessions).toMatchObject([{ id: 'b', hidden: false, launch: { phase: 'Build' } }]);
      expect(total).toBe(2);
      expect(facets).toEqual({
        projects: [
          { value: '/shop', count: 1 },
          { value: '/shop-admin', count: 1 },
        ],
        models: [
          { value: 'opus', count: 2 },
          { value: 'haiku', count: 1 },
        ],
        statuses: [{ value: 'idle', count: 2 }],
        origins: [
          { value: 'hand', count: 1 },
          { value: 'launched', count: 1 },
        ],
        hidden: 1,
      });
    });

    it('pages through the list by every sort without a loss, ties and unknown values included', async () => {
      const costs = [5, null, 5, 0, null, 5, 9];
      const sessions = costs.map((cost, index) =>
        sessionOf(`s${index}`, index + 1, {
          usage: { ...NO_USAGE, inputTokens: index % 2, messages: 1, costMicrodollars: cost },
          title: [null, 'b', 'B', 'a', null, 'ä', 'b'][index] ?? null,
          project: index < 4 ? '/p' : null,
          lastAt: NOON + (index % 3),
          startedAt: NOON - (index % 2),
        }),
      );
      await store.commit(commitOf({ sessions }));
      for (const sort of sessionSorts.filter((one) => one !== 'relevance' && one !== 'phase')) {
        for (const order of ['asc', 'desc'] as const) {
          const whole = await ids({ sort, order });
          expect(whole).toHaveLength(costs.length);
          const paged: string[] = [];
          let cursor: string | undefined;
          do {
            const page = await store.list(
              queryOf({ sort, order, limit: 2, ...(cursor && { cursor }) }),
            );
            paged.push(...page.sessions.map(({ id }) => id));
            cursor = page.nextCursor ?? undefined;
          } while (cursor !== undefined);
          expect([sort, order, paged]).toEqual([sort, order, whole]);
        }
      }
      expect(await ids({ sort: 'cost', order: 'desc', limit: 4 })).toEqual([
        's6',
        's5',
        's2',
        's0',
      ]);
      expect((await ids({ sort: 'cost', order: 'asc' })).slice(0, 3)).toEqual(['s1', 's4', 's3']);
      const byName = await store.list(queryOf({ sort: 'title', limit: 1 }));
      const wrong = [byName.nextCursor ?? '', 'x', '', Buffer.from('[1]').toString('base64url')];
      for (const cursor of wrong) {
        await expect(store.list(queryOf({ sort: 'cost', cursor }))).rejects.toMatchObject({
          code: 'bad_request',
        });
      }
    });

    it('knows whose status is due and keeps a status apart from the state', async () => {
      const due = { ...sessionOf('a', 1, { status: 'waiting' }), statusUntil: NOON };
      const later = { ...sessionOf('b', 2, { status: 'running' }), statusUntil: NOON + 1 };
      await store.commit(commitOf({ sessions: [due, later, sessionOf('c', 3)] }));
      expect((await store.statusDue(NOON - 1)).map(({ id }) => id)).toEqual([]);
      expect((await store.statusDue(NOON)).map(({ id }) => id)).toEqual(['a']);
      await store.setStatus('a', 'completed', null);
      expect(await store.statusDue(NOON)).toEqual([]);
      expect(await ids({ status: ['completed'] })).toEqual(['a']);
      expect((await store.sessions(['a'])).get('a')?.state.summary.status).toBe('waiting');
    });

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

    it('says of each session what a list needs', async () => {
      const facts = { title: 'Fix', project: '/shop', lastAt: NOON + 5 };
      const asked = { firstPrompt: 'why?' };
      await store.commit(
        commitOf({ sessions: [sessionOf('a', 1, facts), sessionOf('b', 2, asked)] }),
      );
      expect(await store.sessionHeads()).toEqual(
        new Map<string, SessionHead>([
          ['a', facts],
          ['b', { title: 'why?', project: null, lastAt: NOON }],
        ]),
      );
    });

    it('replaces a response, and moves it to another session', async () => {
      const sessions = [sessionOf('a', 1), sessionOf('b', 2)];
      await store.commit(commitOf({ sessions, ledger: [responseOf('m')] }));
      await store.commit(commitOf({ ledger: [responseOf('m', { sessionId: 'b', at: NOON - 7 })] }));
      expect(await store.usageByModel('a')).toEqual([]);
      expect((await store.usageByModel('b'))[0]?.usage.messages).toBe(1);
      expect((await store.usageSince(0)).usage.messages).toBe(1);
    });

    it('lists malformed lines once, newest first', async () => {
      const line = { fileId: 1, byteOffset: 10, reason: 'not JSON', seenAt: NOON };
      const checkpoints = [checkpointOf(1)];
      await store.commit(commitOf({ checkpoints, malformed: [line, { ...line, byteOffset: 20 }] }));
      await store.commit(commitOf({ malformed: [{ ...line, seenAt: NOON + 1 }] }));
      const { lines, total } = await store.malformed(1);
      expect(total).toBe(2);
      expect(lines).toEqual([
        { file: '/transcripts/1.jsonl', byteOffset: 20, reason: 'not JSON', seenAt: NOON },
      ]);
    });
  });
}
