import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type BetterSqlite3 from 'better-sqlite3';

const WORKER = new URL('./checkpoint-worker.js', import.meta.url);
/** Pages in the log (16 MB) after which SQLite does it by itself, where no worker does. */
const PAGES = 4_000;
/** A start needs the machine for more than a thread that has nothing to carry over yet. */
const BEGIN_MS = 1_000;

/**
 * Carries the write-ahead log over into the database in a thread of its own. It ends with a sync
 * to the disk that can take 300 ms: in this thread each live line would now and then wait for it.
 * Returns what ends the thread. Memory stores and runs from TypeScript source need none.
 */
export function checkpointInWorker(sqlite: BetterSqlite3.Database): () => Promise<void> {
  const byItself = () => {
    if (sqlite.open) sqlite.pragma(`wal_autocheckpoint = ${String(PAGES)}`);
  };
  if (sqlite.memory || !existsSync(fileURLToPath(WORKER))) {
    byItself();
    return () => Promise.resolve();
  }
  sqlite.pragma('wal_autocheckpoint = 0');
  let worker: Worker | null = null;
  const begin = setTimeout(() => {
    worker = new Worker(WORKER, { workerData: { file: sqlite.name } });
    worker.unref();
    worker.on('error', byItself);
  }, BEGIN_MS);
  begin.unref();
  return async () => {
    clearTimeout(begin);
    await worker?.terminate();
  };
}
