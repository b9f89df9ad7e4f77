import { sql, type Kysely, type Migration } from 'kysely';

// The texts themselves aren't kept: their words are, and where in which transcript they stand.
const FIRST = [
  `create table sessions (key integer primary key, id text not null unique)`,
  `create table files (
    id integer primary key,
    session_key integer not null,
    ref text not null,
    path text,
    offset integer not null,
    tail integer not null,
    unique (session_key, ref)
  )`,
  `create table records (
    id integer primary key,
    file_id integer not null,
    offset integer not null,
    length integer not null,
    at integer,
    kind text not null
  )`,
  `create virtual table texts using fts5(
    title, prompt, answer, input, file, tool,
    content='', contentless_delete=1,
    tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co M*'"
  )`,
  // What is written in one transaction is gathered in memory: fewer and larger pieces to merge.
  `insert into texts (texts, rank) values ('hashsize', 8388608)`,
];

const first: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of FIRST) await sql.raw(statement).execute(db);
  },
};

/** All migrations of the full-text index in order; a name is never changed once released. */
export const SEARCH_MIGRATIONS: Readonly<Record<string, Migration>> = { '001_first': first };
