import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Store, UsageQuery, UsageSum } from '@claude-optimizer/store';
import { findUsageFiles, type UsageFile } from './find-usage-files.js';
import { unpack, type Packed } from './pack.js';
import { projectOfSession } from './project-of-session.js';
import { scanUsageFiles } from './scan-usage-file.js';
import { Tally } from './tally.js';

const WORKER = new URL('./usage-worker.js', import.meta.url);
/** Less is read sooner than another thread has started. */
const BYTES_PER_THREAD = 600_000_000;
/** More threads than that wait for the disk. */
const MOST_THREADS = 4;

/** What was used, known without a store. */
export class UsageScan implements Pick<Store, 'usageSums'> {
  readonly #tally: Tally;
  readonly #files: readonly UsageFile[];
  #projects: Map<string, string> | null = null;

  constructor(tally: Tally, files: readonly UsageFile[]) {
    this.#tally = tally;
    this.#files = files;
  }

  usageSums(query: UsageQuery): Promise<UsageSum[]> {
    return Promise.resolve(
      this.#tally.usageSums(query, (sessionId) => {
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
}: {
  claudeDirs: readonly string[];
}): Promise<UsageScan> {
  const files = findUsageFiles(claudeDirs);
  const [own = [], ...others] = shares(files, threadsFor(files));
  const workers = others.map(scanInThread);
  const tally = new Tally();
  scanUsageFiles(own, tally);
  for (const packed of await Promise.all(workers)) {
    for (const response of unpack(packed)) tally.add(response);
  }
  return new UsageScan(tally, files);
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

function scanInThread(files: UsageFile[]): Promise<Packed> {
  return new Promise((resolve, reject) => {
    new Worker(WORKER, { workerData: files }).once('message', resolve).once('error', reject);
  });
}
