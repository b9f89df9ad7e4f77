import { existsSync } from 'node:fs';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { givenPrices } from '@claude-optimizer/core';
import { bytesOf, type SessionLoad } from '@claude-optimizer/store/load';
import type { NewSession } from './load-session.js';
import type { LoadAnswer, LoadRequest } from './load-worker.js';
import { revive } from './scan-worker.js';

const WORKER = new URL('./load-worker.js', import.meta.url);
/** Sessions handed out ahead to each worker, so that it never waits for the writer. */
const AHEAD = 3;
/** What comes in within this time is written together: each transaction rewrites pages of indexes. */
const GROUP_MS = 250;
/** Unless it is so much before. */
const GROUP_LOADS = 96;
const GROUP_BYTES = 3_000_000;
/** More threads read no faster than one can write, and each takes its memory. */
const MOST_WORKERS = 2;
/** Records live shorter than in the main thread's small heap: with less they'd be copied. */
const YOUNG_MB = 16;

/** Whether there are workers: not when running from TypeScript source. */
export function canLoadInWorkers(): boolean {
  return existsSync(fileURLToPath(WORKER));
}

type Options = {
  /** The next session, null: no more. */
  next: () => NewSession | null;
  /** Writes loads; gives the sessions that are to be read line by line instead. */
  take: (loads: SessionLoad[]) => Promise<ReadonlySet<string>>;
  /** Told of each session when all of it is written (or `whole` is false). */
  finished: (sessionId: string, end: { whole: boolean; error: string | null }) => void;
  signal: AbortSignal;
};

type Arrived = { from: Worker; answer: LoadAnswer };

/** Reads new sessions in worker threads, each in one of them, while `take` writes what they made. */
export async function loadInWorkers(options: Options): Promise<void> {
  const { next, take, finished, signal } = options;
  const inbox = new Inbox();
  const failures: Error[] = [];
  const open = new Map<Worker, number>();
  const on = {
    arrived: ({ from, answer }: Arrived) => {
      inbox.add({ from, answer });
      if (answer.type === 'load') return;
      open.set(from, (open.get(from) ?? 1) - 1);
      handOut(from);
      if (!isReading()) inbox.wake();
    },
    failed: (error: Error) => {
      failures.push(error);
      inbox.wake();
    },
  };
  const aborted = () => {
    inbox.wake();
  };
  signal.addEventListener('abort', aborted);
  const isReading = () => [...open.values()].some((count) => count > 0);
  const refused = new Set<string>();
  const handOut = (worker: Worker) => {
    for (let count = open.get(worker) ?? 0; count < AHEAD && !signal.aborted; count += 1) {
      const session = next();
      if (session === null) return;
      open.set(worker, count + 1);
      worker.postMessage({ type: 'session', session } satisfies LoadRequest);
    }
  };
  try {
    const count = Math.min(MOST_WORKERS, os.availableParallelism());
    while (open.size < count && !signal.aborted) {
      const worker = startWorker(on);
      open.set(worker, 0);
      handOut(worker);
    }
    const isOn = () => !signal.aborted && failures.length === 0;
    while (isOn() && (isReading() || !inbox.isEmpty)) {
      if (isReading()) await inbox.fills();
      const arrived = inbox.take();
      const loads = arrived.flatMap(({ answer }) => (answer.type === 'load' ? [answer.load] : []));
      const wanted = loads.filter(({ sessionId }) => !refused.has(sessionId)).map(revived);
      if (wanted.length > 0) for (const id of await take(wanted)) refused.add(id);
      for (const { from, answer } of arrived) {
        if (answer.type === 'load') {
          from.postMessage({
            type: 'taken',
            bytes: bytesOf(answer.load),
          } satisfies LoadRequest);
          continue;
        }
        const { sessionId, whole, error } = answer;
        finished(sessionId, { whole: whole && !refused.has(sessionId), error });
      }
    }
    for (const failure of failures) throw failure;
  } finally {
    signal.removeEventListener('abort', aborted);
    await Promise.all([...open.keys()].map((worker) => worker.terminate()));
  }
}

/** What has come in and is to be written together. */
class Inbox {
  #arrived: Arrived[] = [];
  #loads = 0;
  #bytes = 0;
  #wake = () => {};

  get isEmpty(): boolean {
    return this.#arrived.length === 0;
  }

  add(arrived: Arrived): void {
    this.#arrived.push(arrived);
    if (arrived.answer.type !== 'load') return;
    this.#loads += 1;
    this.#bytes += bytesOf(arrived.answer.load);
    if (this.#isFull()) this.wake();
  }

  wake(): void {
    this.#wake();
  }

  /** Resolves when there is enough, after a while, or when it is woken. */
  async fills(): Promise<void> {
    if (this.#isFull()) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, GROUP_MS);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = () => {};
  }

  take(): Arrived[] {
    const arrived = this.#arrived;
    this.#arrived = [];
    this.#loads = 0;
    this.#bytes = 0;
    return arrived;
  }

  #isFull(): boolean {
    return this.#loads >= GROUP_LOADS || this.#bytes >= GROUP_BYTES;
  }
}

function startWorker(on: {
  arrived: (arrived: Arrived) => void;
  failed: (error: Error) => void;
}): Worker {
  const worker = new Worker(WORKER, {
    workerData: givenPrices(),
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  worker.on('message', (answer: LoadAnswer) => {
    on.arrived({ from: worker, answer });
  });
  worker.on('error', (error) => {
    on.failed(error instanceof Error ? error : new Error('a reading thread died'));
  });
  return worker;
}

function revived(load: SessionLoad): SessionLoad {
  return { ...load, checkpoints: load.checkpoints.map(revive) };
}
