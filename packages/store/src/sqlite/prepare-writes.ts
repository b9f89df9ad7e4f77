import type BetterSqlite3 from 'better-sqlite3';
import type { Insertable, Kysely } from 'kysely';
import type { Database } from './schema.js';

type Table = keyof Database;
type Write<T extends Table> = (row: Insertable<Database[T]>) => void;

/** The inserts of the write path, ready to run. */
export type Writes = ReturnType<typeof prepareWrites>;

/** Builds each insert once with Kysely and keeps it prepared: the archive is written in bulk. */
export function prepareWrites(db: BetterSqlite3.Database, kysely: Kysely<Database>) {
  function insert<T extends Table>(
    table: T,
    columns: readonly (keyof Database[T] & string)[],
    onConflict: readonly string[] | 'fail' | 'ignore',
  ): Write<T> {
    const placeholders = Object.fromEntries(columns.map((column) => [column, '']));
    const plain = kysely.insertInto(table).values(placeholders as never);
    const query =
      onConflict === 'fail'
        ? plain
        : plain.onConflict((conflict) =>
            onConflict === 'ignore'
              ? conflict.doNothing()
              : conflict
                  .columns(onConflict as never)
                  .doUpdateSet(
                    (row) =>
                      Object.fromEntries(
                        columns.map((column) => [column, row.ref(`excluded.${column}` as never)]),
                      ) as never,
                  ),
          );
    const prepared = db.prepare(query.compile().sql);
    const values = new Array<unknown>(columns.length);
    return (row) => {
      for (let index = 0; index < columns.length; index += 1) {
        values[index] = (row as Record<string, unknown>)[columns[index] ?? ''];
      }
      prepared.run(values);
    };
  }

  return {
    session: insert(
      'sessions',
      [
        'key',
        'id',
        'visible',
        'status',
        'status_until',
        'project',
        'title',
        'first_prompt',
        'models',
        'started_at',
        'last_at',
        'cost',
        'tokens',
        'summary',
        'detail',
        'name',
        'branch',
        'model',
        'active_ms',
        'cache_hits',
        'objectives_done',
        'objectives_total',
        'tools',
        'errors',
      ],
      ['key'],
    ),
    event: insert(
      'session_events',
      ['seq', 'session_key', 'type', 'timestamp', 'file_id', 'byte_offset', 'payload'],
      'fail',
    ),
    usage: insert(
      'usage',
      [
        'key',
        'message_id',
        'request_id',
        'session_key',
        'born_at',
        'model',
        'agent_id',
        'at',
        'input',
        'output',
        'cache_write_5m',
        'cache_write_1h',
        'cache_read',
        'web_searches',
        'stopped',
        'cost',
        'basis',
        'billing',
      ],
      ['key'],
    ),
    toolCall: insert(
      'tool_calls',
      [
        'seq',
        'session_key',
        'tool_use_id',
        'name',
        'agent_id',
        'ended_at',
        'duration_ms',
        'outcome',
        'file',
        'lines_added',
        'lines_removed',
      ],
      'fail',
    ),
    objective: insert(
      'objectives',
      [
        'session_key',
        'id',
        'text',
        'status',
        'source',
        'task_id',
        'created_at',
        'started_at',
        'completed_at',
      ],
      ['session_key', 'id'],
    ),
    file: insert(
      'files',
      [
        'id',
        'path',
        'session_id',
        'offset',
        'tail',
        'size',
        'modified_at',
        'born_at',
        'reader',
        'repeats',
      ],
      ['id'],
    ),
    malformed: insert('malformed_lines', ['file_id', 'byte_offset', 'reason', 'seen_at'], 'ignore'),
  };
}
