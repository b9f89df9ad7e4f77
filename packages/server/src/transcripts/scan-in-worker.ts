import { existsSync } from 'node:fs';
import { setImmediate as nextTick } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Checkpoint } from '@claude-optimizer/store';
import type { FileBatch, TranscriptFile } from './scan-file.js';
import { revive, type ScanAnswer, type ScanRequest } from './scan-worker.js';

const WORKER = new URL('./scan-worker.js', import.meta.url);
/** Files handed out ahead, so that the worker never waits for the writer. */
const AHEAD = 16;
/** A commit takes what has come in up to so many stretches. */
const GROUP = 16;

/** Records live shorter than in this thread's small heap: with less they'd be copied for nothing. */
const YOUNG_MB = 16;

export type ScanTask = { file: TranscriptFile; checkpoint: Checkpoint | null };

/** Whether files can be read in a worker: not when running from TypeScript source. */
export function canScanInWorker(): boolean {
  return existsSync(fileURLToPath(WORKER));
}

/**
 * Reads files in a worker thread while `commit` writes what it found here, so that live lines
 * never wait for old ones. `next` gives the next file (null: no more); `finished` is told each end.
 */
export async function scanInWorker(options: {
  next: () => ScanTask | null;
  commit: (batches: FileBatch[]) => Promise<void>;
  finished: (path: string, error: string | null) => void;
  signal: AbortSignal;
}): Promise<void> {
  const { next, commit, finished, signal } = options;
  const worker = new Worker(WORKER, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
  const send = (request: ScanRequest) => {
    worker.postMessage(request);
  };
  const inbox: ScanAnswer[] = [];
  let wake = () => {};
  let failure: unknown = null;
  worker.on('message', (answer: ScanAnswer) => {
    inbox.push(answer);
    wake();
  });
  worker.on('error', (error) => {
    failure = error;
    wake();
  });
  const aborted = () => {
    wake();
  };
  signal.addEventListener('abort', aborted);
  let open = 0;
  const handOut = () => {
    for (let task = open < AHEAD ? next() : null; task; task = open < AHEAD ? next() : null) {
      open += 1;
      send({ type: 'scan', ...task });
    }
  };
  try {
    handOut();
    while (open > 0 && !signal.aborted && failure === null) {
      if (inbox.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      // What else has come is handed over message by message: live lines get their turn, too.
      await nextTick();
      const answers = inbox.splice(0, GROUP);
      const batches = answers.flatMap((answer) => (answer.type === 'batch' ? [answer.batch] : []));
      if (batches.length > 0) {
        await commit(batches.map((batch) => ({ ...batch, checkpoint: revive(batch.checkpoint) })));
        for (const _batch of batches) send({ type: 'taken' });
      }
      for (const answer of answers) {
        if (answer.type !== 'done') continue;
        open -= 1;
        finished(answer.path, answer.error);
      }
      handOut();
    }
    if (failure !== null) throw failure instanceof Error ? failure : new Error('the scanner died');
  } finally {
    signal.removeEventListener('abort', aborted);
    await worker.terminate();
  }
}
