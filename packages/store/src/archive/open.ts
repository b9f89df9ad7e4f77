import { existsSync } from 'node:fs';
import { OptimizerError } from '@claude-optimizer/protocol';
import BetterSqlite3 from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { migrate, openFile } from '../sqlite/open-file.js';
import { ArchiveIndex } from './archive-index.js';
import { ARCHIVE_MIGRATIONS } from './migrations.js';

/** Opens (or makes) the index in `file` for its one writer. Throws as `openSqliteStore` does. */
export async function openArchiveIndex(file: string): Promise<ArchiveIndex> {
  const sqlite = openFile(file, 'NORMAL');
  sqlite.pragma('cache_size = -2000');
  try {
    const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: sqlite }) });
    const fix = 'Move the file away: it is made again from the kept files beside it.';
    await migrate(db, { sqlite, file, migrations: ARCHIVE_MIGRATIONS, fix });
    return new ArchiveIndex(sqlite);
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

/** Opens the index for reading alone; null while nothing is kept. Throws `store_unavailable`. */
export function openArchiveReader(file: string): ArchiveIndex | null {
  if (!existsSync(file)) return null;
  try {
    const sqlite = new BetterSqlite3(file, { readonly: true, timeout: 5_000 });
    const table = sqlite.prepare(`select 1 from sqlite_master where name = 'meta'`);
    if (table.get() !== undefined) return new ArchiveIndex(sqlite);
    sqlite.close();
    return null;
  } catch (cause) {
    throw new OptimizerError('store_unavailable', `The archive's index ${file} can't be read.`, {
      fix: 'Check that it is yours, or move it away: it is made again from the kept files.',
      cause,
    });
  }
}
