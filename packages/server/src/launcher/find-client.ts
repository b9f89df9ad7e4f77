import { execFile } from 'node:child_process';
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { findProgram } from '../doctor/find-program.js';
import { expandHome } from '../config/expand-home.js';

const ANSWER_MS = 10_000;
const run = promisify(execFile);
const versions = new Map<string, Promise<string | null>>();
const naming = new Map<string, Promise<boolean>>();

const knownSchema = z.object({ key: z.string(), canName: z.boolean() });

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

/**
 * Whether it can be told what a session is called: older ones refuse a flag that they don't know.
 * Asking takes long enough to hold a start up, so the answer is kept in the data folder.
 */
export function canName(path: string, dataDir: string): Promise<boolean> {
  return once(naming, path, async () => {
    const file = join(dataDir, 'client.json');
    const key = keyOf(path);
    const known = knownIn(file);
    if (known?.key === key) return known.canName;
    const answer = /\s--name <name>/u.test(await says(path, '--help'));
    writeFileSync(`${file}.new`, JSON.stringify({ key, canName: answer }), { mode: 0o600 });
    renameSync(`${file}.new`, file);
    return answer;
  });
}

function knownIn(file: string): { key: string; canName: boolean } | null {
  if (!existsSync(file)) return null;
  try {
    return knownSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Whatever is wrong with it: the client can be asked again.
    return null;
  }
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
  const key = keyOf(path);
  const answer = known.get(key) ?? ask();
  known.set(key, answer);
  return answer;
}

function keyOf(path: string): string {
  const { mtimeMs, size } = statSync(path);
  return `${path} ${String(mtimeMs)} ${String(size)}`;
}
