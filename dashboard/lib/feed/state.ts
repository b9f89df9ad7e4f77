import type { Attention } from '@claude-optimizer/core/live';
import type {
  DemoState,
  Indexing,
  SessionSummary,
  Snapshot,
  Today,
} from '@claude-optimizer/protocol';

export type ActiveIds = Readonly<Record<Attention, readonly string[]>>;

const NO_ACTIVE: ActiveIds = { answer: [], failed: [], prompt: [], running: [], idle: [] };

/** What the page knows about the world; immutable, parts keep their identity until they change. */
export type FeedState = {
  /** null until the first data is there. */
  epoch: string | null;
  /** `seq` of the last event folded in. */
  seq: number;
  version: string;
  today: Today | null;
  /** Sessions that the page follows: active ones and those that ended last, by id. */
  sessions: ReadonlyMap<string, SessionSummary>;
  /** Ids of sessions with a card, by what they want from the person; see order.ts. */
  active: ActiveIds;
  /** Ids of finished sessions, last sign of life first. */
  recentIds: readonly string[];
  sessionsTotal: number;
  indexing: Indexing;
  ready: boolean;
  malformedLines: number;
  demo: DemoState;
};

export const NO_STATE: FeedState = {
  epoch: null,
  seq: 0,
  version: '',
  today: null,
  sessions: new Map(),
  active: NO_ACTIVE,
  recentIds: [],
  sessionsTotal: 0,
  indexing: { filesDone: 0, filesTotal: 0 },
  ready: false,
  malformedLines: 0,
  demo: { running: false, speed: 1 },
};

/**
 * The state that a snapshot describes; what was known before is forgotten, but for the lists
 * whose identity may stay (atTime brings them up to date).
 */
export function fromSnapshot(snapshot: Snapshot, before: FeedState): FeedState {
  const { epoch, seq, version, today, sessionsTotal, indexing, ready, malformedLines, demo } =
    snapshot;
  const sessions = new Map(
    [...snapshot.recent, ...snapshot.active].map((session) => [session.id, session]),
  );
  const { active, recentIds } = before;
  return {
    ...{ epoch, seq, version, today, sessions, active, recentIds },
    ...{ sessionsTotal, indexing, ready, malformedLines, demo },
  };
}
