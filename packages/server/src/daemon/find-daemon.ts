import { healthSchema } from '@claude-optimizer/protocol';
import { readDaemonFile, type Daemon } from './daemon-file.js';

const ANSWER_MS = 1_000;
/** Who has said no url for so long has died before it could. */
const START_MS = 60_000;

/** The daemon that runs on the data folder, by its file; null when there is none (any more). */
export async function findDaemon(dataDir: string, now: number): Promise<Daemon | null> {
  const daemon = readDaemonFile(dataDir);
  // Our own pid in it is from a life before this one, such as in a container.
  if (!daemon || daemon.pid === process.pid || !isAlive(daemon.pid)) return null;
  if (daemon.url === null) return now - daemon.startedAt < START_MS ? daemon : null;
  // After a crash another program may have its pid.
  return (await answers(daemon.url)) ? daemon : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Whether one of ours is there. One that hangs is: it has the store open. */
async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(ANSWER_MS) });
    return healthSchema.safeParse(await response.json()).success;
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError';
  }
}
