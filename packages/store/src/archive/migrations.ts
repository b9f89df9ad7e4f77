import { sql, type Kysely, type Migration } from 'kysely';

const FIRST = [
  `create table kept_files (
    id integer primary key,
    ref text not null,
    path text not null,
    generation integer not null,
    root text not null,
    session_id text not null,
    role text not null,
    agent_id text,
    raw_bytes integer not null,
    sealed_bytes integer not null,
    tail_bytes integer not null,
    source_size integer not null,
    source_modified_at real not null,
    source_inode text not null,
    changed_at integer not null,
    gone integer not null,
    superseded integer not null,
    pruned integer not null,
    unique (path, generation)
  )`,
  `create index kept_files_by_ref on kept_files (ref)`,
  `create index kept_files_by_session on kept_files (session_id)`,
  `create table members (
    file_id integer not null,
    raw_offset integer not null,
    raw_length integer not null,
    part text not null,
    at integer not null,
    packed_length integer not null,
    crc integer not null,
    primary key (file_id, raw_offset)
  ) without rowid`,
  `create table meta (name text primary key, value integer not null) without rowid`,
];

const first: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of FIRST) await sql.raw(statement).execute(db);
  },
};

/** All migrations of the archive's index in order; a name is never changed once released. */
export const ARCHIVE_MIGRATIONS: Readonly<Record<string, Migration>> = { '001_first': first };
