import { statSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import BetterSqlite3 from 'better-sqlite3';

const LOOK_MS = 1_000;
/** While lines keep coming a sync to the disk would hold some of them up: then it is rare. */
const AT_LEAST_EVERY_MS = 10_000;

const { file } = workerData as { file: string };
const sqlite = new BetterSqlite3(file, { timeout: 5_000 });
sqlite.pragma('synchronous = NORMAL');

let writtenAt = 0;
let carriedAt = Date.now();
let pending = false;

setInterval(() => {
  const lastWrite = statSync(`${file}-wal`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const quiet = lastWrite === writtenAt;
  pending ||= !quiet;
  writtenAt = lastWrite;
  if (!pending || (!quiet && Date.now() - carriedAt < AT_LEAST_EVERY_MS)) return;
  // Passive: neither waits for the writer nor makes it wait.
  sqlite.pragma('wal_checkpoint(PASSIVE)');
  carriedAt = Date.now();
  pending = !quiet;
}, LOOK_MS);
