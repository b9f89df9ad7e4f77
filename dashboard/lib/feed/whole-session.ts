import type { EventsAfter, SessionEvent } from '@claude-optimizer/protocol';
import { fetchEventsAfter } from '../api';
import type { FeedListener } from './feed';
import type { RecentEvents } from './recent-events';

/** All events of a session in order: those that are there so far, or why they aren't all. */
export type SessionEvents = {
  kind: 'loading' | 'ready' | 'failed';
  events: readonly SessionEvent[];
  error: Error | null;
};

const NONE: readonly SessionEvent[] = [];
export const NO_EVENTS: SessionEvents = { kind: 'loading', events: NONE, error: null };

type Source = {
  readonly recentEvents: Pick<RecentEvents, 'after'>;
  listen(listener: FeedListener): () => void;
};
type Ask = (id: string, after: number) => Promise<EventsAfter>;

/** A session's events from its first on, kept complete for as long as somebody watches. */
export class WholeSession {
  load: SessionEvents = NO_EVENTS;
  readonly #source: Source;
  readonly #id: string;
  readonly #ask: Ask;
  readonly #watchers = new Set<() => void>();
  #stop: () => void = () => undefined;
  #asking = 0;

  constructor(source: Source, id: string, ask: Ask = fetchEventsAfter) {
    this.#source = source;
    this.#id = id;
    this.#ask = ask;
  }

  watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    if (this.#watchers.size === 1) this.#start();
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) this.#end();
    };
  };

  /** Asks for what is missing; what is there stays. */
  reload = (): Promise<void> => this.#read(++this.#asking);

  #start(): void {
    this.#stop = this.#source.listen({
      events: (events) => {
        if (this.load.kind === 'ready') this.#add(events);
      },
      snapshot: (isNewHistory) => {
        if (isNewHistory) this.load = NO_EVENTS;
        void this.reload();
      },
    });
    void this.reload();
  }

  #end(): void {
    this.#stop();
    this.#asking += 1;
  }

  async #read(turn: number): Promise<void> {
    try {
      for (;;) {
        const page = await this.#ask(this.#id, this.load.events.at(-1)?.seq ?? 0);
        // Another reading has begun meanwhile, or nobody watches any more.
        if (turn !== this.#asking) return;
        const missed = page.nextAfter === null ? this.#source.recentEvents.after(page.seq) : null;
        if (missed === null) {
          this.#show('loading', [...this.load.events, ...page.events]);
          continue;
        }
        this.#show('ready', [...this.load.events, ...page.events, ...this.#own(missed)]);
        return;
      }
    } catch (cause) {
      if (turn !== this.#asking) return;
      const error = cause instanceof Error ? cause : new Error(String(cause));
      this.#publish({ ...this.load, kind: 'failed', error });
    }
  }

  #add(events: readonly SessionEvent[]): void {
    const last = this.load.events.at(-1)?.seq ?? 0;
    const fresh = this.#own(events).filter(({ seq }) => seq > last);
    if (fresh.length > 0) this.#show('ready', [...this.load.events, ...fresh]);
  }

  #own(events: readonly SessionEvent[]): SessionEvent[] {
    return events.filter(({ sessionId }) => sessionId === this.#id);
  }

  #show(kind: 'loading' | 'ready', events: readonly SessionEvent[]): void {
    this.#publish({ kind, events, error: null });
  }

  #publish(load: SessionEvents): void {
    this.load = load;
    for (const watcher of this.#watchers) watcher();
  }
}
