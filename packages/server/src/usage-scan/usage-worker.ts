import { parentPort } from 'node:worker_threads';
import { ResponseTable } from './response-table.js';
import { scanUsageFiles } from './scan-usage-file.js';
import { filesOf, type ScannedApart, type SharedScan } from './shared-scan.js';

const port = parentPort;
// Started before it is known what there is to read.
port?.once('message', (shared: SharedScan) => {
  const table = new ResponseTable();
  const timeless = scanUsageFiles(filesOf(shared), table);
  const packed = table.pack();
  const scanned: ScannedApart = { table: packed, timeless };
  port.postMessage(scanned, [packed.numbers.buffer]);
});
