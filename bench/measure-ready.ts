import { setTimeout as sleep } from 'node:timers/promises';
import { snapshotSchema } from '@claude-optimizer/protocol';
import type { Daemon } from '../tests/support/daemon.js';
import type { Figure } from './figures.js';
import { freePort } from './free-port.js';
import { spreadOf } from './statistics.js';

const REPEATS = 5;
const POLL_MS = 5;
const PATIENCE_MS = 30_000;

/** From the start of an indexed daemon to its first answer that has all of today's sessions. */
export async function measureReady(
  startOn: (port: number) => Promise<Daemon>,
  today: readonly string[],
): Promise<Figure[]> {
  const answers: number[] = [];
  const times: number[] = [];
  for (let run = 0; run < REPEATS; run += 1) {
    const port = await freePort();
    const began = performance.now();
    const starting = startOn(port);
    const url = `http://127.0.0.1:${String(port)}`;
    await until(async () => (await sessionsShown(url)) !== null);
    answers.push(performance.now() - began);
    await until(async () => {
      const shown = await sessionsShown(url);
      return shown !== null && today.every((id) => shown.has(id));
    });
    times.push(performance.now() - began);
    await (await starting).stop();
  }
  const { p50, max } = spreadOf(times);
  const part = 'ready';
  return [
    { part, what: 'start → first answer, median of 5', value: spreadOf(answers).p50, unit: 'ms' },
    { part, what: 'start → today’s sessions, median of 5', value: p50, unit: 'ms', target: 1_000 },
    { part, what: 'start → today’s sessions, slowest of 5', value: max, unit: 'ms' },
  ];
}

async function until(check: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await check())) {
    if (performance.now() > deadline) throw new Error('no answer with the sessions of today');
    await sleep(POLL_MS);
  }
}

async function sessionsShown(url: string): Promise<Set<string> | null> {
  const response = await fetch(`${url}/api/live`).catch(() => null);
  if (!response?.ok) return null;
  const { active, recent } = snapshotSchema.parse(await response.json());
  return new Set([...active, ...recent].map(({ id }) => id));
}
