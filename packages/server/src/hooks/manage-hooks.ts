import { findDaemon } from '../daemon/find-daemon.js';
import type { Config } from '../config/config.js';
import { PersonSettings } from '../config/person-settings.js';
import {
  answerSeconds,
  hookStatus,
  withHooks,
  withoutHooks,
  type HookStatus,
} from './hook-settings.js';
import {
  changeSettings,
  readSettings,
  type SettingsChange,
} from '../client-settings/settings-file.js';

type Where = Pick<Config, 'claudeDirs' | 'dataDir' | 'host' | 'port'>;
type How = { dryRun: boolean; now: number };

/** What is installed in each of the client's folders, and whether a daemon would hear it. */
export type HooksReport = {
  folders: (HookStatus & { claudeDir: string })[];
  /** The daemon's address; null when none answers. */
  daemon: string | null;
  /** Where hooks go that a running daemon doesn't listen at. */
  astray: string[];
  /** How long the client would have to wait for the person's answer, by the settings. */
  answerSeconds: number;
};

/** Installs our hooks in every folder's settings, for the daemon that runs or would. */
export async function installHooks(where: Where, how: How): Promise<SettingsChange[]> {
  const running = await findDaemon(where.dataDir, how.now);
  const url = running?.url ?? `http://127.0.0.1:${String(where.port === 0 ? 3001 : where.port)}`;
  const loopback = url.replace('//localhost:', '//127.0.0.1:');
  const wait = secondsToAnswer(where);
  const change = (dir: string) =>
    changeSettings(dir, (settings) => withHooks(settings, loopback, wait), how);
  return where.claudeDirs.map(change);
}

/** Takes exactly our hooks out of every folder's settings. */
export function uninstallHooks({ claudeDirs }: Where, how: How): SettingsChange[] {
  return claudeDirs.map((dir) => changeSettings(dir, withoutHooks, how));
}

/** Says what is installed and who listens. */
export async function hooksReport(where: Where, now: number): Promise<HooksReport> {
  const folders = where.claudeDirs.map((claudeDir) => ({
    claudeDir,
    ...hookStatus(readSettings(claudeDir)),
  }));
  const daemon = (await findDaemon(where.dataDir, now))?.url ?? null;
  const port = daemon === null ? null : new URL(daemon).port;
  const urls = new Set(folders.flatMap((folder) => folder.urls));
  const astray = [...urls].filter((url) => port !== null && new URL(url).port !== port);
  return { folders, daemon, astray, answerSeconds: secondsToAnswer(where) };
}

function secondsToAnswer({ dataDir }: Where): number {
  return answerSeconds(new PersonSettings(dataDir).read().budgets.answerTimeoutMs);
}
