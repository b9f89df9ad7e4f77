import fs from 'node:fs';
import path from 'node:path';
import { OptimizerError } from '@claude-optimizer/protocol';

/** A JSON object as the person's settings file has it; nobody has vouched for its fields. */
export type Settings = Readonly<Record<string, unknown>>;

/** What a change of the settings file comes to; `backup` is where the old one lies. */
export type SettingsChange = {
  file: string;
  changed: boolean;
  before: string;
  after: string;
  backup: string | null;
};

/** The client's settings below `claudeDir`; empty when there are none. Throws `config_invalid`. */
export function readSettings(claudeDir: string): Settings {
  return parse(fileIn(claudeDir), textOf(fileIn(claudeDir)));
}

/**
 * Changes the person's settings: keeps a copy beside them, writes the new ones in one step and with
 * the same rights. Writes nothing when nothing changes or `dryRun`. Throws `config_invalid`.
 */
export function changeSettings(
  claudeDir: string,
  change: (settings: Settings) => Settings,
  { dryRun, now }: { dryRun: boolean; now: number },
): SettingsChange {
  const file = fileIn(claudeDir);
  const before = textOf(file);
  const settings = parse(file, before);
  const next = change(settings);
  const same = JSON.stringify(next) === JSON.stringify(settings);
  const after = same ? before : `${JSON.stringify(next, null, indentOf(before))}\n`;
  if (same || dryRun) return { file, changed: !same, before, after, backup: null };
  return { file, changed: true, before, after, backup: write(file, before, after, now) };
}

function fileIn(claudeDir: string): string {
  const file = path.join(claudeDir, 'settings.json');
  // Those who keep it elsewhere and link to it want it to stay a link.
  return fs.existsSync(file) ? fs.realpathSync(file) : file;
}

function textOf(file: string): string {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
}

function parse(file: string, text: string): Settings {
  if (text.trim() === '') return {};
  try {
    const settings: unknown = JSON.parse(text);
    if (typeof settings === 'object' && settings !== null && !Array.isArray(settings)) {
      return settings as Settings;
    }
  } catch (cause) {
    throw unreadable(file, cause);
  }
  throw unreadable(file, undefined);
}

function unreadable(file: string, cause: unknown): OptimizerError {
  const why = cause instanceof Error ? cause.message : 'it holds no object';
  return new OptimizerError('config_invalid', `${file} can't be read: ${why}.`, {
    fix: 'Correct it by hand, then try again; nothing was changed.',
    cause,
  });
}

function indentOf(text: string): string | number {
  return /^\{\s*?\n([ \t]+)"/u.exec(text)?.[1] ?? 2;
}

function write(file: string, before: string, after: string, now: number): string | null {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const exists = fs.existsSync(file);
  const mode = exists ? fs.statSync(file).mode & 0o777 : 0o600;
  const stamp = new Date(now).toISOString().replaceAll(/[:.]/gu, '-');
  const backup = exists ? `${file}.${stamp}.backup` : null;
  if (backup !== null) fs.writeFileSync(backup, before, { mode, flag: 'wx' });
  const next = `${file}.${String(process.pid)}.new`;
  fs.writeFileSync(next, after, { mode });
  fs.renameSync(next, file);
  return backup;
}
