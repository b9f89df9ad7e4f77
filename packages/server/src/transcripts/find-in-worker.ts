import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { FoundFile } from './find-transcripts.js';

const WORKER = new URL('./find-worker.js', import.meta.url);

/**
 * Looks for all transcripts below the Claude folders in a thread of its own, while this one loads
 * what a start needs. Resolves to null where that can't be: then they are looked for here.
 */
export async function findInWorker(claudeDirs: readonly string[]): Promise<FoundFile[] | null> {
  // Not when running from TypeScript source.
  if (!existsSync(fileURLToPath(WORKER))) return null;
  const workerData = claudeDirs.map((dir) => path.join(dir, 'projects'));
  const worker = new Worker(WORKER, { workerData });
  return new Promise((resolve) => {
    worker.once('message', (files: FoundFile[]) => {
      resolve(files);
    });
    const none = () => {
      resolve(null);
    };
    worker.once('error', none).once('exit', none);
  });
}
