import type { SessionEvent } from '@claude-optimizer/protocol';
import type { LedgerRow, StoredSession, ToolCall } from './store.js';
import type { UsageByModel, UsageOverTime } from './usage-query.js';

/** Which sessions are wanted: these, or those with any sign of life from `from` until before `to`. */
export type SessionSelection = {
  ids?: readonly string[];
  /** Epoch ms. */
  from?: number;
  to?: number;
  /** The whole path, or its last folder. */
  project?: string;
  /** One of the models that it used. */
  model?: string;
};

/** What exports read, page by page; `key` is that of the `StoredSession`. */
export interface ExportReads {
  /** Sessions oldest first, after one; without ids none that is hidden. */
  selected(
    selection: SessionSelection,
    after: { startedAt: number; key: number } | null,
    limit: number,
  ): Promise<StoredSession[]>;
  countSelected(selection: SessionSelection): Promise<number>;
  /** Those of the ids that there are. */
  knownIds(ids: readonly string[]): Promise<Set<string>>;
  /** Events in order, but those of tokens and of the session's facts. */
  eventsOf(key: number, afterSeq: number, limit: number): Promise<SessionEvent[]>;
  /** Responses in order of their time, of the selection's time and model alone. */
  responsesOf(
    key: number,
    selection: SessionSelection,
    after: { at: number; messageId: string; requestId: string } | null,
    limit: number,
  ): Promise<LedgerRow[]>;
  toolCallsOf(
    key: number,
    selection: SessionSelection,
    afterSeq: number,
    limit: number,
  ): Promise<ToolCall[]>;
  usageOverTime(id: string, maxSlots: number): Promise<UsageOverTime>;
  usageByModel(id: string): Promise<UsageByModel>;
}
