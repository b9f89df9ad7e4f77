import { setTimeout as sleep } from 'node:timers/promises';
import {
  sessionEventTypes,
  type ClientToServer,
  type ServerStatus,
  type ServerToClient,
  type SessionEvent,
  type Snapshot,
  type Subscribe,
} from '@claude-optimizer/protocol';
import { io, type Socket } from 'socket.io-client';
import { expect } from 'vitest';
import { LIMITS } from './limits.js';

/** A real client that notes all it is told, in order. */
export class TestClient {
  readonly socket: Socket<ServerToClient, ClientToServer>;
  readonly seqs: number[] = [];
  readonly snapshots: Snapshot[] = [];
  readonly statuses: ServerStatus[] = [];
  /** How many events each `events` message had. */
  readonly frames: number[] = [];

  constructor(port: number, transport: 'websocket' | 'polling') {
    this.socket = io(`http://127.0.0.1:${port}`, {
      transports: [transport],
      forceNew: true,
      reconnectionDelay: 5,
      reconnectionDelayMax: 20,
    });
    this.socket.on('snapshot', (snapshot) => this.snapshots.push(snapshot));
    this.socket.on('status', (status) => this.statuses.push(status));
    this.socket.on('events', (events) => {
      this.frames.push(events.length);
      this.seqs.push(...events.map(({ seq }) => seq));
    });
    this.socket.onAny((name: string, event: SessionEvent) => {
      if (sessionEventTypes.some((type) => type === name)) this.seqs.push(event.seq);
    });
  }

  get lastSeq(): number {
    return this.seqs.at(-1) ?? 0;
  }

  /** Subscribes at every connection, as a page does. */
  subscribing(request: () => Subscribe): this {
    this.socket.on('connect', () => this.socket.emit('subscribe', request()));
    return this;
  }

  /** Once it is connected and no longer new. */
  async settled(): Promise<this> {
    await expect.poll(() => this.socket.connected).toBe(true);
    await sleep(LIMITS.graceMs + 30);
    return this;
  }

  /** Stops reading from the network, or goes on. */
  read(on: boolean): void {
    const { ws } = this.socket.io.engine.transport as unknown as {
      ws: { pause(): void; resume(): void };
    };
    if (on) ws.resume();
    else ws.pause();
  }
}

/** The numbers from `first` to `last`. */
export function count(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
