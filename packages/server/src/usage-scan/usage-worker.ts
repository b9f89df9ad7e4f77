import { parentPort, workerData } from 'node:worker_threads';
import type { UsageFile } from './find-usage-files.js';
import { ResponseTable } from './response-table.js';
import { scanUsageFiles } from './scan-usage-file.js';

if (parentPort) {
  const table = new ResponseTable();
  scanUsageFiles(workerData as UsageFile[], table);
  const packed = table.pack();
  parentPort.postMessage(packed, [packed.numbers.buffer]);
}
