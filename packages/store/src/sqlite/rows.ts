import type {
  Objective,
  SessionEvent,
  SessionState,
  SessionSummary,
  Unnumbered,
  Usage,
} from '@claude-optimizer/protocol';
import { roundCost, totalTokens } from '@claude-optimizer/protocol';
import type { Selectable } from 'kysely';
import type {
  Checkpoint,
  FileMark,
  LedgerRow,
  SessionChange,
  StoredSession,
  ToolCall,
} from '../store.js';
import type { Database } from './schema.js';

export type Row<T extends keyof Database> = Selectable<Database[T]>;

/** A session's row; summary and the rest apart, as lists only want the first. */
export function sessionRow({
  session,
  status,
  statusUntil,
}: SessionChange): Omit<Row<'sessions'>, 'hidden'> {
  const { summary, ...detail } = session.state;
  return {
    key: session.key,
    id: summary.id,
    visible: summary.visible ? 1 : 0,
    status,
    status_until: statusUntil,
    project: summary.project,
    title: summary.title,
    first_prompt: summary.firstPrompt,
    models: JSON.stringify(summary.models),
    started_at: summary.startedAt,
    last_at: summary.lastAt,
    cost: summary.usage.costMicrodollars,
    tokens: totalTokens(summary.usage),
    summary: JSON.stringify(summary),
    detail: JSON.stringify(detail),
    ...listColumns(summary),
  };
}

const NAME_LENGTH = 200;

function listColumns(summary: SessionSummary) {
  const { usage, objectives, counts } = summary;
  const sent =
    usage.inputTokens + usage.cacheWrite5mTokens + usage.cacheWrite1hTokens + usage.cacheReadTokens;
  return {
    name: summary.title ?? summary.firstPrompt?.slice(0, NAME_LENGTH) ?? null,
    branch: summary.branch,
    model: summary.model,
    active_ms: summary.activeMs,
    cache_hits: sent === 0 ? null : usage.cacheReadTokens / sent,
    objectives_done: objectives.completed,
    objectives_total: objectives.total,
    tools: counts.tools,
    errors: counts.toolErrors + counts.errors,
  };
}

/** The session that a row holds. */
export function storedSession(
  row: Pick<Row<'sessions'>, 'key' | 'summary' | 'detail'>,
): StoredSession {
  const detail = JSON.parse(row.detail) as Omit<SessionState, 'summary'>;
  return { key: row.key, state: { ...detail, summary: summaryOf(row) } };
}

/** The summary that a row holds. */
export function summaryOf(row: Pick<Row<'sessions'>, 'summary'>): SessionSummary {
  return JSON.parse(row.summary) as SessionSummary;
}

/** What an event's columns don't say, as JSON. */
export function eventPayload(event: SessionEvent): string {
  const columns = { seq: undefined, sessionId: undefined, timestamp: undefined, type: undefined };
  return JSON.stringify({ ...event, ...columns });
}

/** The event that a row holds. */
export function eventOf(
  row: Pick<Row<'session_events'>, 'seq' | 'type' | 'timestamp' | 'payload'> & { id: string },
): SessionEvent {
  const head = { seq: row.seq, sessionId: row.id, timestamp: row.timestamp, type: row.type };
  return { ...head, ...(JSON.parse(row.payload) as Unnumbered) };
}

/** A ledger row, without its place and session. */
export function usageRow(row: LedgerRow): Omit<Row<'usage'>, 'id' | 'hash' | 'session_key'> {
  return {
    message_id: row.messageId,
    request_id: row.requestId,
    born_at: row.bornAt,
    model: row.model,
    agent_id: row.agentId,
    at: row.at,
    input: row.usage.inputTokens,
    output: row.usage.outputTokens,
    cache_write_5m: row.usage.cacheWrite5mTokens,
    cache_write_1h: row.usage.cacheWrite1hTokens,
    cache_read: row.usage.cacheReadTokens,
    web_searches: row.webSearches,
    stopped: row.stopped ? 1 : 0,
    cost: row.costPicodollars,
    basis: row.basis,
    billing: row.billing,
  };
}

/** The ledger row that a row holds. */
export function ledgerRow(row: Omit<Row<'usage'>, 'id' | 'hash'> & { session: string }): LedgerRow {
  return {
    messageId: row.message_id,
    requestId: row.request_id,
    sessionId: row.session,
    bornAt: row.born_at,
    model: row.model,
    agentId: row.agent_id,
    at: row.at,
    webSearches: row.web_searches,
    stopped: row.stopped === 1,
    basis: row.basis as LedgerRow['basis'],
    billing: row.billing as LedgerRow['billing'],
    usage: {
      inputTokens: row.input,
      outputTokens: row.output,
      cacheWrite5mTokens: row.cache_write_5m,
      cacheWrite1hTokens: row.cache_write_1h,
      cacheReadTokens: row.cache_read,
      messages: 1,
      costMicrodollars: row.cost === null ? null : roundCost(row.cost).microdollars,
    },
    costPicodollars: row.cost,
  };
}

/** A finished tool call's row. */
export function toolCallRow(sessionKey: number, call: ToolCall): Row<'tool_calls'> {
  return {
    seq: call.seq,
    session_key: sessionKey,
    tool_use_id: call.toolUseId,
    name: call.name,
    agent_id: call.agentId,
    ended_at: call.endedAt,
    duration_ms: call.durationMs,
    outcome: call.outcome,
    file: call.file,
    lines_added: call.linesAdded,
    lines_removed: call.linesRemoved,
  };
}

/** The finished tool call that a row holds. */
export function toolCallOf(row: Row<'tool_calls'>): ToolCall {
  return {
    seq: row.seq,
    toolUseId: row.tool_use_id,
    name: row.name,
    agentId: row.agent_id,
    endedAt: row.ended_at,
    durationMs: row.duration_ms,
    outcome: row.outcome,
    file: row.file,
    linesAdded: row.lines_added,
    linesRemoved: row.lines_removed,
  };
}

/** An objective's row. */
export function objectiveRow(sessionKey: number, objective: Objective): Row<'objectives'> {
  const { id, text, status, source, taskId, createdAt, startedAt, completedAt } = objective;
  return {
    session_key: sessionKey,
    id,
    text,
    status,
    source,
    task_id: taskId,
    created_at: createdAt,
    started_at: startedAt,
    completed_at: completedAt,
  };
}

/** A checkpoint's row. */
export function fileRow(checkpoint: Checkpoint): Row<'files'> {
  const { id, path, sessionId, offset, tail, size, modifiedAt, bornAt, reader } = checkpoint;
  return {
    id,
    path,
    session_id: sessionId,
    offset,
    tail,
    size,
    modified_at: modifiedAt,
    born_at: bornAt,
    reader,
    repeats: checkpoint.repeats ? 1 : 0,
  };
}

/** The checkpoint that a row holds. */
export function checkpointOf(row: Row<'files'>): Checkpoint {
  const { id, path, session_id, offset, tail, size, modified_at, born_at, reader } = row;
  return {
    id,
    path,
    sessionId: session_id,
    offset,
    tail,
    size,
    modifiedAt: modified_at,
    bornAt: born_at,
    reader,
    repeats: row.repeats === 1,
  };
}

export function markOf(
  row: Omit<Row<'files'>, 'offset' | 'tail' | 'born_at' | 'reader'>,
): FileMark {
  const { id, path, session_id: sessionId, size, modified_at: modifiedAt, repeats } = row;
  return { id, path, sessionId, size, modifiedAt, repeats: repeats === 1 };
}

/** Sums of usage columns, as the selects below name them. */
export type UsageSums = {
  input: number | null;
  output: number | null;
  cache_write_5m: number | null;
  cache_write_1h: number | null;
  cache_read: number | null;
  messages: number;
  cost: number | null;
};

/** Usage of a sum; its cost is null when none of its responses has a price, 0 when it is empty. */
export function usageOfSums(sums: UsageSums): Usage {
  return {
    inputTokens: sums.input ?? 0,
    outputTokens: sums.output ?? 0,
    cacheWrite5mTokens: sums.cache_write_5m ?? 0,
    cacheWrite1hTokens: sums.cache_write_1h ?? 0,
    cacheReadTokens: sums.cache_read ?? 0,
    messages: sums.messages,
    costMicrodollars: sums.messages === 0 ? 0 : sums.cost,
  };
}
