import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { promisify } from 'node:util';
import { findProgram } from '../doctor/find-program.js';
import { expandHome } from '../config/expand-home.js';

const ANSWER_MS = 10_000;
const run = promisify(execFile);
const versions = new Map<string, Promise<string | null>>();
const naming = new Map<string, Promise<boolean>>();

export type Client = { path: string; version: string | null };

/**
 * The `claude` that would be started: the configured one, else the first on PATH; null where there
 * is none. Its version is null when it doesn't say one within 10 s.
 */
export async function findClient(configured: string | null): Promise<Client | null> {
  const path = clientPath(configured);
  if (path === null) return null;
  const version = await once(versions, path, async () => {
    return /\d+\.\d+\.\d+[\w.-]*/u.exec(await says(path, '--version'))?.[0] ?? null;
  });
  return { path, version };
}

/** The same without asking it for its version. */
export function clientPath(configured: string | null): string | null {
  if (configured === null) return findProgram('claude');
  const path = expandHome(configured, homedir());
  return existsSync(path) ? path : null;
}

/** Whether it can be told what a session is called: older ones refuse a flag that they don't know. */
export function canName(path: string): Promise<boolean> {
  return once(naming, path, async () => /\s--name <name>/u.test(await says(path, '--help')));
}

/** What it prints for one flag; nothing where it fails. */
function says(path: string, flag: string): Promise<string> {
  return run(path, [flag], { timeout: ANSWER_MS }).then(
    ({ stdout }) => stdout,
    () => '',
  );
}

/** Asked once per program as it is: an update is another one. */
function once<T>(known: Map<string, Promise<T>>, path: string, ask: () => Promise<T>): Promise<T> {
  const { mtimeMs, size } = statSync(path);
  const key = `${path} ${String(mtimeMs)} ${String(size)}`;
  const answer = known.get(key) ?? ask();
  known.set(key, answer);
  return answer;
}
