import type { Generated } from 'kysely';

/** The tables; `key` columns are our own small numbers, times are epoch ms, flags 0 or 1. */
export type Database = {
  meta: { name: string; value: string };
  sessions: {
    key: number;
    id: string;
    visible: number;
    status: string;
    status_until: number | null;
    project: string | null;
    title: string | null;
    first_prompt: string | null;
    /** JSON list of names. */
    models: string;
    started_at: number;
    last_at: number;
    /** Micro-dollars. */
    cost: number | null;
    tokens: number;
    /** JSON of SessionSummary. */
    summary: string;
    /** JSON of the rest of SessionState. */
    detail: string;
    /** Left out of lists by the person; its usage counts. */
    hidden: Generated<number>;
    /** What a list shows as its name: its title or the beginning of its first prompt. */
    name: string | null;
    branch: string | null;
    /** Of the main thread's last response. */
    model: string | null;
    active_ms: number;
    /** Share of what was sent that came from the cache; null where nothing was sent. */
    cache_hits: number | null;
    objectives_done: number;
    objectives_total: number;
    tools: number;
    /** Failed tool calls and errors of the client. */
    errors: number;
  };
  /** Sessions that the person deleted; their files aren't read again. */
  deleted_sessions: {
    id: string;
    at: number;
    /** Null until all of it is removed. */
    removed_at: number | null;
  };
  session_events: {
    seq: number;
    session_key: number;
    type: string;
    timestamp: number;
    file_id: number | null;
    byte_offset: number | null;
    /** JSON of the event without what the columns say. */
    payload: string;
  };
  /** Events of one session that were read together, in one row: see event-blocks.ts. */
  event_blocks: {
    first_seq: number;
    last_seq: number;
    session_key: number;
    /** How `events` is written. */
    format: number;
    /** JSON of all events from `first_seq` to `last_seq`. */
    events: string;
  };
  usage: {
    id: Generated<number>;
    /** Of message and request id; two responses may have the same. */
    hash: number;
    message_id: string;
    request_id: string;
    session_key: number;
    born_at: number;
    model: string;
    agent_id: string | null;
    at: number;
    input: number;
    output: number;
    cache_write_5m: number;
    cache_write_1h: number;
    cache_read: number;
    web_searches: number;
    /** Whether a line said why the response ended. */
    stopped: number;
    /** Pico-dollars: exact, so that a sum is rounded only once. */
    cost: number | null;
    basis: string;
    /** standard, fast or batch; null where an earlier version read it. */
    billing: string | null;
  };
  /** Each time that the history got other prices; costs in pico-dollars. */
  price_changes: {
    id: Generated<number>;
    at: number;
    /** Null until all of it was done. */
    finished_at: number | null;
    reason: string;
    /** JSON of what it meant for each model. */
    models: string;
    cost_before: number;
    cost_after: number;
  };
  /** Sums of `usage` by quarter of an hour, kept with each commit: see usage-slots.ts. */
  usage_slots: {
    /** Start of the slot. */
    at: number;
    session_key: number;
    model: string;
    input: number;
    output: number;
    cache_write_5m: number;
    cache_write_1h: number;
    cache_read: number;
    messages: number;
    /** Pico-dollars of what has a price. */
    cost: number;
    unpriced_messages: number;
    unpriced_tokens: number;
    estimated_messages: number;
    incomplete_messages: number;
  };
  tool_calls: {
    seq: number;
    session_key: number;
    tool_use_id: string;
    name: string;
    agent_id: string | null;
    ended_at: number;
    duration_ms: number | null;
    outcome: string;
    file: string | null;
    lines_added: number | null;
    lines_removed: number | null;
  };
  objectives: {
    session_key: number;
    id: string;
    text: string;
    status: string;
    source: string;
    task_id: string | null;
    created_at: number;
    started_at: number | null;
    completed_at: number | null;
  };
  files: {
    id: number;
    path: string;
    session_id: string | null;
    offset: number;
    tail: Buffer;
    size: number;
    modified_at: number;
    born_at: number;
    reader: string;
    repeats: number;
  };
  /** What the client's telemetry says of its requests; `cost` in micro-dollars. */
  client_requests: {
    session_id: string;
    request_id: string;
    model: string;
    at: number;
    input: number;
    output: number;
    cache_write_5m: number;
    cache_write_1h: number;
    cache_read: number;
    cost: number;
  };
  malformed_lines: {
    id: Generated<number>;
    file_id: number;
    byte_offset: number;
    reason: string;
    seen_at: number;
  };
};
