import { sessionStatus, statusValidUntil } from '@claude-optimizer/core';
import {
  type EventPage,
  type EventsAfter,
  type SessionDetail,
  type SessionEvent,
  type SessionList,
  type SessionQuery,
  type SessionSummary,
  type UsageFilter,
  type UsageRowKey,
} from '@claude-optimizer/protocol';
import { LIMIT_RULE, limitWindows, type ReportedLimits } from '@claude-optimizer/core/report';
import type { ListScope, Store } from '@claude-optimizer/store';
import type { ExportProcesses } from '../export/export-processes.js';
import type { ExportOrigin } from '../export/export-source.js';
import type { History } from '../history.js';
import { Listeners } from '../listeners.js';
import { askHeads, NOT_INDEXED, type Searching } from '../search/searching.js';
import { usageReport } from '../reports/usage-report.js';
import * as acts from './acts.js';

/** What a history needs of the one that reads transcripts. */
export type Recording = {
  lastSeq(): number;
  firstRead(): Promise<void>;
  status(): ReturnType<History['status']>;
  say(sessionId: string, act: acts.Act): Promise<SessionEvent | null>;
  /** Whether the session was deleted here. */
  ignores(sessionId: string): boolean;
  /** Runs `work` while nothing is being stored: all that it reads is of one moment. */
  between<T>(work: () => Promise<T>): Promise<T>;
};

/** Which sessions were launched by runs of ours. */
export type Launches = () => Promise<NonNullable<ListScope['launches']>>;

/** One answer stays below 200 KB: so many of each, the rest by the paged lists. */
const LIMITS = { active: 60, recent: 12, slots: 240, activity: 80, files: 200 } as const;

/** A history out of a store and of what is being recorded into it. `now` gives epoch ms. */
export class SessionHistory implements History {
  readonly #store: Store;
  readonly #recording: Recording;
  readonly #now: () => number;
  readonly #version: string;
  readonly #reported: () => ReportedLimits;
  readonly #launches: Launches;
  readonly #searching: () => Searching | null;
  readonly #exporting: ExportProcesses | null;
  readonly #events = new Listeners<[readonly SessionEvent[]]>();
  readonly #statuses = new Listeners();
  readonly #resets = new Listeners();

  constructor(options: {
    store: Store;
    recording: Recording;
    now: () => number;
    version: string;
    /** What the client has told of the provider's limits. */
    reported?: () => ReportedLimits;
    launches?: Launches;
    searching?: () => Searching | null;
    /** Makes exports that take long. */
    exporting?: ExportProcesses | null;
  }) {
    this.#store = options.store;
    this.#recording = options.recording;
    this.#now = options.now;
    this.#version = options.version;
    this.#reported = options.reported ?? (() => ({}));
    this.#launches = options.launches ?? (() => Promise.resolve([]));
    this.#searching = options.searching ?? (() => null);
    this.#exporting = options.exporting ?? null;
  }

  get epoch(): string {
    return this.#store.epoch;
  }

  lastSeq(): number {
    return this.#recording.lastSeq();
  }

  firstRead(): Promise<void> {
    return this.#recording.firstRead();
  }

  eventsAfter(afterSeq: number, limit: number): Promise<SessionEvent[]> {
    return this.#store.eventsAfter(afterSeq, limit);
  }

  snapshot() {
    return this.#recording.between(() => this.#snapshot());
  }

  async #snapshot() {
    const now = this.#now();
    await this.#refreshStatuses(now);
    const seq = this.lastSeq();
    const startsAt = new Date(now).setHours(0, 0, 0, 0);
    const today = await this.#store.usageSince(startsAt);
    const active = await this.#store.inStatus(['running', 'waiting', 'idle'], LIMITS.active);
    const ended = ['completed', 'failed', 'interrupted'] as const;
    const recent = await this.#store.inStatus(ended, LIMITS.recent);
    return {
      epoch: this.epoch,
      seq,
      now,
      version: this.#version,
      today: { startsAt, ...today },
      active: active.map((summary) => at(summary, now)),
      recent: recent.map((summary) => at(summary, now)),
      sessionsTotal: await this.#store.countSessions(),
      ...this.status(),
    };
  }

  async list(query: SessionQuery): Promise<SessionList> {
    const search = query.search?.trim() ?? '';
    if (search === '') return this.#list(query, {});
    const searching = this.#searching();
    const asked = searching?.ask(search) ?? askHeads(search, this.#now());
    const list = await this.#list(query, asked.scope);
    const hits = await asked.hitsOf(list.sessions.map(({ id }) => id));
    return {
      ...list,
      sessions: list.sessions.map((session) => ({ ...session, ...hits.get(session.id) })),
      search: searching?.state() ?? NOT_INDEXED,
    };
  }

  #list(query: SessionQuery, scope: ListScope): Promise<SessionList> {
    return this.#recording.between(async () => {
      const now = this.#now();
      await this.#refreshStatuses(now);
      const list = await this.#store.list(query, { ...scope, launches: await this.#launches() });
      return { ...list, sessions: list.sessions.map((session) => at(session, now)) };
    });
  }

  detail(id: string): Promise<SessionDetail | null> {
    return this.#recording.between(() => this.#detail(id));
  }

  async #detail(id: string): Promise<SessionDetail | null> {
    if (this.#recording.ignores(id)) return null;
    const seq = this.lastSeq();
    const found = (await this.#store.sessions([id])).get(id);
    if (!found) return null;
    const { summary, files, ...rest } = found.state;
    const edited = mostEdited(files);
    const [overTime, usageByModel, activity] = await Promise.all([
      this.#store.usageOverTime(id, LIMITS.slots),
      this.#store.usageByModel(id),
      this.#store.sessionEvents(id, null, LIMITS.activity),
    ]);
    return {
      seq,
      state: { ...rest, files: edited, summary: at(summary, this.#now()) },
      ...overTime,
      usageByModel,
      activity: activity.events,
    };
  }

  async events(id: string, before: number | null, limit: number): Promise<EventPage | null> {
    const known = !this.#recording.ignores(id) && (await this.#store.sessions([id])).has(id);
    return known ? this.#store.sessionEvents(id, before, limit) : null;
  }

  eventsOfAfter(id: string, after: number, limit: number): Promise<EventsAfter | null> {
    return this.#recording.between(async () => {
      const known = !this.#recording.ignores(id) && (await this.#store.sessions([id])).has(id);
      if (!known) return null;
      const rows = await this.#store.sessionEventsAfter(id, after, limit + 1);
      const events = rows.slice(0, limit);
      const nextAfter = rows.length > limit ? (events.at(-1)?.seq ?? null) : null;
      return { events, nextAfter, seq: this.lastSeq() };
    });
  }

  async eventsOf(id: string, types: readonly SessionEvent['type'][]) {
    const known = !this.#recording.ignores(id) && (await this.#store.sessions([id])).has(id);
    return known ? this.#store.sessionEventsOf(id, types) : null;
  }

  usage(query: UsageFilter & { by: readonly UsageRowKey[] }) {
    return this.#recording.between(() => usageReport(this.#store, query, this.#now()));
  }

  async limits() {
    const now = this.#now();
    const all = [{ from: 0, to: now + 1, offsetMs: 0 }];
    const sums = await this.#store.usageSums({ periods: all, by: ['slot'] });
    return { windows: limitWindows(sums, this.#reported(), now), rule: LIMIT_RULE };
  }

  exports(): ExportOrigin {
    const between = <T>(work: () => Promise<T>) => this.#recording.between(work);
    const elsewhere = this.#exporting;
    return { reads: this.#store.exports, between, now: this.#now, elsewhere };
  }

  malformed(limit: number) {
    return this.#store.malformed(limit);
  }

  end(id: string): Promise<SessionEvent | null> {
    return this.#recording.say(id, acts.end);
  }

  /** Makes what was planned at `plannedAt` (epoch ms) objectives of the session. */
  async plan(id: string, objectives: readonly string[], plannedAt: number): Promise<void> {
    for (const objective of objectives) {
      await this.#recording.say(id, acts.plan(objective, plannedAt));
    }
  }

  setBudget(id: string, budgetMicrodollars: number | null): Promise<SessionEvent | null> {
    return this.#recording.say(id, acts.setBudget(budgetMicrodollars));
  }

  status() {
    return this.#recording.status();
  }

  onEvents(listener: (events: readonly SessionEvent[]) => void): () => void {
    return this.#events.add(listener);
  }

  onStatus(listener: () => void): () => void {
    return this.#statuses.add(listener);
  }

  onReset(listener: () => void): () => void {
    return this.#resets.add(listener);
  }

  /** Passes on that the history has another name: what was known of it counts for nothing. */
  publishReset(): void {
    this.#resets.tell();
  }

  /** Passes on what was committed. */
  publish(events: readonly SessionEvent[]): void {
    this.#events.tell(events);
  }

  /** Passes on that progress has changed. */
  publishStatus(): void {
    this.#statuses.tell();
  }

  // Statuses change by the clock too: those that are due are set before anything asks for them.
  async #refreshStatuses(now: number): Promise<void> {
    for (const summary of await this.#store.statusDue(now)) {
      const until = statusValidUntil(summary, now);
      await this.#store.setStatus(summary.id, sessionStatus(summary, now), until);
    }
  }
}

// In the order in which they were touched, as the page folds it on.
function mostEdited(files: SessionDetail['state']['files']) {
  if (files.length <= LIMITS.files) return files;
  const most = [...files].sort((a, b) => b.edits - a.edits).slice(0, LIMITS.files);
  const kept = new Set(most);
  return files.filter((file) => kept.has(file));
}

function at<S extends SessionSummary>(summary: S, now: number): S {
  return { ...summary, status: sessionStatus(summary, now) };
}
