import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { OptimizerError } from '@claude-optimizer/protocol';
import type { Config } from '@claude-optimizer/server/config';
import { nextFreePort, start, type Log, type Running } from '@claude-optimizer/server/daemon';
import type { findInWorker } from '@claude-optimizer/server/transcripts';

/** Starts; when the port is taken, offers the next free one to whoever sits at the terminal. */
export async function startOnFreePort(
  config: Config,
  log: Log,
  found: ReturnType<typeof findInWorker>,
): Promise<Running> {
  try {
    return await start(config, log, { found });
  } catch (error) {
    if (!(error instanceof OptimizerError) || error.code !== 'port_in_use') throw error;
    const free = await nextFreePort(config.host, config.port);
    if (free === null) throw error;
    if (await accepts(`${error.message} Use ${free} instead? [Y/n] `)) {
      return startOnFreePort({ ...config, port: free }, log, found);
    }
    throw new OptimizerError('port_in_use', error.message, {
      fix: `Port ${free} is free: ${commandFor(free)}`,
      cause: error,
    });
  }
}

async function accepts(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C aborts the question, Ctrl-D closes the terminal without an answer.
  const no = once(terminal, 'close').then(() => 'no');
  const answer = terminal.question(question).catch(() => 'no');
  try {
    return /^(y(es)?)?$/i.test((await Promise.race([answer, no])).trim());
  } finally {
    terminal.close();
  }
}

/** What to type, by how this process was called. */
function commandFor(port: number): string {
  const byNpm = process.env.npm_lifecycle_event === 'start';
  return byNpm ? `npm start -- --port ${port}` : `claude-optimizer --port ${port}`;
}
