import { sql, type Kysely, type Migration } from 'kysely';

const FIRST = [
  `create table runs (
    id text not null primary key,
    plan_id text unique,
    session_id text,
    active integer not null,
    at integer not null,
    started_at integer,
    revision integer not null,
    run text not null
  ) without rowid`,
  `create index runs_by_at on runs (at, id)`,
  `create index runs_active on runs (active) where active = 1`,
  `create index runs_by_session on runs (session_id) where session_id is not null`,
  `create index runs_by_start on runs (started_at) where started_at is not null`,
  `create table plans (
    id text not null primary key,
    source text not null,
    starts_at integer not null,
    ends_at integer not null,
    gone integer not null,
    seen_at integer not null,
    plan text not null
  ) without rowid`,
  `create index plans_by_start on plans (starts_at)`,
  `create table busy (source text not null, starts_at integer not null, ends_at integer not null)`,
  `create index busy_by_start on busy (starts_at)`,
  `create table fetches (
    source text not null primary key,
    fetched_at integer,
    changed_at integer,
    error text,
    failures integer not null,
    memory text not null
  ) without rowid`,
  `create table approvals (
    source text not null,
    uid text not null,
    plan_id text not null,
    content_hash text not null,
    decision text not null,
    at integer not null,
    primary key (source, uid, plan_id, content_hash)
  ) without rowid`,
  `create table entries (
    id text not null primary key,
    revision integer not null,
    entry text not null
  ) without rowid`,
  `create table audit (
    id integer primary key,
    at integer not null,
    subject text not null,
    action text not null,
    text text not null
  )`,
];

const first: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of FIRST) await sql.raw(statement).execute(db);
  },
};

/** All migrations of the plans in order; a name is never changed once released. */
export const PLAN_MIGRATIONS: Readonly<Record<string, Migration>> = { '001_first': first };
