import { parentPort, workerData } from 'node:worker_threads';
import type { UsageFile } from './find-usage-files.js';
import { pack } from './pack.js';
import { scanUsageFiles } from './scan-usage-file.js';
import { Tally } from './tally.js';

if (parentPort) {
  const tally = new Tally();
  scanUsageFiles(workerData as UsageFile[], tally);
  const packed = pack(tally.responses());
  parentPort.postMessage(packed, [packed.numbers.buffer]);
}
