import { sql, type Kysely, type Migration } from 'kysely';

const first: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of FIRST) await sql.raw(statement).execute(db);
  },
};

// Integer keys and few indexes: the archive is written in bulk and read by session and by time.
const FIRST = [
  `create table meta (name text primary key, value text not null) without rowid`,
  `create table sessions (
    key integer primary key,
    id text not null unique,
    visible integer not null,
    status text not null,
    status_until integer,
    project text,
    title text,
    first_prompt text,
    models text not null,
    started_at integer not null,
    last_at integer not null,
    cost integer,
    tokens integer not null,
    summary text not null,
    detail text not null
  )`,
  `create index sessions_by_last_at on sessions (visible, last_at)`,
  `create index sessions_by_status_until on sessions (status_until) where status_until is not null`,
  `create table session_events (
    seq integer primary key,
    session_key integer not null,
    type text not null,
    timestamp integer not null,
    file_id integer,
    byte_offset integer,
    payload text not null
  )`,
  `create index session_events_by_session on session_events (session_key, seq)`,
  `create table usage (
    key integer primary key,
    message_id text not null,
    request_id text not null,
    session_key integer not null,
    born_at real not null,
    model text not null,
    agent_id text,
    at integer not null,
    input integer not null,
    output integer not null,
    cache_write_5m integer not null,
    cache_write_1h integer not null,
    cache_read integer not null,
    web_searches integer not null,
    cost integer,
    basis text not null
  )`,
  `create index usage_by_session on usage (session_key)`,
  `create index usage_by_time on usage (at)`,
  `create table tool_calls (
    seq integer primary key,
    session_key integer not null,
    tool_use_id text not null,
    name text not null,
    agent_id text,
    ended_at integer not null,
    duration_ms integer,
    outcome text not null,
    file text,
    lines_added integer,
    lines_removed integer
  )`,
  `create index tool_calls_by_session on tool_calls (session_key)`,
  `create table objectives (
    session_key integer not null,
    id text not null,
    text text not null,
    status text not null,
    source text not null,
    task_id text,
    created_at integer not null,
    started_at integer,
    completed_at integer,
    primary key (session_key, id)
  ) without rowid`,
  `create table files (
    id integer primary key,
    path text not null unique,
    session_id text,
    offset integer not null,
    tail blob not null,
    size integer not null,
    modified_at real not null,
    born_at real not null,
    reader text not null,
    repeats integer not null
  )`,
  `create table malformed_lines (
    id integer primary key,
    file_id integer not null,
    byte_offset integer not null,
    reason text not null,
    seen_at integer not null,
    unique (file_id, byte_offset)
  )`,
];

const slots: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of SLOTS) await sql.raw(statement).execute(db);
  },
};

// What was read before isn't known to have been cut short: it counts as whole.
const SLOTS = [
  // What was asked of it, the slots answer.
  `drop index usage_by_time`,
  `alter table usage add column stopped integer not null default 1`,
  `create table usage_slots (
    at integer not null,
    session_key integer not null,
    model text not null,
    input integer not null,
    output integer not null,
    cache_write_5m integer not null,
    cache_write_1h integer not null,
    cache_read integer not null,
    messages integer not null,
    cost integer not null,
    unpriced_messages integer not null,
    unpriced_tokens integer not null,
    estimated_messages integer not null,
    incomplete_messages integer not null,
    primary key (at, session_key, model)
  ) without rowid`,
  `insert into usage_slots
    select at - at % 900000 as slot, session_key, model, sum(input), sum(output),
      sum(cache_write_5m), sum(cache_write_1h), sum(cache_read), count(*),
      coalesce(sum(cost), 0), count(*) filter (where cost is null),
      coalesce(sum(input + output + cache_write_5m + cache_write_1h + cache_read)
        filter (where cost is null), 0),
      count(*) filter (where basis = 'estimate'), 0
    from usage group by slot, session_key, model`,
];

const clientRequests: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw(CLIENT_REQUESTS).execute(db);
  },
};

// Beside our own count, never in its sums.
const CLIENT_REQUESTS = `create table client_requests (
  session_id text not null,
  request_id text not null,
  model text not null,
  at integer not null,
  input integer not null,
  output integer not null,
  cache_write_5m integer not null,
  cache_write_1h integer not null,
  cache_read integer not null,
  cost integer not null,
  primary key (session_id, request_id)
) without rowid`;

const prices: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of PRICES) await sql.raw(statement).execute(db);
  },
};

const PRICES = [
  `alter table usage add column billing text`,
  `create table price_changes (
    id integer primary key,
    at integer not null,
    finished_at integer,
    reason text not null,
    models text not null,
    cost_before integer not null,
    cost_after integer not null
  )`,
];

// A look at all files needs none of what is heavy in their rows.
const fileMarks: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw(FILE_MARKS).execute(db);
  },
};

const FILE_MARKS = `create index files_by_mark
  on files (path, session_id, offset, size, modified_at, repeats)`;

const deletions: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of DELETIONS) await sql.raw(statement).execute(db);
  },
};

// `removed_at` is null as long as a deletion can be taken back.
const DELETIONS = [
  `alter table sessions add column hidden integer not null default 0`,
  `create table deleted_sessions (
    id text primary key,
    at integer not null,
    removed_at integer
  ) without rowid`,
];

const lists: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of LISTS) await sql.raw(statement).execute(db);
  },
};

// An index with all that a list is sorted and narrowed by: the rows with their states are never
// read but for what is shown.
const LISTS = [
  ...[
    'name text',
    'branch text',
    'model text',
    'active_ms integer not null default 0',
    'cache_hits real',
    'objectives_done integer not null default 0',
    'objectives_total integer not null default 0',
    'tools integer not null default 0',
    'errors integer not null default 0',
  ].map((column) => `alter table sessions add column ${column}`),
  `update sessions set
    name = coalesce(title, substr(first_prompt, 1, 200)),
    branch = json_extract(summary, '$.branch'),
    model = json_extract(summary, '$.model'),
    active_ms = json_extract(summary, '$.activeMs'),
    cache_hits = json_extract(summary, '$.usage.cacheReadTokens') * 1.0 / nullif(
      json_extract(summary, '$.usage.inputTokens') +
      json_extract(summary, '$.usage.cacheWrite5mTokens') +
      json_extract(summary, '$.usage.cacheWrite1hTokens') +
      json_extract(summary, '$.usage.cacheReadTokens'), 0),
    objectives_done = json_extract(summary, '$.objectives.completed'),
    objectives_total = json_extract(summary, '$.objectives.total'),
    tools = json_extract(summary, '$.counts.tools'),
    errors = json_extract(summary, '$.counts.toolErrors') + json_extract(summary, '$.counts.errors')`,
  `create index sessions_by_list on sessions (visible, hidden, last_at, started_at, status, id,
    project, name, branch, model, models, active_ms, tokens, cost, cache_hits, objectives_done,
    objectives_total, tools, errors)`,
  `drop index sessions_by_last_at`,
];

const eventBlocks: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of EVENT_BLOCKS) await sql.raw(statement).execute(db);
  },
};

// Events of a whole history in a row each took longer to write than to read the transcripts.
const EVENT_BLOCKS = [
  `create table event_blocks (
    first_seq integer primary key,
    last_seq integer not null,
    session_key integer not null,
    format integer not null,
    events text not null
  )`,
  `create index event_blocks_by_session on event_blocks (session_key, first_seq)`,
  // With the hash as their key each few responses had changed a page of their own.
  `create table usage_rows (
    id integer primary key,
    hash integer not null,
    session_key integer not null,
    message_id text not null,
    request_id text not null,
    born_at real not null,
    model text not null,
    agent_id text,
    at integer not null,
    input integer not null,
    output integer not null,
    cache_write_5m integer not null,
    cache_write_1h integer not null,
    cache_read integer not null,
    web_searches integer not null,
    stopped integer not null,
    cost integer,
    basis text not null,
    billing text
  )`,
  `insert into usage_rows
    select null, response_hash(message_id, request_id), session_key, message_id, request_id,
      born_at, model, agent_id, at, input, output, cache_write_5m, cache_write_1h, cache_read,
      web_searches, stopped, cost, basis, billing
    from usage order by session_key, at`,
  `drop table usage`,
  `alter table usage_rows rename to usage`,
  `create index usage_by_hash on usage (hash)`,
  `create index usage_by_session on usage (session_key)`,
];

/** All migrations in order; a name is never changed once released. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001_first': first,
  '002_slots': slots,
  '003_client_requests': clientRequests,
  '004_prices': prices,
  '005_file_marks': fileMarks,
  '006_deletions': deletions,
  '007_lists': lists,
  '008_event_blocks': eventBlocks,
};
