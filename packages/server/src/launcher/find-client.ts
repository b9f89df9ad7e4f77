import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { promisify } from 'node:util';
import { findProgram } from '../doctor/find-program.js';
import { expandHome } from '../config/expand-home.js';

const VERSION_MS = 10_000;
const run = promisify(execFile);
const versions = new Map<string, string | null>();

export type Client = { path: string; version: string | null };

/**
 * The `claude` that would be started: the configured one, else the first on PATH; null where there
 * is none. Its version is null when it doesn't say one within 10 s.
 */
export async function findClient(configured: string | null): Promise<Client | null> {
  const path = clientPath(configured);
  return path === null ? null : { path, version: await versionOf(path) };
}

/** The same without asking it for its version. */
export function clientPath(configured: string | null): string | null {
  if (configured === null) return findProgram('claude');
  const path = expandHome(configured, homedir());
  return existsSync(path) ? path : null;
}

/** Asked once per program as it is: an update is another one. */
async function versionOf(path: string): Promise<string | null> {
  const { mtimeMs, size } = statSync(path);
  const key = `${path} ${String(mtimeMs)} ${String(size)}`;
  const known = versions.get(key);
  if (known !== undefined) return known;
  const version = await run(path, ['--version'], { timeout: VERSION_MS }).then(
    ({ stdout }) => /\d+\.\d+\.\d+[\w.-]*/u.exec(stdout)?.[0] ?? null,
    () => null,
  );
  versions.set(key, version);
  return version;
}
