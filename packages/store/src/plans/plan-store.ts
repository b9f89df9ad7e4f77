import type {
  AuditLine,
  Busy,
  Entry,
  Launch,
  Plan,
  Run,
  RunQuery,
} from '@claude-optimizer/protocol';

/** What the person said to a plan's content; `series` (a UID) covers all its occurrences. */
export type Approval = {
  source: string;
  uid: string;
  /** Null: the whole series. */
  planId: string | null;
  contentHash: string;
  decision: 'approved' | 'refused';
  at: number;
};

/** What a calendar was found to hold at its last good fetch. */
export type CalendarFetch = {
  source: string;
  fetchedAt: number | null;
  changedAt: number | null;
  error: string | null;
  failures: number;
  /** The source's own memory between fetches (ETag, sync token), as JSON without secrets. */
  memory: string;
};

/** A plan as it was last seen, and when first; `gone`: a good fetch no longer has it. */
export type StoredPlan = { plan: Plan; gone: boolean; seenAt: number };

/**
 * What the person planned and what became of it: unlike the archive it can't be read again from
 * the transcripts, so it has a file of its own and each write is on the disk before it returns.
 * Throws `store_unavailable` and `store_newer` when opened.
 */
export interface PlanStore {
  /** Adds or replaces a run. A plan has one run: false when another run has its `planId` already. */
  putRun(run: Run): Promise<boolean>;
  /**
   * Replaces the run only while it is stored with this revision; false when it has moved on. Of
   * two that claim the same run at once, one wins.
   */
  moveRun(run: Run, fromRevision: number): Promise<boolean>;
  run(id: string): Promise<Run | null>;
  runOfPlan(planId: string): Promise<Run | null>;
  runOfSession(sessionId: string): Promise<Run | null>;
  runs(query: RunQuery): Promise<{ runs: Run[]; nextCursor: string | null }>;
  /** The sessions that runs have launched, with their plan's phase. */
  launches(): Promise<(Launch & { sessionId: string })[]>;
  /** Those that have not ended, oldest first. */
  activeRuns(): Promise<Run[]>;
  /** Those that were started from `from` until before `to` (epoch ms). */
  runsStarted(from: number, to: number): Promise<Run[]>;

  /**
   * What a good fetch of a source gave between `from` and `to`: plans are added or replaced, those
   * of the window that are missing now become gone. In one transaction.
   */
  putPlans(fetched: {
    source: string;
    from: number;
    to: number;
    plans: readonly Plan[];
    busy: readonly Busy[];
    /** When it was fetched; what is new was first seen then. */
    at: number;
  }): Promise<{ added: Plan[]; changed: { before: Plan; after: Plan }[]; gone: Plan[] }>;
  plan(id: string): Promise<StoredPlan | null>;
  /** Plans (not gone) that begin before `to` and end after `from`, by start. */
  plans(from: number, to: number): Promise<StoredPlan[]>;
  /** The same of those that are gone, but whose run was started: what came of it stays. */
  plansLeft(from: number, to: number): Promise<StoredPlan[]>;
  busy(from: number, to: number): Promise<Busy[]>;
  /** Forgets a source's plans and busy times. */
  dropSource(source: string): Promise<void>;
  fetches(): Promise<CalendarFetch[]>;
  putFetch(fetch: CalendarFetch): Promise<void>;

  approve(approval: Approval): Promise<void>;
  /** What was last said to this content, of the plan itself or its series. */
  approvalOf(plan: Plan): Promise<Approval | null>;

  entries(): Promise<Entry[]>;
  /** Adds (revision 0) or replaces; false when the stored revision isn't `entry.revision - 1`. */
  putEntry(entry: Entry): Promise<boolean>;
  dropEntry(id: string): Promise<boolean>;

  audit(line: Omit<AuditLine, 'id'>): Promise<void>;
  auditLines(limit: number, before: number | null): Promise<AuditLine[]>;
  close(): Promise<void>;
}
