import {
  NO_USAGE,
  sessionSorts,
  type SessionQuery,
  type SessionTest,
} from '@claude-optimizer/protocol';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { commitOf, NOON, queryOf, sessionOf } from '../sample.fixture.js';
import type { ListScope } from '../session-scope.js';
import type { SessionHead, Store } from '../store.js';

/** How every store must list sessions. */
export function itLists(open: () => Promise<Store>): void {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());

  const ids = async (query: Partial<SessionQuery>) =>
    (await store.list(queryOf(query))).sessions.map(({ id }) => id);
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
    expect(await ids({ sort: 'cost', order: 'desc', limit: 4 })).toEqual(['s6', 's5', 's2', 's0']);
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
}
