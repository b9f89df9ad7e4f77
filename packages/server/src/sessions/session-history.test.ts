import {
  sessionEventSchema,
  snapshotSchema,
  sessionDetailSchema,
} from '@claude-optimizer/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mkdtemp, rm, mkdir, writeFile, appendFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { openSessions, type Sessions } from './open-sessions.js';

const ID = 'aaaaaaaa-0000-4000-8000-000000000001';
const QUIET = 'bbbbbbbb-0000-4000-8000-000000000002';
const BEGAN = new Date(2026, 0, 5, 10).getTime();
const MINUTE = 60_000;
const LIST = { sort: 'lastAt', order: 'desc', limit: 50 } as const;

let folder = '';
let now = BEGAN;
let sessions: Sessions;

const file = (id: string) => path.join(folder, 'projects/-p', `${id}.jsonl`);
const line = (id: string, uuid: string, second: number, record: object) =>
  `${JSON.stringify({ uuid, sessionId: id, timestamp: new Date(BEGAN + second * 1_000).toISOString(), cwd: '/p', ...record })}\n`;
const answer = (messageId: string, stop: string | null) => ({
  type: 'assistant',
  requestId: messageId,
  message: {
    ...{ id: messageId, role: 'assistant', model: 'claude-sonnet-4-5', stop_reason: stop },
    content: [{ type: 'text', text: 'Well' }],
    usage: { input_tokens: 100, output_tokens: 10 },
  },
});
const prompt = { type: 'user', message: { role: 'user', content: 'go' } };

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'history-'));
  await mkdir(path.dirname(file(ID)), { recursive: true });
  await writeFile(
    file(ID),
    line(ID, 'u1', 0, prompt) + line(ID, 'u2', 5, answer('m1', 'end_turn')),
  );
  await writeFile(file(QUIET), line(QUIET, 'q1', 0, { type: 'user', isMeta: true, message: {} }));
  now = BEGAN + 6_000;
  sessions = await openSessions({
    ...{ storeFile: ':memory:', claudeDirs: [folder], version: '1.2.3' },
    ...{ now: () => now, log: pino({ level: 'silent' }) },
  });
  const ready = new Promise<void>((resolve) => {
    sessions.history.onStatus(() => {
      if (sessions.history.status().ready) resolve();
    });
  });
  await sessions.begin();
  await ready;
});
afterEach(async () => {
  await sessions.close();
  await rm(folder, { recursive: true, force: true });
});

describe('SessionHistory', () => {
  it('gives a snapshot that is complete and of one moment', async () => {
    const snapshot = await sessions.history.snapshot();
    expect(snapshotSchema.omit({ demo: true }).parse(snapshot)).toEqual(snapshot);
    expect(snapshot).toMatchObject({
      ...{ epoch: sessions.history.epoch, seq: sessions.history.lastSeq(), version: '1.2.3', now },
      ...{ sessionsTotal: 1, ready: true, malformedLines: 0, recent: [] },
      today: { startsAt: new Date(2026, 0, 5).getTime(), sessions: 1, usage: { messages: 1 } },
    });
    expect(snapshot.active.map(({ id, status }) => [id, status])).toEqual([[ID, 'waiting']]);
  });

  it('lets statuses follow the clock in lists, snapshots and details', async () => {
    const { history } = sessions;
    const statuses = async () => {
      const listed = (await history.list(LIST)).sessions[0]?.status;
      const detail = (await history.detail(ID))?.state.summary.status;
      const { active, recent } = await history.snapshot();
      return [listed, detail, active[0]?.status, recent[0]?.status];
    };
    expect(await statuses()).toEqual(['waiting', 'waiting', 'waiting', undefined]);
    now = BEGAN + 5_000 + 10 * MINUTE;
    expect(await statuses()).toEqual(['idle', 'idle', 'idle', undefined]);
    expect((await history.list({ ...LIST, status: ['waiting'] })).sessions).toEqual([]);
    now = BEGAN + 5_000 + 60 * MINUTE;
    expect(await statuses()).toEqual(['completed', 'completed', undefined, 'completed']);
    expect((await history.list({ ...LIST, status: ['completed'] })).sessions).toHaveLength(1);
    expect((await history.snapshot()).active).toEqual([]);
  });

  it('gives details, the newest events and older ones', async () => {
    const detail = await sessions.history.detail(ID);
    expect(sessionDetailSchema.parse(detail)).toEqual(detail);
    expect(detail?.seq).toBe(sessions.history.lastSeq());
    expect(detail?.usageByModel).toMatchObject([
      { model: 'claude-sonnet-4-5', usage: { messages: 1 } },
    ]);
    expect(detail?.usage).toMatchObject([{ usage: { inputTokens: 100, costMicrodollars: 450 } }]);
    const all = detail?.activity ?? [];
    const page = await sessions.history.events(ID, null, 2);
    expect(page?.events).toEqual(all.slice(-2));
    expect((await sessions.history.events(ID, page?.nextBefore ?? null, 200))?.events).toEqual(
      all.slice(0, -2),
    );
    const later = await sessions.history.eventsAfter(all.at(-2)?.seq ?? 0, 9);
    expect(later.filter(({ sessionId }) => sessionId === ID)).toEqual(all.slice(-1));
    expect(await sessions.history.detail('nobody')).toBeNull();
    expect(await sessions.history.events('nobody', null, 5)).toBeNull();
  });

  it('is never of two moments, whatever is stored meanwhile', async () => {
    const { history } = sessions;
    // Nothing but what is said here may be stored between two questions.
    await expect.poll(() => history.status().ready).toBe(true);
    // What was stored last is of this session, whichever was read last.
    await history.setBudget(ID, 100);
    for (let budget = 1; budget <= 20; budget += 1) {
      const asked = [
        history.detail(ID),
        history.setBudget(ID, budget),
        history.detail(ID),
      ] as const;
      const [before, snapshot] = await Promise.all([asked[0], history.snapshot(), ...asked]);
      const after = await asked[2];
      for (const detail of [before, after]) {
        const { seq } = detail?.state.summary ?? {};
        expect([seq, detail?.activity.at(-1)?.seq]).toEqual([detail?.seq, detail?.seq]);
      }
      expect(snapshot.active[0]?.seq).toBe(snapshot.seq);
    }
  });

  it('ends a session when the person says so, once, and lets it go on', async () => {
    const { history } = sessions;
    const heard: number[] = [];
    history.onEvents((events) => heard.push(...events.map(({ seq }) => seq)));
    const event = await history.end(ID);
    expect(sessionEventSchema.parse(event)).toEqual(event);
    expect(event).toMatchObject({ type: 'session:complete', reason: 'ended', timestamp: now });
    expect(heard).toEqual([event?.seq]);
    expect((await history.list(LIST)).sessions[0]).toMatchObject({
      status: 'completed',
      lastAt: BEGAN + 5_000,
    });
    await expect(history.end(ID)).rejects.toMatchObject({ code: 'conflict' });
    expect(await history.end('nobody')).toBeNull();
    await appendFile(file(ID), line(ID, 'u9', 20, prompt));
    await expect.poll(() => heard.length).toBeGreaterThan(1);
    expect((await history.list(LIST)).sessions[0]?.status).toBe('running');
  });

  it('sets and removes a budget', async () => {
    const { history } = sessions;
    expect(await history.setBudget(ID, 5_000_000)).toMatchObject({ budgetMicrodollars: 5_000_000 });
    expect((await history.detail(ID))?.state.summary.budgetMicrodollars).toBe(5_000_000);
    await history.setBudget(ID, null);
    expect((await history.detail(ID))?.state.summary.budgetMicrodollars).toBeNull();
    expect(await history.setBudget('nobody', 1)).toBeNull();
  });

  it('stops telling those who no longer listen', async () => {
    const { history } = sessions;
    let events = 0;
    const stop = history.onEvents(() => (events += 1));
    await history.setBudget(ID, 1);
    stop();
    await history.setBudget(ID, 2);
    expect(events).toBe(1);
  });
});
