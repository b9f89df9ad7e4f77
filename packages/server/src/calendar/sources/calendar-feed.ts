import { OptimizerError, type PlanProblem } from '@claude-optimizer/protocol';
import type { CalendarFetch } from '@claude-optimizer/store';
import type { CalendarObject, CalendarSource } from './source.js';

const MOST_WAIT_MS = 60 * 60_000;
/** The window moves on with time, also over a calendar that doesn't change. */
const READ_ANEW_MS = 60 * 60_000;
const JITTER = 0.1;

export type FeedOptions = {
  /** Opens the calendar; throws why it can't be. */
  open: () => CalendarSource;
  /** How long a good answer is taken for the present one. */
  paceMs: number;
  /** What is known of it from earlier days. */
  before: CalendarFetch;
  /** Makes plans of the objects and stores them; gives what couldn't be read. */
  take: (objects: readonly CalendarObject[], at: number) => Promise<PlanProblem[]>;
  /** `isNews`: it holds something else, fails, or does so no more. */
  onFetch: (fetch: CalendarFetch, isNews: boolean) => Promise<void>;
  now: () => number;
  /** 0 to 1; spreads the fetches of many. */
  random: () => number;
};

/** One calendar and its pace: fetched when due, later and later while it fails. */
export class CalendarFeed {
  readonly #options: FeedOptions;
  #fetch: CalendarFetch;
  #source: CalendarSource | null = null;
  #stopWatching: () => void = () => undefined;
  /** Null until the first good fetch of this process. */
  #objects: readonly CalendarObject[] | null = null;
  #memory = '';
  #readAt = 0;
  #dueAt = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #storing: Promise<unknown> = Promise.resolve();
  #closed = false;
  problems: readonly PlanProblem[] = [];

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#fetch = options.before;
  }

  get state(): CalendarFetch {
    return this.#fetch;
  }

  get source(): CalendarSource | null {
    return this.#source;
  }

  /** As they were last fetched. */
  get objects(): readonly CalendarObject[] {
    return this.#objects ?? [];
  }

  isDue(): boolean {
    return this.#options.now() >= this.#dueAt;
  }

  /** Reads it now; those who ask meanwhile wait for their turn. Throws why it can't be read. */
  refresh(): Promise<void> {
    const turn = this.#turn.then(() => this.#refresh());
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopWatching();
    // What is being stored, but no answer from elsewhere, is waited for.
    await this.#storing;
    await this.#source?.close();
  }

  async #refresh(): Promise<void> {
    if (this.#isClosed()) return;
    const at = this.#options.now();
    try {
      const isNew = await this.#get(at);
      if (this.#isClosed()) return;
      const recovers = this.#fetch.error !== null;
      this.#fetch = {
        ...this.#fetch,
        fetchedAt: at,
        error: null,
        failures: 0,
        memory: this.#memory,
        ...(isNew && { changedAt: at }),
      };
      this.#dueAt = at + this.#spread(this.#options.paceMs);
      await this.#store(this.#options.onFetch(this.#fetch, isNew || recovers));
    } catch (failure) {
      if (this.#isClosed()) return;
      const failures = this.#fetch.failures + 1;
      this.#fetch = { ...this.#fetch, error: wordsOf(failure), failures };
      const wait = this.#options.paceMs * 2 ** Math.min(failures - 1, 10);
      this.#dueAt = at + this.#spread(Math.min(wait, Math.max(MOST_WAIT_MS, this.#options.paceMs)));
      await this.#store(this.#options.onFetch(this.#fetch, true));
      throw failure;
    }
  }

  /** Whether it holds something else than at the last fetch. */
  async #get(at: number): Promise<boolean> {
    const source = (this.#source ??= this.#opened());
    const fetched = await source.fetch(this.#objects === null ? '' : this.#memory);
    if (this.#isClosed()) return false;
    const objects = fetched?.objects ?? this.#objects;
    if (objects === null) {
      throw new OptimizerError('internal', 'The calendar says that nothing has changed.', {
        fix: 'It was never read before. It is asked again soon.',
      });
    }
    if (fetched !== null || at - this.#readAt >= READ_ANEW_MS) {
      this.problems = await this.#store(this.#options.take(objects, at));
      this.#readAt = at;
    }
    this.#objects = objects;
    this.#memory = fetched?.memory ?? this.#memory;
    return fetched !== null;
  }

  #store<T>(storing: Promise<T>): Promise<T> {
    this.#storing = storing.catch(() => undefined);
    return storing;
  }

  #opened(): CalendarSource {
    const source = this.#options.open();
    const stop = source.watch?.(() => {
      // What failed is in its state.
      this.refresh().catch(() => undefined);
    });
    if (stop) this.#stopWatching = stop;
    return source;
  }

  /** It may be closed while something is waited for. */
  #isClosed(): boolean {
    return this.#closed;
  }

  #spread(ms: number): number {
    return Math.round(ms * (1 - JITTER + 2 * JITTER * this.#options.random()));
  }
}

/** A failure as the person reads it. Addresses may hold secrets; ours name hosts by themselves. */
function wordsOf(failure: unknown): string {
  if (failure instanceof OptimizerError) return `${failure.message} ${failure.fix}`;
  const what = failure instanceof Error ? failure.message : String(failure);
  return `It failed unexpectedly: ${withoutAddresses(what)}.`;
}

function withoutAddresses(text: string): string {
  return text.replace(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, '<address>');
}
