import { detailAt, foldDetail } from '@claude-optimizer/core/fold';
import { OptimizerError, type SessionDetail, type SessionEvent } from '@claude-optimizer/protocol';
import { fetchSession } from '../api';
import { onTick } from '../clock';
import type { Feed } from './feed';

/** A session in full: on its way, there, or why not. */
export type SessionLoad =
  | { kind: 'loading'; detail: null; error: null }
  | { kind: 'ready'; detail: SessionDetail; error: null }
  | { kind: 'missing' | 'failed'; detail: null; error: Error };

export const LOADING: SessionLoad = { kind: 'loading', detail: null, error: null };

/** A chart of so many slots is asked for again: the server answers with wider ones. */
const MOST_SLOTS = 600;

/** One session in full, kept up to date by the feed's events for as long as somebody watches. */
export class SessionFeed {
  load: SessionLoad = LOADING;
  readonly #feed: Feed;
  readonly #id: string;
  readonly #watchers = new Set<() => void>();
  #stops: (() => void)[] = [];
  #isAsking = false;

  constructor(feed: Feed, id: string) {
    this.#feed = feed;
    this.#id = id;
  }

  watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    if (this.#watchers.size === 1) this.#start();
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) this.#stop();
    };
  };

  /** Asks (again); what is on screen stays until the answer is there. */
  reload = async (): Promise<void> => {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const { epoch, seq } = this.#feed.state;
    const answer = await fetchSession(this.#id).catch((error: unknown) => error);
    this.#isAsking = false;
    if (epoch !== null && epoch !== this.#feed.state.epoch) return this.reload();
    if (!isDetail(answer)) {
      this.#fail(answer);
      return;
    }
    // The answer has what was published before it was asked for.
    const missed = this.#feed.recentEvents.after(Math.max(answer.seq, epoch === null ? 0 : seq));
    if (!missed) return this.reload();
    this.#show({ kind: 'ready', detail: foldDetail(answer, missed), error: null });
  };

  #start(): void {
    this.#stops = [
      this.#feed.listen({
        events: (events) => this.#fold(events),
        snapshot: (isNewHistory) => this.#catchUp(isNewHistory),
      }),
      onTick(() => this.#fold([])),
    ];
    void this.reload();
  }

  #stop(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }

  #catchUp(isNewHistory: boolean): void {
    const { detail } = this.load;
    const missed = detail && !isNewHistory ? this.#feed.recentEvents.after(detail.seq) : null;
    if (missed) this.#fold(missed);
    else void this.reload();
  }

  #fold(events: readonly SessionEvent[]): void {
    if (this.load.kind !== 'ready') {
      // One that was opened before its first line, such as a launched one: now it is there.
      if (events.some(({ sessionId }) => sessionId === this.#id)) void this.reload();
      return;
    }
    const detail = detailAt(foldDetail(this.load.detail, events), Date.now());
    if (detail === this.load.detail) return;
    this.#show({ kind: 'ready', detail, error: null });
    if (detail.usage.length > MOST_SLOTS) void this.reload();
  }

  #fail(cause: unknown): void {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    const isMissing = error instanceof OptimizerError && error.code === 'not_found';
    // While the server is away, the last known detail is better than an error.
    if (!isMissing && this.load.kind === 'ready') return;
    this.#show({ kind: isMissing ? 'missing' : 'failed', detail: null, error });
  }

  #show(load: SessionLoad): void {
    this.load =
      load.kind === 'ready' ? { ...load, detail: detailAt(load.detail, Date.now()) } : load;
    for (const watcher of this.#watchers) watcher();
  }
}

function isDetail(answer: unknown): answer is SessionDetail {
  return typeof answer === 'object' && answer !== null && !(answer instanceof Error);
}
