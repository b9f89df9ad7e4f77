import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientToServer, ServerToClient, SessionEvent } from '@claude-optimizer/protocol';
import { io, type Socket } from 'socket.io-client';
import { once } from 'node:events';
import type { Figure } from './figures.js';
import { LINES_PER_SECOND, newSessions, writeLive } from './live-sessions.js';
import { spreadOf } from './statistics.js';
import type { Undo } from './undo.js';

const SETTLE_MS = 1_500;

/** From an append to the event at a Socket.IO client, with so many sessions being written. */
export async function measureLive(
  url: string,
  liveDir: string,
  sessions: number,
  seconds: number,
  undo: Undo,
): Promise<Figure[]> {
  const single = await listen(url, false, undo);
  const batched = await listen(url, true, undo);
  const files = newSessions(liveDir, sessions);
  const sent = await writeLive(files, seconds, undo.defer);
  await sleep(SETTLE_MS);
  single.socket.disconnect();
  batched.socket.disconnect();
  const part = `live, ${String(sessions)} ${sessions === 1 ? 'session' : 'sessions'}`;
  const each = delays(sent, single.heard);
  const inBatches = delays(sent, batched.heard);
  const spread = spreadOf(each);
  const lost = sent.size - each.length + (sent.size - inBatches.length);
  return [
    { part, what: 'append → event, p50', value: spread.p50, unit: 'ms', target: 5 },
    { part, what: 'append → event, p95', value: spread.p95, unit: 'ms', target: 15 },
    { part, what: 'append → event, max', value: spread.max, unit: 'ms' },
    { part, what: 'append → batch, p95', value: spreadOf(inBatches).p95, unit: 'ms' },
    {
      part,
      what: `events (${String(LINES_PER_SECOND)} lines/s each)`,
      value: sent.size,
      unit: 'count',
    },
    { part, what: 'events lost', value: lost, unit: 'count', target: 0 },
  ];
}

type Listener = {
  socket: Socket<ServerToClient, ClientToServer>;
  /** When each thing was first heard, in ns of the monotonic clock. */
  heard: Map<string, bigint>;
};

async function listen(url: string, batch: boolean, undo: Undo): Promise<Listener> {
  const heard = new Map<string, bigint>();
  const socket: Listener['socket'] = io(url, { transports: ['websocket'], reconnection: false });
  undo.defer(() => socket.disconnect());
  const hear = (event: SessionEvent): void => {
    const key = keyOf(event);
    if (key !== null && !heard.has(key)) heard.set(key, process.hrtime.bigint());
  };
  socket.on('events', (events) => {
    for (const event of events) hear(event);
  });
  socket.on('session:tokens', hear);
  socket.on('session:tool', hear);
  const snapshot = new Promise((resolve) => socket.once('snapshot', resolve));
  await once(socket as unknown as NodeJS.EventEmitter, 'connect');
  socket.emit('subscribe', { batch });
  await snapshot;
  return { socket, heard };
}

function keyOf(event: SessionEvent): string | null {
  if (event.type === 'session:tokens') return `tokens ${event.messageId}`;
  if (event.type === 'session:tool') return `tool ${event.toolUseId} ${event.phase}`;
  return null;
}

function delays(sent: Map<string, bigint>, heard: Map<string, bigint>): number[] {
  return [...sent].flatMap(([key, at]) => {
    const then = heard.get(key);
    return then === undefined ? [] : [Number(then - at) / 1e6];
  });
}
