import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Store, UsageQuery, UsageSum } from '@claude-optimizer/store';
import { findUsageFiles, type UsageFile } from './find-usage-files.js';
import { projectOfSession } from './project-of-session.js';
import { ResponseTable, type PackedTable } from './response-table.js';
import { scanUsageFiles } from './scan-usage-file.js';
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
  const [own = [], ...others] = shares(files, threadsFor(files));
  const workers = others.map(scanInThread);
  const table = new ResponseTable();
  scanUsageFiles(own, table);
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

/** The files in `count` parts of about the same size. */
function shares(files: readonly UsageFile[], count: number): UsageFile[][] {
  const parts = Array.from({ length: count }, () => ({ bytes: 0, files: [] as UsageFile[] }));
  for (const file of [...files].sort((a, b) => b.size - a.size)) {
    const least = parts.reduce((a, b) => (b.bytes < a.bytes ? b : a));
    least.files.push(file);
    least.bytes += file.size;
  }
  return parts.map((part) => part.files);
}

function scanInThread(files: UsageFile[]): Promise<PackedTable> {
  return new Promise((resolve, reject) => {
    new Worker(WORKER, { workerData: files }).once('message', resolve).once('error', reject);
  });
}
