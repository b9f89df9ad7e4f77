import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientToServer, ServerToClient } from '@claude-optimizer/protocol';
import { io, type Socket } from 'socket.io-client';
import { inRepo } from '../scripts/lib/places.mjs';
import { startDaemon } from '../tests/support/daemon.js';
import type { Figure } from './figures.js';
import type { HookOrder, HooksSent } from './hook-sender.js';
import { memoryOf } from './memory.js';
import { spreadOf } from './statistics.js';
import type { Undo } from './undo.js';

const PER_SECOND = 3_000;
const SESSIONS = 50;
const SETTLE_MS = 1_500;

/**
 * 3,000 hooks a second from a process of its own to the batch of a Socket.IO client. A delay counts
 * from when the hook was due, so that a sender that has to wait hides nothing.
 */
export async function measureHooks(seconds: number, undo: Undo): Promise<Figure[]> {
  const claudeDir = undo.folder('hooks-claude');
  const daemon = await startDaemon({ claudeDir, dataDir: undo.folder('hooks-data') }, undo.defer);
  await daemon.ready();
  const { socket, heard } = await listen(daemon.url, undo);
  // A daemon that has just started is still being compiled by the engine.
  await sendHooks({ port: daemon.port, perSecond: 500, seconds: 2, sessions: 5 }, undo);
  const order = { port: daemon.port, perSecond: PER_SECOND, seconds, sessions: SESSIONS };
  const { sent, answered, refused } = await sendHooks(order, undo);
  await sleep(SETTLE_MS);
  socket.disconnect();
  const memory = memoryOf(daemon.pid);
  await daemon.stop();
  const delays = sent.flatMap(([key, at]) => {
    const then = heard.get(key);
    return then === undefined ? [] : [Number(then - BigInt(at)) / 1e6];
  });
  const { p50, p95, max } = spreadOf(delays);
  const part = `hooks, ${String(PER_SECOND)}/s for ${String(seconds)} s`;
  return [
    { part, what: 'sent', value: sent.length, unit: 'count' },
    {
      part,
      what: 'not answered with 200',
      value: sent.length - answered + refused,
      unit: 'count',
      target: 0,
    },
    { part, what: 'lost', value: sent.length - delays.length, unit: 'count', target: 0 },
    { part, what: 'due → batch, p50', value: p50, unit: 'ms' },
    { part, what: 'due → batch, p95', value: p95, unit: 'ms', target: 50 },
    { part, what: 'due → batch, max', value: max, unit: 'ms' },
    ...(memory
      ? ([{ part, what: 'resident, peak', value: memory.peak, unit: 'MiB', target: 250 }] as const)
      : []),
  ];
}

async function sendHooks(order: HookOrder, undo: Undo): Promise<HooksSent> {
  const child = fork(inRepo('bench/hook-sender.ts'), { execArgv: ['--import', 'tsx'] });
  undo.defer(() => child.kill('SIGKILL'));
  child.send(order);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the sender ended with ${String(code)}`);
  });
  const [report] = (await Promise.race([once(child, 'message'), ended])) as [HooksSent];
  ended.catch(() => {});
  return report;
}

async function listen(url: string, undo: Undo) {
  const heard = new Map<string, bigint>();
  const options = { transports: ['websocket'], reconnection: false };
  const socket: Socket<ServerToClient, ClientToServer> = io(url, options);
  undo.defer(() => socket.disconnect());
  socket.on('events', (events) => {
    const now = process.hrtime.bigint();
    for (const event of events) {
      if (event.type === 'session:tool') heard.set(`${event.toolUseId} ${event.phase}`, now);
    }
  });
  const snapshot = new Promise((resolve) => socket.once('snapshot', resolve));
  await once(socket as unknown as NodeJS.EventEmitter, 'connect');
  socket.emit('subscribe', { batch: true });
  await snapshot;
  return { socket, heard };
}
