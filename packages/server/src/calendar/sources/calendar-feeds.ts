import type {
  CalendarSettings,
  CalendarSourceSettings,
  CalendarState,
  Plan,
  PlanProblem,
} from '@claude-optimizer/protocol';
import { OptimizerError } from '@claude-optimizer/protocol';
import type { CalendarFetch, PlanStore } from '@claude-optimizer/store';
import type { Log } from '../../log.js';
import { CalendarFeed } from './calendar-feed.js';
import { eventOf } from './edit-ics.js';
import { OWN, OwnSource } from './own.js';
import type { ReadCalendars, WriteEntries } from './read-calendars.js';
import type { CalendarObject, CalendarSource, EventToWrite } from './source.js';
import { stateOf } from './calendar-state.js';

const DAY_MS = 86_400_000;
const AHEAD_MS = 60 * DAY_MS;
const TICK_MS = 15_000;
const STORE_EVERY_MS = 10 * 60_000;
const PACES_MS = {
  own: 60_000,
  'ics-file': 60_000,
  'ics-url': 5 * 60_000,
  caldav: 5 * 60_000,
  google: 5 * 60_000,
};

/** What a good fetch has changed. */
export type SourceChanges = {
  source: string;
  added: Plan[];
  changed: { before: Plan; after: Plan }[];
  gone: Plan[];
  problems: readonly PlanProblem[];
};

export type FeedsOptions = {
  store: PlanStore;
  settings: { read(): { calendar: CalendarSettings } };
  /** Throws why a source can't be opened. */
  openSource: (settings: CalendarSourceSettings) => CalendarSource;
  read: ReadCalendars;
  writeEntries: WriteEntries;
  onChanges: (changes: SourceChanges) => Promise<void> | void;
  /** The state of a source has changed: read, failed, added, removed. */
  onState?: (source: string) => void;
  now: () => number;
  random?: () => number;
  log: Log;
};

type OpenFeed = { feed: CalendarFeed; key: string };

/** Fetches every calendar that is switched on at its pace and keeps its plans in the store. */
export class CalendarFeeds {
  readonly #options: FeedsOptions;
  readonly #feeds = new Map<string, OpenFeed>();
  #timer: NodeJS.Timeout | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: FeedsOptions) {
    this.#options = options;
  }

  /** Reads all once; resolves when each has answered or failed. Then they are asked when due. */
  async start(): Promise<void> {
    this.#timer ??= setInterval(() => void this.look(), TICK_MS);
    await this.look();
  }

  /** Takes up added and removed sources and reads what is due. Never throws: states tell. */
  async look(): Promise<void> {
    try {
      await this.#settle();
    } catch (error) {
      // Such as a configuration that is being edited by hand: what runs goes on.
      this.#options.log.warn({ err: error }, 'the calendars cannot be listed');
    }
    const due = [...this.#feeds.values()].filter(({ feed }) => feed.isDue());
    await Promise.all(due.map(({ feed }) => feed.refresh().catch(() => undefined)));
  }

  /** Reads one source now. Throws `not_found`, or why it can't be read. */
  async refresh(id: string): Promise<void> {
    await this.#settle();
    await this.#feed(id).refresh();
  }

  /** How each source is, our own schedule first. */
  async states(): Promise<CalendarState[]> {
    const { store, settings, now } = this.#options;
    const fetches = new Map((await store.fetches()).map((fetch) => [fetch.source, fetch]));
    const stored = await store.plans(now() - DAY_MS, now() + AHEAD_MS);
    const { sources } = settings.read().calendar;
    return [null, ...sources].map((source) => {
      const id = source?.id ?? OWN;
      const feed = this.#feeds.get(id)?.feed ?? null;
      const plans = stored.flatMap(({ plan }) => (plan.source === id ? [plan] : []));
      return stateOf(source, feed?.state ?? fetches.get(id) ?? null, {
        plans,
        problems: feed?.problems ?? [],
        writable: this.isWritable(id),
      });
    });
  }

  /** Whether its plans can be changed from here. */
  isWritable(id: string): boolean {
    return this.#feeds.get(id)?.feed.source?.writable ?? id === OWN;
  }

  /** The calendar object that holds an event, as last fetched, with this event alone. */
  objectOf(id: string, uid: string): CalendarObject | null {
    for (const object of this.#feeds.get(id)?.feed.objects ?? []) {
      const ics = eventOf(object.ics, uid);
      if (ics !== null) return { ...object, ics };
    }
    return null;
  }

  /** Adds or replaces an event of a writable source and reads it anew. Throws `conflict`. */
  async write(id: string, event: EventToWrite): Promise<void> {
    const { source } = this.#feed(id);
    if (!source?.writable || !source.write) throw notWritable(id);
    await this.#changed(id, () => source.write?.(event));
  }

  /** Takes an event out of a writable source and reads it anew. Throws `conflict`. */
  async remove(id: string, uid: string): Promise<void> {
    const { source } = this.#feed(id);
    if (!source?.writable || !source.remove) throw notWritable(id);
    const object = this.objectOf(id, uid);
    const { ref, etag } = object ?? { ref: null, etag: null };
    await this.#changed(id, () => ref !== null && source.remove?.({ uid, ref, etag }));
  }

  /** Zone of times that name none. */
  get zone(): string {
    return this.#options.settings.read().calendar.zone ?? machineZone();
  }

  /** Plans of a calendar's text, without storing anything. */
  read(source: string, objects: string[], from: number, to: number) {
    const { settings, read } = this.#options;
    const { zone, me, sources } = settings.read().calendar;
    const { username = '' } = sources.find(({ id }) => id === source) ?? {};
    // An account's name is the person's address in its own calendar.
    const mine = username.includes('@') ? [...me, username] : me;
    return read({ source, objects, from, to, zone: zone ?? machineZone(), me: mine });
  }

  /** Opens a source anew with its next reading, as its secret is another. */
  async reopen(id: string): Promise<void> {
    const open = this.#feeds.get(id);
    this.#feeds.delete(id);
    await open?.feed.close();
  }

  async close(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    await this.#turn;
    await Promise.all([...this.#feeds.values()].map(({ feed }) => feed.close()));
    this.#feeds.clear();
  }

  /** After a conflict it is read, too: the person is to see what is there now. */
  async #changed(id: string, change: () => unknown): Promise<void> {
    try {
      await change();
    } catch (error) {
      if (error instanceof OptimizerError && error.code === 'conflict') {
        await this.refresh(id).catch(() => undefined);
      }
      throw error;
    }
    await this.refresh(id);
  }

  #feed(id: string): CalendarFeed {
    const open = this.#feeds.get(id);
    if (open) return open.feed;
    throw new OptimizerError('not_found', `There is no calendar ${JSON.stringify(id)}.`, {
      fix: 'GET /api/calendars lists those that there are; it may be switched off.',
    });
  }

  /** Opens and closes feeds so that they are those of the settings; one call after another. */
  #settle(): Promise<void> {
    const turn = this.#turn.then(() => this.#follow());
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #follow(): Promise<void> {
    const { settings, store } = this.#options;
    const { sources, zone, me } = settings.read().calendar;
    const wanted = new Map<string, CalendarSourceSettings | null>([[OWN, null]]);
    for (const source of sources) if (source.enabled) wanted.set(source.id, source);
    const keyOf = (source: CalendarSourceSettings | null) => JSON.stringify([source, zone, me]);
    for (const [id, { feed, key }] of this.#feeds) {
      const source = wanted.get(id);
      if (source !== undefined && keyOf(source) === key) continue;
      this.#feeds.delete(id);
      await feed.close();
      this.#options.onState?.(id);
    }
    const missing = [...wanted].filter(([id]) => !this.#feeds.has(id));
    if (missing.length === 0) return;
    const fetches = new Map((await store.fetches()).map((fetch) => [fetch.source, fetch]));
    for (const [id, source] of missing) {
      const feed = this.#opened(id, source, fetches.get(id) ?? neverFetched(id));
      this.#feeds.set(id, { feed, key: keyOf(source) });
    }
  }

  #opened(id: string, source: CalendarSourceSettings | null, before: CalendarFetch): CalendarFeed {
    const { store, writeEntries, openSource, now, log, onState, random } = this.#options;
    let storedAt = 0;
    return new CalendarFeed({
      open: () => (source ? openSource(source) : new OwnSource(store, writeEntries)),
      paceMs: PACES_MS[source?.kind ?? OWN],
      before,
      take: (objects, at) => this.#take(id, objects, at),
      onFetch: async (fetch, isNews) => {
        // A file is looked at each minute: not a write for each.
        if (!isNews && (fetch.fetchedAt ?? 0) - storedAt < STORE_EVERY_MS) return;
        storedAt = fetch.fetchedAt ?? 0;
        await store.putFetch(fetch);
        if (fetch.error !== null)
          log.warn({ calendar: id, error: fetch.error }, 'calendar not read');
        if (isNews) onState?.(id);
      },
      now,
      random: random ?? Math.random,
    });
  }

  async #take(source: string, objects: readonly CalendarObject[], at: number) {
    const [from, to] = [at - DAY_MS, at + AHEAD_MS];
    const texts = objects.map(({ ics }) => ics);
    const { plans, busy, problems } = await this.read(source, texts, from, to);
    const { store, onChanges } = this.#options;
    const changes = await store.putPlans({ source, from, to, plans, busy, at });
    await onChanges({ source, ...changes, problems });
    return problems;
  }
}

function neverFetched(source: string): CalendarFetch {
  return { source, fetchedAt: null, changedAt: null, error: null, failures: 0, memory: '' };
}

function machineZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function notWritable(id: string): OptimizerError {
  return new OptimizerError('forbidden', `The calendar ${id} is only read here.`, {
    fix: 'Change it where it comes from.',
  });
}
