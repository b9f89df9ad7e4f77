import { NO_USAGE } from '@claude-optimizer/protocol';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packLoad, type SessionLoad } from '../load.js';
import { checkpointOf, commitOf, eventOf, NOON, responseOf, sessionOf } from '../sample.fixture.js';
import { responseId, type Store } from '../store.js';

/** What every store must do with what is committed. */
export function itCommits(open: () => Promise<Store>): void {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());

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
      const numbered = Array.from({ length: events }, (_, index) => eventOf(index + 1, sessionId));
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
}
