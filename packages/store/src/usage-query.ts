import type { SessionDetail } from '@claude-optimizer/protocol';

/** What sums of usage may be told apart by; `day` is a local one, `slot` a quarter of an hour. */
export type UsageKey = 'day' | 'slot' | 'model' | 'project' | 'session';

/** Which usage is wanted, and how it is told apart. Times in epoch ms, on bounds of a slot. */
export type UsageQuery = {
  /** Stretches of time with one offset from UTC each (local time less UTC); `to` is excluded. */
  periods: readonly { from: number; to: number; offsetMs: number }[];
  by: readonly UsageKey[];
  project?: string;
  model?: string;
};

/** A sum of usage; the keys that weren't asked for are null. A key may come once per period. */
export type UsageSum = {
  /** Days since 1970-01-01 in local time. */
  day: number | null;
  /** Start of the slot. */
  slot: number | null;
  model: string | null;
  project: string | null;
  sessionId: string | null;
  inputTokens: number;
  outputTokens: number;
  cacheWrite5mTokens: number;
  cacheWrite1hTokens: number;
  cacheReadTokens: number;
  messages: number;
  /** The exact cost of what has a price. */
  costPicodollars: number;
  unpricedMessages: number;
  unpricedTokens: number;
  /** Priced by a similar model's price. */
  estimatedMessages: number;
  /** Without a final output count. */
  incompleteMessages: number;
};

/** Which tool calls are wanted: those that ended from `from` until before `to` (epoch ms). */
export type ToolSumQuery = { from: number; to: number; project?: string; byProject?: boolean };

/** All finished calls of one tool; `project` is null unless it was asked for. */
export type ToolSum = {
  name: string;
  project: string | null;
  calls: number;
  errors: number;
  denials: number;
  /** Sum of the `timed` calls whose start and end were both seen. */
  durationMs: number;
  timed: number;
  linesAdded: number;
  linesRemoved: number;
};

/** A session's usage in slots of one width, and by model. */
export type UsageOverTime = Pick<SessionDetail, 'slotMs' | 'usage'>;
export type UsageByModel = SessionDetail['usageByModel'];
