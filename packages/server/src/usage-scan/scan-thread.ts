import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ScannedApart, SharedScan } from './shared-scan.js';

const WORKER = new URL('./usage-worker.js', import.meta.url);

/** Whether other threads can help: where it runs from TypeScript source there is no file for them. */
export function hasThreads(): boolean {
  return existsSync(fileURLToPath(WORKER));
}

/** A thread that reads transcripts once it is told which; it takes its time to start. */
export class ScanThread {
  readonly #worker = new Worker(WORKER);

  /** What it has found. Rejects with what it threw. */
  scan(shared: SharedScan): Promise<ScannedApart> {
    return new Promise((resolve, reject) => {
      this.#worker.once('message', resolve).once('error', reject);
      this.#worker.postMessage(shared);
    });
  }
}
