import { OptimizerError } from '@claude-optimizer/protocol';
import { makeDataDir } from '../config/data-dir.js';
import {
  createDaemonFile,
  readDaemonFile,
  removeDaemonFile,
  replaceDaemonFile,
  type Daemon,
} from './daemon-file.js';
import { findDaemon } from './find-daemon.js';

/** The right to be the one daemon of a data folder. */
export type Claim = {
  /** Tells others where the daemon can be asked, in a file that only its owner can read. */
  announce(where: { url: string; token: string }): void;
  /** Gives the right back; synchronous, so that an exit can do it. */
  release(): void;
};

/**
 * Claims the data folder for this process, making it if need be. Throws `conflict`, naming the
 * running daemon's URL, when there is one. `now` in epoch ms.
 */
export async function claimDaemon(dataDir: string, now: number): Promise<Claim> {
  await makeDataDir(dataDir);
  const ours: Daemon = { pid: process.pid, url: null, token: null, startedAt: now };
  while (!createDaemonFile(dataDir, ours)) {
    const running = await findDaemon(dataDir, now);
    if (running) throw conflict(running, dataDir);
    removeDaemonFile(dataDir);
  }
  return {
    announce: (where) => replaceDaemonFile(dataDir, { ...ours, ...where }),
    release: () => {
      if (readDaemonFile(dataDir)?.pid === process.pid) removeDaemonFile(dataDir);
    },
  };
}

function conflict({ url, pid }: Daemon, dataDir: string): OptimizerError {
  const state = url === null ? 'is starting' : `is running at ${url}`;
  return new OptimizerError(
    'conflict',
    `Claude Code Optimizer ${state} (process ${pid}) on the data folder ${dataDir}.`,
    { fix: 'Open that one, stop it first, or choose another folder with --data-dir.' },
  );
}
