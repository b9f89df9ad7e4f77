import { parentPort, workerData } from 'node:worker_threads';
import type { ReadRequest } from '../sources/read-calendars.js';
import { readCalendarsHere } from './read-calendars-here.js';
import type { WorkerAnswer } from './read-calendars.js';

function answer(): WorkerAnswer {
  try {
    return { read: readCalendarsHere(workerData as ReadRequest) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.postMessage(answer());
