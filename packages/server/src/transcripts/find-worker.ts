import { parentPort, workerData } from 'node:worker_threads';
import { walk, type FoundFile } from './find-transcripts.js';

// A folder that can't be read is told of when it is looked at to be watched.
const files: FoundFile[] = [];
for (const root of workerData as readonly string[]) {
  for (const found of walk(root, () => {})) files.push(...found.files);
}
parentPort?.postMessage(files);
