import { closeSync, openSync } from 'node:fs';
import { OptimizerError } from '@claude-optimizer/protocol';
import BetterSqlite3 from 'better-sqlite3';
import { Migrator, type Kysely, type Migration } from 'kysely';

type Migrating = {
  sqlite: BetterSqlite3.Database;
  file: string;
  migrations: Readonly<Record<string, Migration>>;
  /** What a person can do when it can't be brought up to date. */
  fix: string;
};

/** Opens (or makes) a SQLite file in WAL mode. Throws `store_unavailable`. */
export function openFile(file: string, synchronous: 'NORMAL' | 'FULL'): BetterSqlite3.Database {
  try {
    // For its owner alone, whatever the folder; SQLite gives its journals the same rights.
    if (file !== ':memory:') closeSync(openSync(file, 'a', 0o600));
    const sqlite = new BetterSqlite3(file, { timeout: 5_000 });
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma(`synchronous = ${synchronous}`);
    return sqlite;
  } catch (cause) {
    throw new OptimizerError('store_unavailable', `The store ${file} can't be opened.`, {
      fix: 'Check that the folder exists, is yours and has room, or choose another with --data-dir.',
      cause,
    });
  }
}

/** Brings the file up to date, all or nothing. Throws `store_unavailable` or `store_newer`. */
export async function migrate<D>(db: Kysely<D>, migrating: Migrating): Promise<void> {
  const error = await migrateWhole(db, migrating).catch((cause: unknown) => cause);
  if (error === undefined) return;
  const { file, fix } = migrating;
  const newer = error instanceof Error && /corrupted migrations|missing/iu.test(error.message);
  throw newer
    ? new OptimizerError('store_newer', `The store ${file} was made by a newer version.`, {
        fix: 'Update Claude Code Optimizer, or choose another folder with --data-dir.',
        cause: error,
      })
    : new OptimizerError('store_unavailable', `The store ${file} can't be brought up to date.`, {
        fix,
        cause: error,
      });
}

/**
 * In one transaction, also for a process killed in between: Kysely runs SQLite's migrations without
 * one. Begun as a writer, so that two processes don't do it at once. Gives what failed.
 */
async function migrateWhole<D>(db: Kysely<D>, { sqlite, migrations }: Migrating): Promise<unknown> {
  const provider = { getMigrations: () => Promise.resolve({ ...migrations }) };
  sqlite.exec('begin immediate');
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error === undefined) sqlite.exec('commit');
  else if (sqlite.inTransaction) sqlite.exec('rollback');
  return error;
}
