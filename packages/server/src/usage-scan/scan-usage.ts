import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Store, UsageQuery, UsageSum } from '@claude-optimizer/store';
import { findUsageFiles, type UsageFile } from './find-usage-files.js';
import { projectOfSession } from './project-of-session.js';
import { ResponseTable, type PackedTable } from './response-table.js';
import { scanUsageFiles } from './scan-usage-file.js';
import { filesOf, type SharedScan } from './shared-scan.js';
import { sumResponses } from './sum-responses.js';

const WORKER = new URL('./usage-worker.js', import.meta.url);
/** Less is read sooner than another thread has started. */
const BYTES_PER_THREAD = 200_000_000;
/** More threads than that wait for the disk. */
const MOST_THREADS = 4;

/** What was used, known without a store. */
export class UsageScan implements Pick<Store, 'usageSums'> {
  readonly #table: ResponseTable;
  readonly #files: readonly UsageFile[];
  #projects: Map<string, string> | null = null;

  constructor(table: ResponseTable, files: readonly UsageFile[]) {
    this.#table = table;
    this.#files = files;
  }

  usageSums(query: UsageQuery): Promise<UsageSum[]> {
    return Promise.resolve(
      sumResponses(this.#table, query, (sessionId) => {
        this.#projects ??= projectOfSession(this.#files);
        return this.#projects.get(sessionId) ?? null;
      }),
    );
  }
}

/**
 * Counts all usage of the transcripts below these folders in one pass, in several threads where it
 * pays, parsing only what tells usage. Equal to what the store sums up once everything is indexed.
 * Throws what `fs` throws.
 */
export async function scanUsage({
  claudeDirs,
  isIgnored = () => false,
}: {
  claudeDirs: readonly string[];
  /** Files of sessions that the person has deleted. */
  isIgnored?: (file: string) => boolean;
}): Promise<UsageScan> {
  const files = findUsageFiles(claudeDirs, (_folder, error) => {
    // A sum that leaves out a folder without a word would be wrong.
    throw error;
  }).filter(({ path }) => !isIgnored(path));
  // The largest first: at the end all threads are done at about the same time.
  const largest = [...files].sort((a, b) => b.size - a.size);
  const shared: SharedScan = { files: largest, taken: new Int32Array(new SharedArrayBuffer(4)) };
  const workers = Array.from({ length: threadsFor(files) - 1 }, () => scanInThread(shared));
  const table = new ResponseTable();
  scanUsageFiles(filesOf(shared), table);
  for (const packed of await Promise.all(workers)) table.addAll(packed);
  return new UsageScan(table, files);
}

function threadsFor(files: readonly UsageFile[]): number {
  // When running from TypeScript source there is no worker's file.
  if (!existsSync(fileURLToPath(WORKER))) return 1;
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const useful = Math.ceil(bytes / BYTES_PER_THREAD);
  return Math.max(1, Math.min(useful, availableParallelism(), MOST_THREADS));
}

function scanInThread(shared: SharedScan): Promise<PackedTable> {
  return new Promise((resolve, reject) => {
    new Worker(WORKER, { workerData: shared }).once('message', resolve).once('error', reject);
  });
}
