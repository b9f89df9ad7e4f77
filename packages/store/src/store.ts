import type {
  EventPage,
  MalformedLine,
  Objective,
  SessionEvent,
  SessionList,
  SessionQuery,
  SessionState,
  SessionStatus,
  SessionSummary,
  Unpriced,
  Usage,
} from '@claude-optimizer/protocol';
import type { ExportReads } from './export-reads.js';
import type { SessionLoad } from './load.js';
import type { ListScope } from './session-scope.js';
import type {
  ToolSum,
  ToolSumQuery,
  UsageByModel,
  UsageOverTime,
  UsageQuery,
  UsageSum,
} from './usage-query.js';

/** A session as it is kept: our own small number for it and its state. */
export type StoredSession = { key: number; state: SessionState };

/** How far a transcript file has been read, and how to tell whether it is still the same file. */
export type Checkpoint = {
  /** Our own small number for the file. */
  id: number;
  path: string;
  sessionId: string | null;
  /** Bytes read: all before is in the store, nothing after. */
  offset: number;
  /** The last bytes before `offset`: other bytes there mean another file. */
  tail: Buffer;
  /** Size and time of the last change (epoch ms) when it was read. */
  size: number;
  modifiedAt: number;
  /** When the file was made (epoch ms, fractions count): the earliest file owns what it shares. */
  bornAt: number;
  /** What the reader remembers from line to line, as JSON. */
  reader: string;
  /** True when its lines may have been read before (replaced, or a second copy). */
  repeats: boolean;
};

/** What tells whether a file has changed, and whose it is: its checkpoint without what is heavy. */
export type FileMark = Pick<
  Checkpoint,
  'id' | 'path' | 'sessionId' | 'size' | 'modifiedAt' | 'repeats'
>;

/** Which response a usage row is about. */
export type ResponseKey = { messageId: string; requestId: string };

/** One response in the archive-wide ledger, and the session that it belongs to. */
export type LedgerRow = ResponseKey & {
  sessionId: string;
  bornAt: number;
  model: string;
  agentId: string | null;
  at: number;
  webSearches: number;
  /** Whether any of its lines said why the response ended. */
  stopped: boolean;
  basis: 'exact' | 'estimate' | 'unknown';
  /** By which rule it is billed; null where an earlier version read it, which kept none. */
  billing: 'standard' | 'fast' | 'batch' | null;
  usage: Usage;
  /** The exact cost; null when unknown. */
  costPicodollars: number | null;
};

/** What other prices mean for one model; a cost is null where no response of it has a price. */
export type ModelRepriced = {
  model: string;
  responses: number;
  tokens: number;
  beforePicodollars: number | null;
  afterPicodollars: number | null;
};

/** The history got other prices at `at` (epoch ms); `finishedAt` is null until all of it has them. */
export type PriceChange = {
  id: number;
  at: number;
  finishedAt: number | null;
  reason: string;
  models: ModelRepriced[];
  beforePicodollars: number;
  afterPicodollars: number;
};

/** A finished tool call; `seq` is that of the event that ended it. */
export type ToolCall = {
  seq: number;
  toolUseId: string;
  name: string;
  agentId: string | null;
  endedAt: number;
  durationMs: number | null;
  outcome: string;
  file: string | null;
  linesAdded: number | null;
  linesRemoved: number | null;
};

/** Where in which file the line stands that an event came from. */
export type EventSource = { fileId: number; byteOffset: number };

/** What one session gains in a commit. */
export type SessionChange = {
  session: StoredSession;
  status: SessionStatus;
  /** When the status changes by the clock alone (epoch ms); null if it doesn't. */
  statusUntil: number | null;
  toolCalls: readonly ToolCall[];
  objectives: readonly Objective[];
};

/** What must become true together: events, what follows from them, and how far was read. */
export type Commit = {
  events: readonly { event: SessionEvent; source: EventSource | null }[];
  sessions: readonly SessionChange[];
  ledger: readonly LedgerRow[];
  checkpoints: readonly Checkpoint[];
  malformed: readonly (EventSource & { reason: string; seenAt: number })[];
};

/** A session's load with its place in the history. */
export type PlacedLoad = {
  load: SessionLoad;
  /** The number of the event before its first. */
  seq: number;
  sessionKey: number;
  /** Responses that are its own and were counted for other sessions until now. */
  taken: readonly LedgerRow[];
};

/** A session in a list of many; `title` is its first prompt where it has none. */
export type SessionHead = { project: string | null; title: string | null; lastAt: number };

/** One request as the client's own telemetry gives it. */
export type ClientRequest = {
  sessionId: string;
  requestId: string;
  model: string;
  at: number;
  inputTokens: number;
  outputTokens: number;
  cacheWrite5mTokens: number;
  cacheWrite1hTokens: number;
  cacheReadTokens: number;
  costMicrodollars: number;
};

/** A request by the client's own count, and by ours where its transcript has been read. */
export type ComparedRequest = ClientRequest & {
  ours: { tokens: number; costPicodollars: number | null } | null;
};

/** A session that the person deleted, and the files that aren't read for it any more. */
export type DeletedSession = {
  sessionId: string;
  at: number;
  /** Null as long as it can be taken back. */
  removedAt: number | null;
  paths: string[];
};

/** The memory. One writer; all times in epoch ms. Errors: `store_unavailable`, `store_newer`. */
export interface Store {
  /** Names this history; another store, another epoch. */
  readonly epoch: string;
  readonly exports: ExportReads;

  fileMarks(): Promise<FileMark[]>;
  /** Where reading of a file goes on; null for one that was never read. At once, as it is awaited. */
  checkpoint(path: string): Checkpoint | null;
  sessions(ids: readonly string[]): Promise<Map<string, StoredSession>>;
  /** Rows of the ledger by `responseId`. */
  ledger(keys: readonly ResponseKey[]): Promise<Map<string, LedgerRow>>;
  /** All responses of the sessions after a key, some `rows` at a time; see `sqlite/prices.ts`. */
  usageAfter(
    sessionKey: number,
    rows: number,
  ): Promise<{ rows: LedgerRow[]; lastKey: number | null }>;
  /** The fingerprint of the prices that the history has; null when not known. */
  pricedWith(): Promise<string | null>;
  setPricedWith(fingerprint: string): Promise<void>;
  addPriceChange(change: Omit<PriceChange, 'id' | 'finishedAt'>): Promise<number>;
  finishPriceChange(id: number, at: number): Promise<void>;
  priceChanges(limit: number): Promise<PriceChange[]>;
  lastSeq(): Promise<number>;
  lastSessionKey(): Promise<number>;
  commit(commit: Commit): Promise<void>;
  /** The ledger's rows of other sessions, where responses of a load belong. At once. */
  inTheWay(load: SessionLoad): LedgerRow[];
  /** Much is going to be loaded, until `endLoads`: written in fewer, larger steps. */
  beginLoads(): void;
  endLoads(): void;
  /**
   * Writes loads and what follows from them for other sessions: all of it or nothing. Whatever else
   * is written meanwhile is part of it.
   */
  load(loads: readonly PlacedLoad[], commit: Commit): Promise<void>;

  eventsAfter(seq: number, limit: number): Promise<SessionEvent[]>;
  /** A session's events before `before` (null: the newest), oldest first. */
  sessionEvents(id: string, before: number | null, limit: number): Promise<EventPage>;
  /** A session's events with `seq` greater than `after`, in order, at most `limit`. */
  sessionEventsAfter(id: string, after: number, limit: number): Promise<SessionEvent[]>;
  /** Every stored event of a session of these types, in order. */
  sessionEventsOf(id: string, types: readonly SessionEvent['type'][]): Promise<SessionEvent[]>;
  /** A window of the visible sessions; `scope`: what else narrows it. */
  list(query: SessionQuery, scope?: ListScope): Promise<SessionList>;
  /** Visible sessions in one of the statuses, newest first. */
  inStatus(statuses: readonly SessionStatus[], limit: number): Promise<SessionSummary[]>;
  countSessions(): Promise<number>;
  /** Sessions whose status may have changed by the clock. */
  statusDue(now: number): Promise<SessionSummary[]>;
  setStatus(id: string, status: SessionStatus, until: number | null): Promise<void>;
  /** First and last time of a session's usage, its usage in slots, and by model. */
  usageOverTime(id: string, maxSlots: number): Promise<UsageOverTime>;
  usageByModel(id: string): Promise<UsageByModel>;
  usageSums(query: UsageQuery): Promise<UsageSum[]>;
  toolSums(query: ToolSumQuery): Promise<ToolSum[]>;
  sessionHeads(): Promise<Map<string, SessionHead>>;
  usageSince(at: number): Promise<{ usage: Usage; unpriced: Unpriced; sessions: number }>;
  /** Keeps what the client says of its requests beside our own count; said again it's the same. */
  addClientRequests(requests: readonly ClientRequest[]): Promise<void>;
  /** A session's requests as the client counts them, oldest first, with ours. */
  comparedRequests(sessionId: string): Promise<ComparedRequest[]>;
  malformed(limit: number): Promise<{ lines: MalformedLine[]; total: number }>;
  /** Gives this history another name: whoever has read it must forget all. */
  renew(): Promise<void>;
  deletedSessions(): Promise<DeletedSession[]>;
  /** Takes a session out of lists and sums at once; the paths of its files, null if unknown. */
  markDeleted(id: string, at: number): Promise<string[] | null>;
  /** Takes the mark back; false when there is none, or all is removed already. */
  unmarkDeleted(id: string): Promise<boolean>;
  /** Removes up to so many rows of a marked session; true once nothing of it is left. */
  removeDeleted(id: string, rows: number, now: number): Promise<boolean>;
  /** Leaves a session out of lists or puts it back; false when it's unknown. */
  setHidden(id: string, hidden: boolean): Promise<boolean>;
  /** The transcripts that were read for a session. */
  filesOf(sessionId: string): Promise<string[]>;
  close(): Promise<void>;
}

/** The ledger's key of a response as text. */
export function responseId({ messageId, requestId }: ResponseKey): string {
  return `${messageId}\0${requestId}`;
}
