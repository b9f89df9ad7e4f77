import fs from 'node:fs';
import path from 'node:path';
import {
  changeSettings,
  readSettings,
  type SettingsChange,
} from '../client-settings/settings-file.js';
import type { Config } from '../config/config.js';
import { isOurs, withoutStatusLine, withStatusLine } from './status-line-settings.js';

type Where = Pick<Config, 'claudeDirs' | 'dataDir'>;
type How = { dryRun: boolean; now: number };

/** In the data folder: the status lines that ours took the place of, by the client's folder. */
const FILE = 'status-lines-before.json';

/** Makes `command` the status line of every client's folder; another's is kept for uninstalling. */
export function installStatusLine(where: Where, command: string, how: How): SettingsChange[] {
  return where.claudeDirs.map((dir) => {
    const before = readSettings(dir)['statusLine'];
    if (before !== undefined && !isOurs(before) && !how.dryRun) keep(where.dataDir, dir, before);
    return changeSettings(dir, (settings) => withStatusLine(settings, command), how);
  });
}

/** Takes our status line out again and puts back what was there before. */
export function uninstallStatusLine({ claudeDirs, dataDir }: Where, how: How): SettingsChange[] {
  const kept = keptLines(dataDir);
  return claudeDirs.map((dir) =>
    changeSettings(dir, (settings) => withoutStatusLine(settings, kept[dir]), how),
  );
}

function keep(dataDir: string, claudeDir: string, statusLine: unknown): void {
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const kept = { ...keptLines(dataDir), [claudeDir]: statusLine };
  fs.writeFileSync(path.join(dataDir, FILE), JSON.stringify(kept), { mode: 0o600 });
}

function keptLines(dataDir: string): Record<string, unknown> {
  const file = path.join(dataDir, FILE);
  if (!fs.existsSync(file)) return {};
  return JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, unknown>;
}
