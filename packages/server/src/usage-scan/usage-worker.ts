import { parentPort, workerData } from 'node:worker_threads';
import { ResponseTable } from './response-table.js';
import { scanUsageFiles } from './scan-usage-file.js';
import { filesOf, type SharedScan } from './shared-scan.js';

if (parentPort) {
  const table = new ResponseTable();
  scanUsageFiles(filesOf(workerData as SharedScan), table);
  const packed = table.pack();
  parentPort.postMessage(packed, [packed.numbers.buffer]);
}
