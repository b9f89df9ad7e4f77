import type BetterSqlite3 from 'better-sqlite3';
import type { Insertable, Kysely } from 'kysely';
import { COLUMNS } from './columns.js';
import type { Database } from './schema.js';

type Table = keyof Database;
type Write<T extends Table> = (row: Nullable<Insertable<Database[T]>>) => void;
/** Null for what SQLite makes up by itself. */
type Nullable<R> = { [C in keyof R]: undefined extends R[C] ? R[C] | null : R[C] };
type OnConflict = readonly string[] | 'fail' | 'ignore';

/** The inserts of the write path, ready to run. */
export type Writes = ReturnType<typeof prepareWrites>;

/** Builds each insert once with Kysely and keeps it prepared: the archive is written in bulk. */
export function prepareWrites(db: BetterSqlite3.Database, kysely: Kysely<Database>) {
  function insert<T extends Table>(
    table: T,
    columns: readonly (keyof Database[T] & string)[],
    onConflict: OnConflict,
  ): Write<T> {
    const prepared = db.prepare(insertSql(kysely, table, columns, onConflict));
    const values = new Array<unknown>(columns.length);
    return (row) => {
      for (let index = 0; index < columns.length; index += 1) {
        values[index] = (row as Record<string, unknown>)[columns[index] ?? ''];
      }
      prepared.run(values);
    };
  }

  return {
    session: insert('sessions', COLUMNS.sessions, ['key']),
    event: insert('session_events', COLUMNS.session_events, 'fail'),
    usage: insert('usage', COLUMNS.usage, ['id']),
    toolCall: insert('tool_calls', COLUMNS.tool_calls, 'fail'),
    objective: insert('objectives', COLUMNS.objectives, ['session_key', 'id']),
    file: insert('files', COLUMNS.files, ['id']),
    malformed: insert('malformed_lines', COLUMNS.malformed_lines, 'ignore'),
  };
}

/** The text of an insert; where its key is taken it fails, is left out, or writes over these. */
export function insertSql(
  kysely: Kysely<Database>,
  table: Table,
  columns: readonly string[],
  onConflict: OnConflict,
): string {
  const placeholders = Object.fromEntries(columns.map((column) => [column, '']));
  const plain = kysely.insertInto(table).values(placeholders);
  const query =
    onConflict === 'fail'
      ? plain
      : plain.onConflict((conflict) =>
          onConflict === 'ignore'
            ? conflict.doNothing()
            : conflict
                .columns(onConflict as never)
                .doUpdateSet((row) =>
                  Object.fromEntries(
                    columns.map((column) => [column, row.ref(`excluded.${column}` as never)]),
                  ),
                ),
        );
  return query.compile().sql;
}
