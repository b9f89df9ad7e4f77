import fs from 'node:fs';
import path from 'node:path';
import { OptimizerError } from '@claude-optimizer/protocol';
import {
  changeSettings,
  readSettings,
  type SettingsChange,
} from '../client-settings/settings-file.js';
import type { Config } from '../config/config.js';
import { dataDirOf, isOurs, withoutStatusLine, withStatusLine } from './status-line-settings.js';

type Where = Pick<Config, 'claudeDirs' | 'dataDir'>;
type How = { dryRun: boolean; now: number };

/** In the data folder: the status lines that ours took the place of, by the client's folder. */
const FILE = 'status-lines-before.json';

/** Makes `command` the status line of every client's folder; another's is kept for uninstalling. */
export function installStatusLine(where: Where, command: string, how: How): SettingsChange[] {
  return where.claudeDirs.map((dir) => {
    const before = readSettings(dir)['statusLine'];
    // Undefined forgets one that was kept in earlier days and isn't theirs any more.
    if (!isOurs(before) && !how.dryRun) keep(where.dataDir, dir, before);
    return changeSettings(dir, (settings) => withStatusLine(settings, command), how);
  });
}

/** Takes our status line out again and puts back what was there before. */
export function uninstallStatusLine({ claudeDirs, dataDir }: Where, how: How): SettingsChange[] {
  return claudeDirs.map((dir) => {
    // It may have been installed with another data folder than it is now.
    const places = [dataDirOf(readSettings(dir)['statusLine']) ?? dataDir, dataDir];
    const before = places.map((place) => keptLines(place)[dir]).find((line) => line !== undefined);
    const change = changeSettings(dir, (settings) => withoutStatusLine(settings, before), how);
    if (change.changed && !how.dryRun) for (const place of places) keep(place, dir, undefined);
    return change;
  });
}

function keep(dataDir: string, claudeDir: string, statusLine: unknown): void {
  const kept = keptLines(dataDir);
  if (kept[claudeDir] === undefined && statusLine === undefined) return;
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const content = JSON.stringify({ ...kept, [claudeDir]: statusLine });
  fs.writeFileSync(path.join(dataDir, FILE), content, { mode: 0o600 });
}

function keptLines(dataDir: string): Record<string, unknown> {
  const file = path.join(dataDir, FILE);
  if (!fs.existsSync(file)) return {};
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, unknown>;
  } catch (cause) {
    throw new OptimizerError('config_invalid', `${file} can't be read.`, {
      fix: 'Remove it; what was set before is also in the backups beside settings.json.',
      cause,
    });
  }
}
