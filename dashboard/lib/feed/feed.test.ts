import {
  NO_USAGE,
  NOTHING_UNPRICED,
  type SessionDetail,
  type SessionEvent,
  type Snapshot,
} from '@claude-optimizer/protocol';
import { foldSession } from '@claude-optimizer/core/fold';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Handlers } from './connection';
import { prompted, started, tokensUsed, turnEnded, usageOf } from './event.fixture';
import { Feed } from './feed';
import { readMessage, type Message } from './receipt';

const now = Date.now();

function snapshot(more: Partial<Snapshot> = {}): Snapshot {
  return {
    epoch: 'own',
    seq: 10,
    now,
    version: '1.0.0',
    today: { startsAt: now - 3_600_000, usage: NO_USAGE, unpriced: NOTHING_UNPRICED, sessions: 0 },
    active: [],
    recent: [],
    sessionsTotal: 0,
    indexing: { filesDone: 1, filesTotal: 1 },
    ready: true,
    malformedLines: 0,
    demo: { running: false, speed: 1 },
    ...more,
  };
}

let answers: Map<string, () => unknown>;
let frames: (() => void)[];
let opened: Handlers;
const subscribe = vi.fn();

/** A feed that has its first data, and a socket that we play. */
async function startFeed(first: Snapshot = snapshot()): Promise<Feed> {
  answers.set('/api/live', () => first);
  const feed = new Feed((handlers) => {
    opened = handlers;
    return { open: () => undefined, retry: () => undefined, subscribe };
  });
  await feed.refresh();
  return feed;
}

/** What the socket says, checked as it is there. */
function told(name: Message['name'], content: unknown): void {
  opened.message(readMessage(name, content));
}

function receive(...events: SessionEvent[]): void {
  told('events', JSON.parse(JSON.stringify(events)));
  for (const frame of frames.splice(0)) frame();
}

beforeEach(() => {
  answers = new Map();
  frames = [];
  subscribe.mockReset();
  vi.stubGlobal('window', {});
  vi.stubGlobal('document', { visibilityState: 'visible' });
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
  vi.stubGlobal('fetch', (path: string) => {
    const answer = answers.get(path)?.();
    return Promise.resolve(Response.json(answer ?? null, { status: answer ? 200 : 500 }));
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('Feed', () => {
  it('asks the socket for what comes after its first data', async () => {
    await startFeed();
    expect(opened.request()).toEqual({ batch: true, epoch: 'own', afterSeq: 10 });
  });

  it('publishes at once, and what comes within a frame of that together', async () => {
    const feed = await startFeed();
    const watcher = vi.fn();
    feed.watch(watcher);
    vi.spyOn(performance, 'now').mockReturnValue(0);
    told('events', [started(11, 'a', now)]);
    expect(watcher).toHaveBeenCalledOnce();
    told('events', [prompted(12, 'a', now)]);
    told('events', [tokensUsed(13, 'a', usageOf(5), { at: now })]);
    expect(watcher).toHaveBeenCalledOnce();
    for (const frame of frames.splice(0)) frame();
    expect(watcher).toHaveBeenCalledTimes(2);
    expect(feed.state.active.running).toEqual(['a']);
    expect(feed.state.today?.usage.outputTokens).toBe(5);
  });

  it('asks again at a gap, once, and goes on when the missing part comes', async () => {
    const feed = await startFeed();
    receive(started(11, 'a', now), turnEnded(13, 'a', now));
    receive(turnEnded(14, 'a', now));
    expect(subscribe).toHaveBeenCalledOnce();
    expect(opened.request()).toMatchObject({ afterSeq: 11 });
    receive(prompted(12, 'a', now), turnEnded(13, 'a', now));
    expect(feed.state).toMatchObject({ seq: 13, active: { prompt: ['a'] } });
  });

  it('forgets everything when a snapshot is of another history', async () => {
    const feed = await startFeed();
    receive(started(11, 'a', now), prompted(12, 'a', now));
    told('events', [prompted(13, 'a', now)]);
    told('snapshot', snapshot({ epoch: 'demo', seq: 2 }));
    for (const frame of frames.splice(0)) frame();
    expect(feed.state).toMatchObject({ epoch: 'demo', seq: 2, active: { running: [] } });
    expect(feed.state.sessions.size).toBe(0);
  });

  it('brings an answer up to date that the stream has overtaken', async () => {
    const feed = await startFeed();
    receive(started(11, 'a', now), prompted(12, 'a', now));
    answers.set('/api/live', () => snapshot({ seq: 10, sessionsTotal: 7 }));
    await feed.refresh();
    expect(feed.state).toMatchObject({ seq: 12, sessionsTotal: 8, active: { running: ['a'] } });
  });

  it('adopts an old session that comes back to life, with what came meanwhile', async () => {
    const feed = await startFeed();
    const history = [started(3, 'old', now - 9_000_000), turnEnded(4, 'old', now - 8_000_000)];
    const state = history.reduce<SessionDetail['state'] | null>(foldSession, null);
    answers.set('/api/sessions/old', () => {
      receive(tokensUsed(12, 'old', usageOf(3), { at: now }));
      const woken = state && foldSession(state, prompted(11, 'old', now));
      return { seq: 11, state: woken, slotMs: 1, usage: [], usageByModel: [], activity: [] };
    });
    receive(prompted(11, 'old', now));
    await vi.waitFor(() => expect(feed.state.active.running).toEqual(['old']));
    expect(feed.state.sessions.get('old')?.usage.outputTokens).toBe(3);
  });

  it('says why it has nothing to show, until the socket brings it', async () => {
    answers.set('/api/live', () => null);
    const feed = new Feed((handlers) => {
      opened = handlers;
      return { open: () => undefined, retry: () => undefined, subscribe };
    });
    await feed.refresh();
    expect(feed.failure?.message).toContain('500');
    expect(opened.request()).toEqual({ batch: true });
    told('snapshot', snapshot());
    expect(feed).toMatchObject({ failure: null, state: { epoch: 'own' } });
  });

  it('knows a server of another version, by its data or by its name', async () => {
    const feed = await startFeed();
    told('events', [{ type: 'session:from-the-future' }]);
    expect(feed.isOutdated).toBe(true);
    const other = await startFeed();
    told('snapshot', snapshot({ version: '2.0.0' }));
    expect(other.isOutdated).toBe(true);
  });
});
