import fs from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { OptimizerError } from '@claude-optimizer/protocol';
import { jsonFault } from '../config/json-fault.js';

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
  const next = changed(file, settings, change);
  const same = JSON.stringify(next) === JSON.stringify(settings);
  const after = same
    ? before
    : (asItWas(file, next) ?? `${JSON.stringify(next, null, indentOf(before))}\n`);
  if (same || dryRun) return { file, changed: !same, before, after, backup: null };
  return { file, changed: true, before, after, backup: write(file, before, after, now) };
}

function changed(
  file: string,
  settings: Settings,
  change: (settings: Settings) => Settings,
): Settings {
  try {
    return change(settings);
  } catch (cause) {
    if (!(cause instanceof OptimizerError)) throw cause;
    throw new OptimizerError(cause.code, `${file}: ${cause.message}`, { fix: cause.fix, cause });
  }
}

function fileIn(claudeDir: string): string {
  const file = path.join(claudeDir, 'settings.json');
  // Those who keep it elsewhere and link to it want it to stay a link.
  if (fs.existsSync(file)) return fs.realpathSync(file);
  const isLink = fs.lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  return isLink ? path.resolve(claudeDir, fs.readlinkSync(file)) : file;
}

/** The person's own text where a copy of it says just what is wanted now: spaces and order, too. */
function asItWas(file: string, wanted: Settings): string | null {
  const folder = path.dirname(file);
  if (!fs.existsSync(folder)) return null;
  const name = path.basename(file);
  const copies = fs
    .readdirSync(folder)
    .filter((other) => other.startsWith(`${name}.`) && other.endsWith('.backup'))
    .sort()
    .reverse();
  for (const copy of copies) {
    const text = fs.readFileSync(path.join(folder, copy), 'utf8');
    if (isDeepStrictEqual(parsed(text), wanted)) return text;
  }
  return null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
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
    throw unreadable(file, jsonFault(text, cause), cause);
  }
  throw unreadable(file, 'it holds no object');
}

function unreadable(file: string, why: string, cause?: unknown): OptimizerError {
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
