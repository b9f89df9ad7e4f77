import { foldSummary } from '@claude-optimizer/core/fold';
import { snapshotSchema, type SessionEvent, type Snapshot } from '@claude-optimizer/protocol';
import { fetchLive, fetchSession, parseAnswer } from '../api';
import { onTick } from '../clock';
import { Connection, type Connects, type ConnectionState, type Handlers } from './connection';
import { takeEarlyAnswer } from './early';
import { foldEvents } from './fold-events';
import { onceAFrame } from './frame';
import { atTime } from './order';
import type { Message } from './receipt';
import { RecentEvents } from './recent-events';
import { fromSnapshot, NO_STATE, type FeedState } from './state';

const DAY_MS = 86_400_000;
/** After midnight the day's totals are asked for again, at most so often. */
const REFRESH_MS = 30_000;

/** What somebody beside the first page may follow; see session-feed.ts. */
export type FeedListener = {
  events: (events: readonly SessionEvent[]) => void;
  /** What was known before may have holes; in a new history nothing of it is true. */
  snapshot: (isNewHistory: boolean) => void;
};

/**
 * The page's one store: first data by REST, then the socket's events, folded and published at
 * most once a frame. Everything on screen is a selection of it.
 */
export class Feed {
  state: FeedState = NO_STATE;
  connection: ConnectionState = { kind: 'connecting' };
  /** Why there is no first data; null while it may still come. */
  failure: Error | null = null;
  /** True when the server speaks another version than this page. */
  isOutdated = false;
  /** When the page last heard from the server, epoch ms. */
  heardAt: number | null = null;
  readonly recentEvents = new RecentEvents();

  readonly #watchers = new Set<() => void>();
  readonly #listeners = new Set<FeedListener>();
  readonly #asked = new Set<string>();
  #queue: SessionEvent[] = [];
  #resyncedAt: number | null = null;
  #refreshedAt = 0;
  #isStarted = false;
  readonly #requestFlush = onceAFrame(() => this.#flush());
  readonly #connection: Connects;

  constructor(connect: (handlers: Handlers) => Connects = (handlers) => new Connection(handlers)) {
    this.#connection = connect({
      request: () => {
        const { epoch, seq } = this.state;
        return epoch === null ? { batch: true } : { batch: true, epoch, afterSeq: seq };
      },
      message: (message) => this.#receive(message),
      state: (connection) => {
        this.connection = connection;
        this.#publish();
      },
    });
  }

  /** Called after each change of anything here. Returns the unsubscriber. */
  watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Called with what comes, before it is published. Returns the unsubscriber. */
  listen(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Starts, once, for the life of the page. */
  start = (): void => {
    if (this.#isStarted) return;
    this.#isStarted = true;
    onTick(() => this.#tick());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.#connection.retry();
    });
    // Should the first data fail, the socket's snapshot brings it.
    void this.refresh().finally(() => this.#connection.open());
  };

  /** Tries the connection at once instead of waiting for the countdown. */
  retry = (): void => {
    if (this.state.epoch === null) void this.refresh();
    this.#connection.retry();
  };

  /** Asks for a fresh snapshot; a failure is told only while there is nothing to show. */
  async refresh(): Promise<void> {
    this.#refreshedAt = Date.now();
    try {
      const early = takeEarlyAnswer('/api/live');
      this.#accept(early ? await parseAnswer(snapshotSchema, await early) : await fetchLive());
    } catch (error) {
      if (this.state.epoch !== null) return;
      this.failure = error instanceof Error ? error : new Error(String(error));
      this.#publish();
    }
  }

  #receive(message: Message | null): void {
    this.heardAt = Date.now();
    switch (message?.name) {
      case 'events':
        this.#queue.push(...message.content);
        return this.#requestFlush();
      case 'snapshot':
        return this.#accept(message.content);
      case 'status': {
        const status = message.content;
        // While the past was being indexed, only what is live was followed.
        if (status.ready && !this.state.ready && this.state.epoch !== null) void this.refresh();
        this.state = { ...this.state, ...status };
        return this.#publish();
      }
      case undefined:
        return this.#markOutdated();
    }
  }

  #accept(snapshot: Snapshot): void {
    const { epoch, seq, version } = this.state;
    this.heardAt = Date.now();
    this.isOutdated ||= version !== '' && version !== snapshot.version;
    let next = fromSnapshot(snapshot, this.state);
    if (snapshot.epoch === epoch && snapshot.seq < seq) {
      // The stream has overtaken this answer: bring it up to date, or leave it.
      const missed = this.recentEvents.after(snapshot.seq);
      if (!missed) return;
      next = foldEvents(next, missed, Date.now()).state;
    } else {
      if (snapshot.epoch !== epoch) this.#queue = [];
      this.recentEvents.restart(snapshot.seq);
    }
    this.state = atTime(next, Date.now());
    this.failure = null;
    this.#resyncedAt = null;
    for (const listener of this.#listeners)
      listener.snapshot(epoch !== null && epoch !== snapshot.epoch);
    this.#publish();
  }

  #flush(): void {
    const events = this.#queue;
    const { epoch, seq } = this.state;
    this.#queue = [];
    if (epoch === null) return;
    const now = Date.now();
    const { state, gap, unknown } = foldEvents(this.state, events, now);
    const fresh = events.filter((event) => event.seq > seq && event.seq <= state.seq);
    this.state = atTime(state, now);
    this.recentEvents.add(fresh);
    for (const listener of this.#listeners) listener.events(fresh);
    if (gap) this.#resync();
    for (const id of unknown) void this.#adopt(id);
    this.#publish();
  }

  /** Says what has been seen, so that the server sends what is missing; once for each gap. */
  #resync(): void {
    if (this.#resyncedAt === this.state.seq) return;
    this.#resyncedAt = this.state.seq;
    this.#connection.subscribe();
  }

  /** An old session came back to life: its summary by REST, then what came meanwhile. */
  async #adopt(id: string): Promise<void> {
    if (this.#asked.has(id)) return;
    this.#asked.add(id);
    const { epoch, seq } = this.state;
    try {
      const { summary } = (await fetchSession(id)).state;
      const missed = this.recentEvents.after(Math.max(summary.seq, seq));
      // Otherwise its next event asks again.
      if (this.state.epoch !== epoch || !missed) return;
      const own = missed.filter((event) => event.sessionId === id && event.seq > summary.seq);
      const sessions = new Map(this.state.sessions).set(id, own.reduce(foldSummary, summary));
      this.state = atTime({ ...this.state, sessions }, Date.now());
      this.#publish();
    } catch {
      // The server can't say yet; the session's next event asks again.
    } finally {
      this.#asked.delete(id);
    }
  }

  #tick(): void {
    const now = Date.now();
    const { today } = this.state;
    const state = atTime(this.state, now);
    if (state !== this.state) {
      this.state = state;
      this.#publish();
    }
    const isOver = today !== null && now >= today.startsAt + DAY_MS;
    if (isOver && now > this.#refreshedAt + REFRESH_MS) void this.refresh();
  }

  #markOutdated(): void {
    this.isOutdated = true;
    this.#publish();
  }

  #publish(): void {
    for (const watcher of this.#watchers) watcher();
  }
}
