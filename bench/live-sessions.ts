import { fork } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import type { Defer } from '../tests/support/cleanup.js';
import { inRepo } from '../scripts/lib/places.mjs';
import type { Order, Sent } from './live-order.js';

export const LINES_PER_SECOND = 5;

/** Files of sessions that don't exist yet. */
export function newSessions(claudeDir: string, count: number): Order['files'] {
  return Array.from({ length: count }, () => {
    const sessionId = randomUUID();
    const cwd = `/home/dev/live/${randomBytes(3).toString('hex')}`;
    const folder = cwd.replaceAll(/[^a-zA-Z0-9]/gu, '-');
    return { path: path.join(claudeDir, 'projects', folder, `${sessionId}.jsonl`), sessionId, cwd };
  });
}

/** Lets a process of its own write these sessions; resolves with when it wrote what. */
export async function writeLive(
  files: Order['files'],
  seconds: number,
  defer: Defer,
): Promise<Map<string, bigint>> {
  const child = fork(inRepo('bench/writer.ts'), { execArgv: ['--import', 'tsx'] });
  defer(() => child.kill('SIGKILL'));
  const order: Order = { files, linesPerSecond: LINES_PER_SECOND, seconds };
  child.send(order);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the writer ended with ${String(code)}`);
  });
  const [answer] = (await Promise.race([once(child, 'message'), ended])) as [Sent];
  // It ends by itself now; that it did is nothing to throw about.
  ended.catch(() => {});
  return new Map(answer.sent.map(([key, ns]) => [key, BigInt(ns)]));
}
