import { randomUUID } from 'node:crypto';
import { Kysely, SqliteDialect } from 'kysely';
import { responseId, type Store } from '../store.js';
import { responseHash } from './response-hash.js';
import { MIGRATIONS } from './migrations.js';
import { migrate, openFile } from './open-file.js';
import type { Database } from './schema.js';
import { SqliteStore } from './sqlite-store.js';

const BEGIN_ANEW =
  'Move the file away to begin anew: all of it is read again from the transcripts.';

/**
 * Opens (or makes) the store in `file`, `:memory:` for one that is gone with the process.
 * Throws `store_unavailable` when it can't be opened and `store_newer` when a later version made it.
 */
export async function openSqliteStore(file: string): Promise<Store> {
  // WAL survives a killed process; after a power cut the last lines are read again from the
  // transcripts, as the checkpoint that passed them is lost with them.
  const sqlite = openFile(file, 'NORMAL');
  sqlite.pragma('cache_size = -8000');
  sqlite.pragma('temp_store = MEMORY');
  // For stores that earlier versions made.
  sqlite.function('response_hash', (messageId, requestId) =>
    responseHash(responseId({ messageId: String(messageId), requestId: String(requestId) })),
  );
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: sqlite }) });
  try {
    await migrate(db, { sqlite, file, migrations: MIGRATIONS, fix: BEGIN_ANEW });
    return new SqliteStore(sqlite, db, await epochOf(db));
  } catch (error) {
    await db.destroy();
    throw error;
  }
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
