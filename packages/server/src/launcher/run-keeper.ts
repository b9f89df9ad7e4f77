import { Keeper } from './keeper.js';
import { markOf } from './process-mark.js';
import { RunFolder } from './run-folder.js';

// Its own process, started with the run's folder. Of two for one run the second ends at once.
const folder = new RunFolder(process.argv[2] ?? '');
const order = folder.order();
if (order !== null && folder.claim(markOf(process.pid))) {
  const keeper = new Keeper(folder, order);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      keeper.stop('asked');
    });
  }
  // A full disk, for one: without its keeper the client would run on without limits.
  process.on('uncaughtException', () => {
    keeper.abandon();
    process.exit(1);
  });
  void keeper.keep();
}
