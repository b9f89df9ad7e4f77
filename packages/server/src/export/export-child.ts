import { setPriority } from 'node:os';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { openSqliteReader } from '@claude-optimizer/store/reader';
import type { ExportOrder } from './export-processes.js';
import { openExport } from './open-export.js';
import { storedOrigin } from './stored-origin.js';

/** The order stands on standard input; the export goes to standard output. */
async function make(): Promise<void> {
  const order = JSON.parse(await text(process.stdin)) as ExportOrder;
  const store = openSqliteReader(order.file);
  if (store === null) throw new Error('there is no store, or an older version made it');
  try {
    const opened = await openExport(
      await storedOrigin(store, order, () => order.now),
      order.request,
    );
    let told = 0;
    const pieces = async function* () {
      for await (const piece of opened.pieces) {
        const passed = opened.passed();
        if (passed !== told) process.send?.(passed);
        told = passed;
        yield piece;
      }
    };
    await pipeline(pieces, process.stdout, { end: false });
  } finally {
    await store.close();
  }
}

setPriority(10);
// Whoever asked has gone, or the daemon has.
const leave = () => process.exit(0);
process.stdout.on('error', leave);
process.on('disconnect', leave);
make()
  .catch((error: unknown) => {
    process.stderr.write(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  })
  .finally(() => {
    process.off('disconnect', leave);
    process.disconnect();
  });
