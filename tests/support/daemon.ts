import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { healthSchema } from '@claude-optimizer/protocol';
import { inRepo } from '../../scripts/lib/places.mjs';
import type { Defer } from './cleanup.js';
import { until } from './until.js';

const BINARY = inRepo('packages/cli/bin/claude-optimizer.js');
const START_TIMEOUT_MS = 20_000;

export type DaemonOptions = {
  /** Folder that contains (or will contain) `projects`. */
  claudeDir: string;
  dataDir: string;
  port?: number;
  args?: string[];
  /** Besides PATH and a HOME of its own. */
  env?: Record<string, string>;
};

/** A running `claude-optimizer start`: the built product in a process of its own. */
export type Daemon = {
  url: string;
  port: number;
  pid: number;
  /** Everything that it has printed. */
  output: () => string;
  /** Asks it to end and resolves with its exit code. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>;
  /** Resolves when every file has been indexed once. */
  ready: (timeoutMs?: number) => Promise<void>;
};

/** Starts the daemon's process without waiting for anything; it is killed at the end. */
export function spawnDaemon(options: DaemonOptions, defer: Defer) {
  const { claudeDir, dataDir, port = 0, args = [], env = {} } = options;
  const folders = ['--claude-dir', claudeDir, '--data-dir', dataDir];
  const child = spawn(
    process.execPath,
    [BINARY, 'start', '--port', String(port), ...folders, ...args],
    // HOME: nothing of the person's own may ever be read by a test.
    { env: { PATH: process.env.PATH, HOME: dataDir, NO_COLOR: '1', ...env }, stdio: 'pipe' },
  );
  const closed = once(child, 'close');
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal);
    await closed;
    return child.exitCode;
  };
  defer(() => stop('SIGKILL'));
  return { child, stop, stdout: () => stdout, output: () => `${stdout}\n${stderr}` };
}

/** Starts the daemon and waits for the line with its URL; it is killed at the end of the test. */
export async function startDaemon(options: DaemonOptions, defer: Defer): Promise<Daemon> {
  const { child, stop, stdout, output } = spawnDaemon(options, defer);
  const url = await until(
    'the URL of the daemon',
    () => {
      if (child.exitCode !== null) throw new Error(`the daemon ended at once:\n${output()}`);
      return /http:\/\/[\w.:[\]-]+/.exec(stdout())?.[0];
    },
    { timeoutMs: START_TIMEOUT_MS },
  );
  const ready = async (timeoutMs = 60_000) => {
    await until('the index to be ready', async () => (await health(url)).ready, { timeoutMs });
  };
  return { url, port: Number(new URL(url).port), pid: child.pid ?? 0, output, stop, ready };
}

/** `GET /api/health`. */
export async function health(url: string) {
  const response = await fetch(`${url}/api/health`);
  return healthSchema.parse(await response.json());
}
