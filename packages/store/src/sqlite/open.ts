import { randomUUID } from 'node:crypto';
import { OptimizerError } from '@claude-optimizer/protocol';
import BetterSqlite3 from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect } from 'kysely';
import type { Store } from '../store.js';
import { migrations } from './migrations.js';
import type { Database } from './schema.js';
import { SqliteStore } from './sqlite-store.js';

/**
 * Opens (or makes) the store in `file`, `:memory:` for one that is gone with the process.
 * Throws `store_unavailable` when it can't be opened and `store_newer` when a later version made it.
 */
export async function openSqliteStore(file: string): Promise<Store> {
  const sqlite = openFile(file);
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: sqlite }) });
  try {
    await migrate(sqlite, db, file);
    return new SqliteStore(sqlite, db, await epochOf(db));
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

function openFile(file: string): BetterSqlite3.Database {
  try {
    const sqlite = new BetterSqlite3(file, { timeout: 5_000 });
    // WAL survives a killed process; after a power cut the last lines are read again from the
    // transcripts, as the checkpoint that passed them is lost with them.
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = NORMAL');
    sqlite.pragma('cache_size = -8000');
    sqlite.pragma('temp_store = MEMORY');
    return sqlite;
  } catch (cause) {
    throw new OptimizerError('store_unavailable', `The store ${file} can't be opened.`, {
      fix: 'Check that the folder exists, is yours and has room, or choose another with --data-dir.',
      cause,
    });
  }
}

async function migrate(
  sqlite: BetterSqlite3.Database,
  db: Kysely<Database>,
  file: string,
): Promise<void> {
  const error = await migrateWhole(sqlite, db).catch((cause: unknown) => cause);
  if (error === undefined) return;
  const newer = error instanceof Error && /corrupted migrations|missing/iu.test(error.message);
  throw newer
    ? new OptimizerError('store_newer', `The store ${file} was made by a newer version.`, {
        fix: 'Update Claude Code Optimizer, or choose another folder with --data-dir.',
        cause: error,
      })
    : new OptimizerError('store_unavailable', `The store ${file} can't be brought up to date.`, {
        fix: 'Move the file away to begin anew: all of it is read again from the transcripts.',
        cause: error,
      });
}

/**
 * All or nothing, also for a process killed in between: Kysely runs SQLite's migrations without a
 * transaction. Begun as a writer, so that two processes don't do it at once. Gives what failed.
 */
async function migrateWhole(
  sqlite: BetterSqlite3.Database,
  db: Kysely<Database>,
): Promise<unknown> {
  sqlite.exec('begin immediate');
  const { error } = await new Migrator({ db, provider: migrations }).migrateToLatest();
  if (error === undefined) sqlite.exec('commit');
  else if (sqlite.inTransaction) sqlite.exec('rollback');
  return error;
}

async function epochOf(db: Kysely<Database>): Promise<string> {
  const value = randomUUID();
  await db
    .insertInto('meta')
    .values({ name: 'epoch', value })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .selectFrom('meta')
    .select('value')
    .where('name', '=', 'epoch')
    .executeTakeFirstOrThrow();
  return row.value;
}
