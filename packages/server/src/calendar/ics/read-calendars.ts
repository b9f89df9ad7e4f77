import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { OptimizerError } from '@claude-optimizer/protocol';
import type { ReadRequest } from '../sources/read-calendars.js';
import type { ReadCalendar } from './read-calendars-here.js';

const WORKER = new URL('./calendar-worker.js', import.meta.url);
/** 5,000 events of 14 days take 1.4 s; a calendar made to keep us busy is let go. */
const MOST_MS = 5_000;
const MEMORY_MB = 256;

export type WorkerAnswer = { read: ReadCalendar } | { error: string };

/**
 * Makes plans of calendars' texts, in a thread of its own with a limit of time and memory. Throws
 * `bad_request` for a calendar that takes more.
 */
export async function readCalendars(request: ReadRequest): Promise<ReadCalendar> {
  // Not when running from TypeScript source.
  if (!existsSync(fileURLToPath(WORKER))) {
    const { readCalendarsHere } = await import('./read-calendars-here.js');
    return readCalendarsHere(request);
  }
  const worker = new Worker(WORKER, {
    workerData: request,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    const answer = await new Promise<WorkerAnswer>((resolve, reject) => {
      timer = setTimeout(() => reject(tooMuch('time')), MOST_MS);
      worker.once('message', resolve);
      worker.once('error', (cause) => reject(tooMuch('memory', cause)));
    });
    if ('read' in answer) return answer.read;
    throw new OptimizerError('internal', answer.error, { fix: 'Please report it.' });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

function tooMuch(what: 'time' | 'memory', cause?: unknown): OptimizerError {
  return new OptimizerError('bad_request', `This calendar takes too much ${what} to be read.`, {
    fix: 'Put the sessions into a calendar of their own.',
    ...(cause !== undefined && { cause }),
  });
}
