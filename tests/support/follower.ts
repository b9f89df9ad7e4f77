import type {
  ClientToServer,
  ServerToClient,
  SessionEvent,
  Snapshot,
  Subscribe,
} from '@claude-optimizer/protocol';
import { io, type Socket } from 'socket.io-client';
import type { Defer } from './cleanup.js';
import { until } from './until.js';

/** A client of the live stream that keeps what it got. */
export class Follower {
  readonly events: SessionEvent[] = [];
  readonly snapshots: Snapshot[] = [];
  readonly socket: Socket<ServerToClient, ClientToServer>;

  constructor(url: string, subscribe: Subscribe | null, defer: Defer) {
    this.socket = io(url, { transports: ['websocket'], reconnection: false });
    defer(() => this.socket.disconnect());
    this.socket.on('snapshot', (snapshot) => this.snapshots.push(snapshot));
    this.socket.on('events', (events) => this.events.push(...events));
    this.socket.on('connect', () => {
      if (subscribe) this.socket.emit('subscribe', subscribe);
    });
  }

  /** Waits for an event that `matches` among those that came and will come. */
  see(what: string, matches: (event: SessionEvent) => boolean, timeoutMs?: number) {
    return until(what, () => this.events.find(matches), {
      everyMs: 5,
      ...(timeoutMs !== undefined && { timeoutMs }),
    });
  }
}

/** A follower that has been told where the history stands now and gets all that comes after. */
export async function follow(url: string, defer: Defer): Promise<Follower> {
  const follower = new Follower(url, { batch: true }, defer);
  await until('the first snapshot', () => follower.snapshots[0]);
  return follower;
}
