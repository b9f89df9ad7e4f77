import { workerData } from 'node:worker_threads';
import BetterSqlite3 from 'better-sqlite3';

/** How often the log is carried over into the database; without news it costs nothing. */
const EVERY_MS = 1_000;

const { file } = workerData as { file: string };
const sqlite = new BetterSqlite3(file, { timeout: 5_000 });
sqlite.pragma('synchronous = NORMAL');
setInterval(() => {
  // Passive: neither waits for the writer nor makes it wait.
  sqlite.pragma('wal_checkpoint(PASSIVE)');
}, EVERY_MS);
