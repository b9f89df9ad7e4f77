import { availableParallelism } from 'node:os';
import type { Store, UsageQuery, UsageSum } from '@claude-optimizer/store';
import { findUsageFiles, type UsageFile } from './find-usage-files.js';
import { projectOfSession } from './project-of-session.js';
import { ResponseTable } from './response-table.js';
import { scanUsageFiles } from './scan-usage-file.js';
import { hasThreads, ScanThread } from './scan-thread.js';
import { filesOf, type SharedScan } from './shared-scan.js';
import { sumResponses } from './sum-responses.js';

/** Less is read sooner than another thread has started. */
const BYTES_PER_THREAD = 100_000_000;
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
  const { files, threads } = find(claudeDirs, isIgnored);
  const table = new ResponseTable();
  // The largest first: at the end all threads are done at about the same time.
  files.sort((a, b) => b.size - a.size);
  const shared: SharedScan = {
    files: files.map(({ path, relative }) => ({ path, relative })),
    taken: new Int32Array(new SharedArrayBuffer(4)),
  };
  const others = threads.map((thread) => thread.scan(shared));
  const timeless = scanUsageFiles(filesOf(shared), table);
  for (const other of await Promise.all(others)) {
    table.addAll(other.table);
    timeless.push(...other.timeless);
  }
  if (timeless.length > 0) {
    const { readTimeless } = await import('./read-timeless.js');
    readTimeless(timeless, table);
  }
  return new UsageScan(table, files);
}

/** What there is to read, and threads to help with it, which start while the rest is looked for. */
function find(claudeDirs: readonly string[], isIgnored: (file: string) => boolean) {
  const most = hasThreads() ? Math.min(availableParallelism(), MOST_THREADS) : 1;
  const threads: ScanThread[] = [];
  const files: UsageFile[] = [];
  let bytes = 0;
  const found = findUsageFiles(claudeDirs, (_folder, error) => {
    // A sum that leaves out a folder without a word would be wrong.
    throw error;
  });
  for (const file of found) {
    if (isIgnored(file.path)) continue;
    files.push(file);
    bytes += file.size;
    while (threads.length + 1 < Math.min(most, bytes / BYTES_PER_THREAD))
      threads.push(new ScanThread());
  }
  return { files, threads };
}
