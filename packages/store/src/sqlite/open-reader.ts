import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { OptimizerError, type SessionEvent } from '@claude-optimizer/protocol';
import BetterSqlite3 from 'better-sqlite3';
import type { Kysely } from 'kysely';
import type { ExportReads } from '../export-reads.js';
import type { Store } from '../store.js';
import type { UsageQuery, UsageSum } from '../usage-query.js';
import { MIGRATION_NAMES } from './migration-names.js';
import type { Database } from './schema.js';
import { usageSumOf, usageSumQueries, type SumRow } from './usage-sum-query.js';

/** A file as it was when it was last read: bytes read, size, and last change (epoch ms). */
export type FileRead = { path: string; offset: number; size: number; modifiedAt: number };

/** A store that only answers: nothing is written, whoever writes isn't disturbed. */
export type StoreReader = Pick<Store, 'usageSums' | 'toolSums' | 'sessionHeads' | 'list'> & {
  filesRead(): FileRead[];
  /** The transcripts of a session. */
  filesOf(sessionId: string): string[];
  /** Every event of a session of these types, in order; null for one that isn't known. */
  eventsOf(
    sessionId: string,
    types: readonly SessionEvent['type'][],
  ): Promise<SessionEvent[] | null>;
  /** Sessions that the person deleted, whose files aren't read any more. */
  deleted(): { sessionId: string; paths: string[] }[];
  exports(): Promise<ExportReads>;
  /** Another number once somebody has written. */
  version(): number;
  close(): Promise<void>;
};

/**
 * Opens the store in `file` for reading alone; null where there is none or where an older version
 * made it. Throws `store_unavailable` when it can't be read, `store_newer` for a later version's.
 */
export function openSqliteReader(file: string): StoreReader | null {
  if (!existsSync(file)) return null;
  const sqlite = openFile(file);
  try {
    if (isCurrent(sqlite, file)) return reader(sqlite);
  } catch (error) {
    sqlite.close();
    throw error;
  }
  sqlite.close();
  return null;
}

function openFile(file: string): BetterSqlite3.Database {
  try {
    const options = { readonly: true, fileMustExist: true, timeout: 5_000 };
    const sqlite = new BetterSqlite3(file, { ...options, ...nativeBinding() });
    // A cold look at all files takes half as long when nothing is copied.
    sqlite.pragma('mmap_size = 268435456');
    return sqlite;
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

/** Where SQLite was built: told, it needn't be searched for, which takes longer than to open it. */
function nativeBinding(): { nativeBinding?: string } {
  try {
    const { resolve } = createRequire(import.meta.url);
    return { nativeBinding: resolve('better-sqlite3/build/Release/better_sqlite3.node') };
  } catch {
    return {};
  }
}

/** Whether it has every migration of ours, and no other. */
function isCurrent(sqlite: BetterSqlite3.Database, file: string): boolean {
  const done = migrationsOf(sqlite, file);
  const known: readonly string[] = MIGRATION_NAMES;
  const later = done.find((name) => !known.includes(name));
  if (later === undefined) return done.length === known.length;
  throw new OptimizerError('store_newer', `The store ${file} was made by a newer version.`, {
    fix: 'Update Claude Code Optimizer, or choose another folder with --data-dir.',
  });
}

function migrationsOf(sqlite: BetterSqlite3.Database, file: string): string[] {
  try {
    const table = sqlite.prepare(`select 1 from sqlite_master where name = 'kysely_migration'`);
    if (table.get() === undefined) return [];
    return sqlite.prepare<[], string>('select name from kysely_migration').pluck().all();
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function reader(sqlite: BetterSqlite3.Database): StoreReader {
  const files = sqlite.prepare<[], FileRead>(
    'select path, offset, size, modified_at as modifiedAt from files',
  );
  return {
    usageSums: (query) => Promise.resolve(usageSums(sqlite, query)),
    toolSums: async (query) => {
      const { toolSums } = await import('./read-reports.js');
      return toolSums(await builderOf(sqlite), query);
    },
    list: async (query, scope) => {
      const { listSessions } = await import('./list-sessions.js');
      return listSessions(await builderOf(sqlite), query, scope);
    },
    sessionHeads: async () => {
      const { sessionHeads } = await import('./read-reports.js');
      return sessionHeads(await builderOf(sqlite));
    },
    exports: async () => {
      const { exportReads } = await import('./read-exports.js');
      const { EventReader } = await import('./read-events.js');
      return exportReads(await builderOf(sqlite), new EventReader(sqlite));
    },
    filesRead: () => files.all(),
    filesOf: (sessionId) =>
      sqlite
        .prepare<[string], string>('select path from files where session_id = ?')
        .pluck()
        .all(sessionId),
    eventsOf: async (sessionId, types) => {
      const session = sqlite.prepare<[string]>('select 1 from sessions where id = ?');
      if (session.get(sessionId) === undefined) return null;
      const { EventReader } = await import('./read-events.js');
      return new EventReader(sqlite).ofTypes(sessionId, types);
    },
    deleted: () => deletedSessions(sqlite),
    version: () => sqlite.pragma('data_version', { simple: true }) as number,
    close: () => {
      sqlite.close();
      return Promise.resolve();
    },
  };
}

function usageSums(sqlite: BetterSqlite3.Database, query: UsageQuery): UsageSum[] {
  return usageSumQueries(query).flatMap(({ text, parameters }) =>
    sqlite.prepare<unknown[], SumRow>(text).all(parameters).map(usageSumOf),
  );
}

function deletedSessions(sqlite: BetterSqlite3.Database) {
  const ids = sqlite.prepare<[], string>('select id from deleted_sessions').pluck().all();
  if (ids.length === 0) return [];
  const paths = sqlite.prepare<[string], string>('select path from files where session_id = ?');
  return ids.map((sessionId) => ({ sessionId, paths: paths.pluck().all(sessionId) }));
}

/** Loaded only by those who need it: it takes as long as a whole report by day. */
async function builderOf(sqlite: BetterSqlite3.Database): Promise<Kysely<Database>> {
  const { Kysely, SqliteDialect } = await import('kysely');
  return new Kysely<Database>({ dialect: new SqliteDialect({ database: sqlite }) });
}

function unreadable(file: string, cause: unknown): OptimizerError {
  return new OptimizerError('store_unavailable', `The store ${file} can't be read.`, {
    fix: 'Check that it is yours, or choose another folder with --data-dir.',
    cause,
  });
}
