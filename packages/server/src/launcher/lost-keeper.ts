import { isAlive, leadersWith, signalGroup } from './process-mark.js';
import type { RunFolder } from './run-folder.js';

/** A keeper that is nowhere to be seen after so long was never started. */
const START_MS = 15_000;
const NOBODY = { pid: 0, startedAt: null };

/** Whether nobody keeps the run any more, nor will, so long (ms) after it was taken up. */
export function isKeeperLost(folder: RunFolder, waitedMs: number): boolean {
  const keeper = folder.keeper();
  // Taking its place makes sure that none begins after all.
  if (keeper === null) return waitedMs > START_MS && folder.claim(NOBODY);
  // Its end is written before it goes: looked at again, so as not to miss it in between.
  return !isAlive(keeper) && folder.end() === null;
}

/** Ends the client that a lost keeper has left. */
export function endLeftClient(folder: RunFolder, sessionId: string): void {
  const client = folder.client();
  if (client !== null) {
    if (isAlive(client)) signalGroup(client.pid, 'SIGKILL');
    return;
  }
  // It may have been killed before it could write down whom it started.
  const words = [`--session-id=${sessionId}`, `--resume=${sessionId}`];
  for (const leader of words.flatMap(leadersWith)) signalGroup(leader, 'SIGKILL');
}
