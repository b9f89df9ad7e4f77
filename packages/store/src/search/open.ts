import { existsSync } from 'node:fs';
import { OptimizerError } from '@claude-optimizer/protocol';
import BetterSqlite3 from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { migrate, openFile } from '../sqlite/open-file.js';
import { SEARCH_MIGRATIONS } from './migrations.js';
import { SearchReader } from './search-reader.js';
import { SearchWriter } from './search-writer.js';

const FIX = 'Move the file away: it is made again from the transcripts.';

/** Opens (or makes) the full-text index in `file` for its one writer. Throws as the store does. */
export async function openSearchWriter(file: string): Promise<SearchWriter> {
  // A power cut may take the last words: they are read again, as how far was read goes with them.
  const sqlite = openFile(file, 'NORMAL');
  sqlite.pragma('cache_size = -8000');
  // What was said in a deleted session is overwritten.
  sqlite.pragma('secure_delete = ON');
  try {
    const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: sqlite }) });
    await migrate(db, { sqlite, file, migrations: SEARCH_MIGRATIONS, fix: FIX });
    return new SearchWriter(sqlite);
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

/** Opens the index for reading alone; null while nothing is indexed. Throws `store_unavailable`. */
export function openSearchReader(file: string): SearchReader | null {
  if (!existsSync(file)) return null;
  try {
    const sqlite = new BetterSqlite3(file, { readonly: true, timeout: 5_000 });
    sqlite.pragma('cache_size = -4000');
    sqlite.pragma('mmap_size = 268435456');
    const table = sqlite.prepare(`select 1 from sqlite_master where name = 'texts'`);
    if (table.get() !== undefined) return new SearchReader(sqlite);
    sqlite.close();
    return null;
  } catch (cause) {
    throw new OptimizerError('store_unavailable', `The full-text index ${file} can't be read.`, {
      fix: `Check that it is yours. ${FIX}`,
      cause,
    });
  }
}
