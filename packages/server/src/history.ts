import type {
  DemoState,
  EventPage,
  EventsAfter,
  Limits,
  MalformedLine,
  ServerStatus,
  SessionDetail,
  SessionEvent,
  SessionList,
  SessionQuery,
  Snapshot,
  UsageFilter,
  UsageReport,
  UsageRowKey,
} from '@claude-optimizer/protocol';
import type { Conversations } from './conversation/conversations.js';
import type { ExportOrigin } from './export/export-source.js';

/**
 * One history of sessions as REST and socket see it: the person's own, or a demo's.
 * They ask this and never the store. Unknown session ids answer null.
 */
export interface History {
  /** Names the sequence that `seq` counts in; another epoch, another history. */
  readonly epoch: string;
  /** `seq` of the last published event; 0 when there is none. */
  lastSeq(): number;
  /** Stored events with `seq` greater than `afterSeq`, in order, at most `limit`. */
  eventsAfter(afterSeq: number, limit: number): Promise<SessionEvent[]>;
  /** Resolves once what was written today is read: before, the day's figures are none. */
  firstRead(): Promise<void>;
  /** The edge adds `demo`, which no single history knows. */
  snapshot(): Promise<Omit<Snapshot, 'demo'>>;
  list(query: SessionQuery): Promise<SessionList>;
  detail(id: string): Promise<SessionDetail | null>;
  /** A session's events before `before` (or the newest), oldest first. */
  events(id: string, before: number | null, limit: number): Promise<EventPage | null>;
  /** A session's events with `seq` greater than `after`, oldest first. */
  eventsOfAfter(id: string, after: number, limit: number): Promise<EventsAfter | null>;
  /** All of a session's events of these types, in order. */
  eventsOf(id: string, types: readonly SessionEvent['type'][]): Promise<SessionEvent[] | null>;
  /** Sums of usage by the wanted keys, all of them. */
  usage(
    query: UsageFilter & { by: readonly UsageRowKey[] },
  ): Promise<Omit<UsageReport, 'nextCursor'>>;
  /** The provider's limit windows that are open now. */
  limits(): Promise<Limits>;
  malformed(limit: number): Promise<{ lines: MalformedLine[]; total: number }>;
  /** Where exports are read from, page by page. */
  exports(): ExportOrigin;
  /** Marks the session as ended by the person; the event is published. */
  end(id: string): Promise<SessionEvent | null>;
  /** Sets or (null) removes the session's budget; the event is published. */
  setBudget(id: string, budgetMicrodollars: number | null): Promise<SessionEvent | null>;
  status(): Omit<ServerStatus, 'demo'>;
  /** Called after each commit with its events, in order of `seq`. Returns the unsubscriber. */
  onEvents(listener: (events: readonly SessionEvent[]) => void): () => void;
  /** Called when indexing progress, readiness or the count of malformed lines has changed. */
  onStatus(listener: () => void): () => void;
}

/** Which history is shown now, and the switch between the person's own and the demo's. */
export interface Stage {
  current(): History;
  /** Conversations of the current history; null where there are no transcripts. */
  conversations(): Conversations | null;
  demo(): DemoState;
  startDemo(speed: DemoState['speed']): Promise<void>;
  stopDemo(): Promise<void>;
  /** Called after `current()` or `demo()` has changed. Returns the unsubscriber. */
  onSwitch(listener: () => void): () => void;
}
