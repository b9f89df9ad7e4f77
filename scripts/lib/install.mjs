import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { inRepo } from './places.mjs';
import { runStep } from './step.mjs';

const STAMP = inRepo('node_modules', '.install-stamp');

/**
 * What an installation depends on: the lock file, and Node's ABI and the platform, for which
 * better-sqlite3 was compiled.
 */
function wantedStamp() {
  const { platform, arch, versions } = process;
  const lock = fs.readFileSync(inRepo('package-lock.json'));
  return createHash('sha256')
    .update(`${platform} ${arch} ${versions.modules}\n`)
    .update(lock)
    .digest('hex');
}

/** Whether `node_modules` is missing, was left half done or belongs to another lock file. */
export function installIsStale() {
  if (!fs.existsSync(STAMP)) return true;
  return fs.readFileSync(STAMP, 'utf8') !== wantedStamp();
}

/** Notes that `node_modules` fits the lock file; npm's own installs say so by `postinstall`. */
export function markInstalled() {
  fs.writeFileSync(STAMP, wantedStamp());
}

/** Installs by the lock file when that is needed. */
export async function ensureInstalled() {
  if (!installIsStale()) return;
  const first = !fs.existsSync(inRepo('node_modules'));
  const label = first
    ? 'Installing dependencies (first run, a few minutes)'
    : 'Updating dependencies';
  // `npm ci` empties node_modules first, so a run that is cut off leaves no stamp behind.
  const { command, args } = npm('ci', '--include=dev', '--no-audit', '--no-fund');
  await runStep(label, command, args);
  markInstalled();
}

/** Command and arguments of the npm that started us, or of the one on the path. */
export function npm(...args) {
  const running = process.env.npm_execpath;
  if (running?.endsWith('.js')) return { command: process.execPath, args: [running, ...args] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args };
}
