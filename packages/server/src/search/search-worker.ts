import { parentPort, workerData } from 'node:worker_threads';
import { yieldToOthers } from '../priority.js';
import { SearchWork, type SearchRequest } from './search-work.js';

export type ToSearch = { type: 'do'; id: number; request: SearchRequest } | { type: 'end' };

/** From the worker: a request is done, or why it isn't. */
export type FromSearch =
  { type: 'done'; id: number } | { type: 'failed'; id: number; reason: string } | { type: 'ended' };

export type SearchWorkerData = { file: string; archive: string };

if (parentPort) serve(parentPort, workerData as SearchWorkerData);

function serve(port: NonNullable<typeof parentPort>, { file, archive }: SearchWorkerData): void {
  yieldToOthers();
  const opened = SearchWork.open(file, archive);
  const say = (message: FromSearch) => {
    port.postMessage(message);
  };
  let inTurn: Promise<unknown> = opened;
  // Who waits for the index hears with the first request why there is none.
  opened.catch(() => undefined);
  port.on('message', (message: ToSearch) => {
    void opened.then((work) => {
      if (message.type === 'end') work.end();
      else work.hear(message.request);
    }, ignore);
    inTurn = inTurn.then(ignore, ignore).then(() => take(opened, message, say));
  });
}

const ignore = (): void => undefined;

async function take(
  opened: Promise<SearchWork>,
  message: ToSearch,
  say: (message: FromSearch) => void,
): Promise<void> {
  if (message.type === 'end') {
    await opened.then((work) => {
      work.close();
    }, ignore);
    say({ type: 'ended' });
    return;
  }
  try {
    await (await opened).perform(message.request);
    say({ type: 'done', id: message.id });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say({ type: 'failed', id: message.id, reason });
  }
}
