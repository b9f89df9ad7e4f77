import { isAlive, signalGroup } from './process-mark.js';
import { RunFolder } from './run-folder.js';

/**
 * Clears away what a daemon that was killed left of runs that have ended; `kept` are the folders of
 * those that haven't. A keeper that still lives is told to end.
 */
export function sweepRuns(dataDir: string, kept: readonly RunFolder[]): void {
  const names = new Set(kept.map(({ folder }) => folder));
  for (const folder of RunFolder.all(dataDir)) {
    if (names.has(folder.folder)) continue;
    const [keeper, client] = [folder.keeper(), folder.client()];
    if (keeper !== null && isAlive(keeper)) {
      folder.tell({ type: 'stop' });
      continue;
    }
    if (client !== null && isAlive(client)) signalGroup(client.pid, 'SIGKILL');
    folder.remove();
  }
}
