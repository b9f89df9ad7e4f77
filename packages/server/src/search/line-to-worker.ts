import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { SearchWork, type SearchRequest } from './search-work.js';
import type { FromSearch, SearchWorkerData, ToSearch } from './search-worker.js';

const WORKER = new URL('./search-worker.js', import.meta.url);
/** A line of 16 MB is the most that it parses at a time. */
const HEAP = { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 16 };

/** Speaks to the thread that indexes; without one (TypeScript source) it works in this one. */
export type Line = {
  perform: (request: SearchRequest) => Promise<void>;
  end: () => Promise<void>;
};

export async function openLine(data: SearchWorkerData): Promise<Line> {
  return existsSync(fileURLToPath(WORKER)) ? lineToWorker(data) : lineHere(data);
}

function lineToWorker(workerData: SearchWorkerData): Line {
  const worker = new Worker(WORKER, { workerData, resourceLimits: HEAP });
  worker.unref();
  const open = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  let asked = 0;
  let failure: Error | null = null;
  let ended: () => void = () => undefined;
  const over = (error: Error) => {
    failure = error;
    ended();
    for (const { reject } of open.values()) reject(error);
    open.clear();
  };
  worker.on('message', (message: FromSearch) => {
    if (message.type === 'ended') {
      over(new Error('the thread that indexes has ended'));
      return;
    }
    const request = open.get(message.id);
    open.delete(message.id);
    if (message.type === 'done') request?.resolve();
    else request?.reject(new Error(message.reason));
  });
  worker.on('error', over);
  const send = (message: ToSearch) => {
    worker.postMessage(message);
  };
  return {
    perform: (request) =>
      new Promise((resolve, reject) => {
        if (failure !== null) {
          reject(failure);
          return;
        }
        asked += 1;
        open.set(asked, { resolve, reject });
        send({ type: 'do', id: asked, request });
      }),
    end: async () => {
      if (failure === null) {
        const end = new Promise<void>((resolve) => (ended = resolve));
        worker.ref();
        send({ type: 'end' });
        await end;
      }
      await worker.terminate();
    },
  };
}

async function lineHere({ file, archive }: SearchWorkerData): Promise<Line> {
  const work = await SearchWork.open(file, archive);
  let inTurn: Promise<void> = Promise.resolve();
  return {
    perform: (request) => {
      work.hear(request);
      const done = inTurn.then(() => work.perform(request));
      inTurn = done.catch(() => undefined);
      return done;
    },
    end: async () => {
      work.end();
      await inTurn;
      work.close();
    },
  };
}
