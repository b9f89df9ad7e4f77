import { setImmediate } from 'node:timers/promises';
import { foldSession } from '@claude-optimizer/core';
import { LIMIT_RULE, limitWindows } from '@claude-optimizer/core/report';
import {
  addUsage,
  NO_USAGE,
  NOTHING_UNPRICED,
  type Indexing,
  type MalformedLine,
  type SessionEvent,
  type SessionQuery,
  type SessionState,
  type Unnumbered,
  type UsageFilter,
  type UsageRowKey,
} from '@claude-optimizer/protocol';
import type { ExportOrigin } from '../export/export-source.js';
import type { History } from '../history.js';
import { Listeners } from '../listeners.js';
import { usageReport, type UsageSource } from '../reports/usage-report.js';

/** A whole history that is kept in memory: numbers, folds and publishes like the real one. */
export class MemoryHistory implements History {
  readonly stored: SessionEvent[] = [];
  /** What its store would sum up. */
  sums: Awaited<ReturnType<UsageSource['usageSums']>> = [];
  readonly malformedLines: MalformedLine[] = [];
  readonly states = new Map<string, SessionState>();
  indexing = { filesDone: 0, filesTotal: 0 };
  ready = false;
  snapshotsTaken = 0;
  /** What a start has to read before it knows anything of today. */
  reading: Promise<void> = Promise.resolve();
  private readonly told = new Listeners<[readonly SessionEvent[]]>();
  private readonly statuses = new Listeners();

  constructor(readonly epoch: string) {}

  /** One commit: stores the events and publishes them at once. */
  commit(...events: Unnumbered[]): SessionEvent[] {
    const numbered = events.map((event, index) => ({
      ...event,
      seq: this.stored.length + index + 1,
    })) as SessionEvent[];
    for (const event of numbered) {
      this.stored.push(event);
      this.states.set(
        event.sessionId,
        foldSession(this.states.get(event.sessionId) ?? null, event),
      );
    }
    this.told.tell(numbered);
    return numbered;
  }

  report(change: { indexing?: Indexing; ready?: boolean }): void {
    Object.assign(this, change);
    this.statuses.tell();
  }

  lastSeq(): number {
    return this.stored.length;
  }

  async eventsAfter(afterSeq: number, limit: number): Promise<SessionEvent[]> {
    await setImmediate();
    return this.stored.slice(afterSeq, afterSeq + limit);
  }

  firstRead(): Promise<void> {
    return this.reading;
  }

  async snapshot() {
    this.snapshotsTaken += 1;
    await setImmediate();
    const active = this.summaries();
    return {
      epoch: this.epoch,
      seq: this.lastSeq(),
      now: Date.now(),
      version: '0.0.0',
      today: {
        startsAt: 0,
        usage: active.map(({ usage }) => usage).reduce(addUsage, NO_USAGE),
        unpriced: NOTHING_UNPRICED,
        sessions: active.length,
      },
      active,
      recent: [],
      sessionsTotal: active.length,
      ...this.status(),
    };
  }

  list({ status, project, limit, cursor, offset = 0 }: SessionQuery) {
    const start = Number(cursor ?? offset);
    const found = this.summaries()
      .filter((summary) => !status || status.includes(summary.status))
      .filter((summary) => project === undefined || summary.project === project);
    const more = start + limit < found.length;
    return Promise.resolve({
      sessions: found
        .slice(start, start + limit)
        .map((summary) => ({ ...summary, hidden: false, launch: null })),
      total: found.length,
      nextCursor: more ? String(start + limit) : null,
    });
  }

  detail(id: string) {
    const state = this.states.get(id);
    return Promise.resolve(
      state
        ? {
            seq: state.summary.seq,
            state,
            slotMs: 60_000,
            usage: [],
            usageByModel: [],
            activity: this.ownEvents(id),
          }
        : null,
    );
  }

  eventsOf(id: string, types: readonly SessionEvent['type'][]) {
    const all = this.stored.filter(({ sessionId }) => sessionId === id);
    return Promise.resolve(
      all.length === 0 ? null : all.filter(({ type }) => types.includes(type)),
    );
  }

  events(id: string, before: number | null, limit: number) {
    if (!this.states.has(id)) return Promise.resolve(null);
    const older = this.ownEvents(id).filter((event) => before === null || event.seq < before);
    const events = older.slice(-limit);
    const nextBefore = older.length > limit ? (events[0]?.seq ?? null) : null;
    return Promise.resolve({ events, nextBefore });
  }

  eventsOfAfter(id: string, after: number, limit: number) {
    if (!this.states.has(id)) return Promise.resolve(null);
    const newer = this.ownEvents(id).filter((event) => event.seq > after);
    const events = newer.slice(0, limit);
    const nextAfter = newer.length > limit ? (events.at(-1)?.seq ?? null) : null;
    return Promise.resolve({ events, nextAfter, seq: this.lastSeq() });
  }

  usage(query: UsageFilter & { by: readonly UsageRowKey[] }) {
    return usageReport({ usageSums: () => Promise.resolve(this.sums) }, query, Date.now());
  }

  limits() {
    const now = Date.now();
    return Promise.resolve({ windows: limitWindows(this.sums, {}, now), rule: LIMIT_RULE });
  }

  /** There is nothing to export here: that is proved on a real store. */
  exports(): ExportOrigin {
    const none = () => Promise.resolve([]);
    return {
      reads: {
        ...{ selected: none, eventsOf: none, responsesOf: none, toolCallsOf: none },
        ...{ countSelected: () => Promise.resolve(0), usageByModel: none },
        knownIds: () => Promise.resolve(new Set<string>()),
        usageOverTime: () => Promise.resolve({ slotMs: 60_000, usage: [] }),
      },
      between: (work) => work(),
      now: Date.now,
      elsewhere: null,
    };
  }

  malformed(limit: number) {
    const lines = this.malformedLines.slice(0, limit);
    return Promise.resolve({ lines, total: this.malformedLines.length });
  }

  end(sessionId: string) {
    return this.change(sessionId, {
      type: 'session:complete',
      sessionId,
      timestamp: Date.now(),
      recordId: `end-${sessionId}`,
      reason: 'ended',
      clientCostMicrodollars: null,
    });
  }

  setBudget(sessionId: string, budgetMicrodollars: number | null) {
    const timestamp = Date.now();
    return this.change(sessionId, {
      type: 'session:budget',
      sessionId,
      timestamp,
      budgetMicrodollars,
    });
  }

  status() {
    const { indexing, ready } = this;
    return { indexing, ready, malformedLines: this.malformedLines.length };
  }

  onEvents(listener: (events: readonly SessionEvent[]) => void) {
    return this.told.add(listener);
  }

  onStatus(listener: () => void) {
    return this.statuses.add(listener);
  }

  private change(sessionId: string, event: Unnumbered) {
    const known = this.states.has(sessionId);
    return Promise.resolve(known ? (this.commit(event)[0] ?? null) : null);
  }

  private summaries() {
    return [...this.states.values()].map(({ summary }) => summary);
  }

  private ownEvents(id: string) {
    return this.stored.filter((event) => event.sessionId === id);
  }
}

/** Events of a session in which something is said, one a millisecond. */
export function saying(sessionId: string, count: number, words = 'word'): Unnumbered[] {
  return Array.from({ length: count }, (_, index) => ({
    type: 'session:message',
    sessionId,
    timestamp: 1_000 + index,
    recordId: `${sessionId}-${index}`,
    agentId: null,
    text: words,
    closing: false,
  }));
}
