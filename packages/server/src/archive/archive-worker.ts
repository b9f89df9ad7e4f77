import { parentPort, workerData } from 'node:worker_threads';
import type { ArchiveSettings } from '@claude-optimizer/protocol';
import { yieldToOthers } from '../priority.js';
import { ArchiveWork, type ArchiveAnswer, type ArchiveRequest } from './archive-work.js';
import type { About } from './frame-file.js';

/** To the worker; a question has a number. */
export type ToArchive =
  | { type: 'take'; files: About[]; soon: boolean }
  | { type: 'settings'; settings: ArchiveSettings }
  | { type: 'ask'; id: number; request: ArchiveRequest }
  | { type: 'end' };

/** From the worker: the answer to a question, or why there is none. */
export type FromArchive =
  | { type: 'answer'; id: number; answer: ArchiveAnswer }
  | { type: 'refused'; id: number; reason: string }
  | { type: 'ended' };

export type ArchiveWorkerData = { folder: string; settings: ArchiveSettings };

if (parentPort) void serve(parentPort, workerData as ArchiveWorkerData);

async function serve(
  port: NonNullable<typeof parentPort>,
  { folder, settings }: ArchiveWorkerData,
) {
  const isNice = yieldToOthers();
  // Where a thread has no priority of its own, it works half of the time.
  const work = ArchiveWork.open({ folder, settings, now: Date.now, rest: isNice ? 0 : 1 });
  const say = (message: FromArchive) => {
    port.postMessage(message);
  };
  let inTurn: Promise<unknown> = work;
  port.on('message', (message: ToArchive) => {
    inTurn = inTurn.then(async () => take(await work, message, say));
  });
  await work;
}

async function take(
  work: ArchiveWork,
  message: ToArchive,
  say: (message: FromArchive) => void,
): Promise<void> {
  switch (message.type) {
    case 'take':
      work.take(message.files, { soon: message.soon });
      return;
    case 'settings':
      work.settings = message.settings;
      return;
    case 'ask':
      try {
        say({ type: 'answer', id: message.id, answer: work.answer(message.request) });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        say({ type: 'refused', id: message.id, reason });
      }
      return;
    case 'end':
      await work.close();
      say({ type: 'ended' });
  }
}
