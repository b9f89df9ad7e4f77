import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { DAEMON_FILE } from '../config/data-dir.js';

const ONLY_OURS = 0o600;

/** What the daemon of a data folder says of itself; url and token once it can be asked. */
export const daemonSchema = z.object({
  pid: z.int(),
  url: z.string().nullable(),
  token: z.string().nullable(),
  /** Epoch ms. */
  startedAt: z.int(),
});
export type Daemon = z.infer<typeof daemonSchema>;

/** What the file says; null when there is none or it says nothing (written half, by a crash). */
export function readDaemonFile(dataDir: string): Daemon | null {
  try {
    return daemonSchema.parse(JSON.parse(readFileSync(path.join(dataDir, DAEMON_FILE), 'utf8')));
  } catch {
    return null;
  }
}

/** Makes the file; false when there is one already. */
export function createDaemonFile(dataDir: string, daemon: Daemon): boolean {
  try {
    const text = JSON.stringify(daemon);
    writeFileSync(path.join(dataDir, DAEMON_FILE), text, { flag: 'wx', mode: ONLY_OURS });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Puts a new file in the place of the old one, at once for whoever reads it. */
export function replaceDaemonFile(dataDir: string, daemon: Daemon): void {
  const next = path.join(dataDir, `${DAEMON_FILE}.${daemon.pid}`);
  writeFileSync(next, JSON.stringify(daemon), { mode: ONLY_OURS });
  renameSync(next, path.join(dataDir, DAEMON_FILE));
}

export function removeDaemonFile(dataDir: string): void {
  rmSync(path.join(dataDir, DAEMON_FILE), { force: true });
}
