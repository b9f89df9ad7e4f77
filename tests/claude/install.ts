import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { npm } from '../../scripts/lib/install.mjs';
import { CACHE } from '../../scripts/lib/places.mjs';

/** Aliases of models and the transcript's lines move with each version. */
export const CLAUDE_CODE_VERSION = '2.1.330';
const PACKAGE = '@anthropic-ai/claude-code';
const FOLDER = path.join(CACHE, 'claude-code', CLAUDE_CODE_VERSION);
const INSTALL_TIMEOUT_MS = 240_000;

const run = promisify(execFile);

/** Where the real client is, or why it isn't here. */
export type Installed = { binary: string; reason?: never } | { binary: null; reason: string };

/**
 * The pinned real client, installed on demand (about 360 MB) into the repository's cache folder.
 * Its own install script is not run: the program itself lies in the package of the platform.
 */
export async function installClaude(): Promise<Installed> {
  const found = findBinary();
  if (found) return { binary: found };
  const options = ['--prefix', FOLDER, '--ignore-scripts', '--no-save', '--no-audit', '--no-fund'];
  const { command, args } = npm('install', ...options, `${PACKAGE}@${CLAUDE_CODE_VERSION}`);
  fs.mkdirSync(FOLDER, { recursive: true });
  try {
    await run(command, args, { cwd: FOLDER, timeout: INSTALL_TIMEOUT_MS });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { binary: null, reason: `npm could not install it: ${message.slice(0, 500)}` };
  }
  const binary = findBinary();
  if (binary) return { binary };
  return { binary: null, reason: `no build for ${process.platform}-${process.arch}` };
}

function findBinary(): string | null {
  const scope = path.join(FOLDER, 'node_modules', '@anthropic-ai');
  const name = process.platform === 'win32' ? 'claude.exe' : 'claude';
  const platform = `claude-code-${process.platform}-${process.arch}`;
  return (
    [platform, `${platform}-musl`]
      .map((folder) => path.join(scope, folder, name))
      .find((file) => fs.existsSync(file)) ?? null
  );
}

/** Whether the registry knows the package at all: then, in CI, being without it is a failure. */
export async function registryIsReachable(): Promise<boolean> {
  const { command, args } = npm('view', `${PACKAGE}@${CLAUDE_CODE_VERSION}`, 'version');
  try {
    const { stdout } = await run(command, args, { timeout: 30_000 });
    return stdout.includes(CLAUDE_CODE_VERSION);
  } catch {
    return false;
  }
}
