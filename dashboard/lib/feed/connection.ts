import type { Subscribe } from '@claude-optimizer/protocol';
import type { Socket } from 'socket.io-client';
import { announce, announcementNames } from './announcements';
import type { Message } from './receipt';

/** How the page hangs on the server; `since`, `retryAt`: epoch ms. */
export type ConnectionState =
  | { kind: 'connecting' }
  | { kind: 'live' }
  | { kind: 'lost'; since: number; attempt: number; retryAt: number };

// The server is on this machine: to ask costs nothing, and a restart takes less than a second.
const FIRST_DELAY_MS = 125;
const LONGEST_DELAY_MS = 5_000;

/** Delay before attempt `attempt` (0, 1, …): doubling, ± a quarter so that pages don't march. */
export function retryDelay(attempt: number, random: number): number {
  const delay = Math.min(FIRST_DELAY_MS * 2 ** attempt, LONGEST_DELAY_MS);
  return Math.round(delay * (0.75 + random / 2));
}

/** What a connection asks and tells. */
export type Handlers = {
  /** Connected: what the client has already seen. */
  request: () => Subscribe;
  /** null: not understood, so the server is of another version. */
  message: (message: Message | null) => void;
  state: (state: ConnectionState) => void;
};

/** What the feed needs of a connection. */
export type Connects = {
  open(): void;
  /** Tries at once instead of waiting for the countdown. */
  retry(): void;
  /** Says again what has been seen: after a gap the server sends what is missing. */
  subscribe(): void;
};

/** The socket and its life: connects, subscribes, and comes back with growing delay. */
export class Connection implements Connects {
  /** null until its code is there. */
  #socket: Socket | null = null;
  readonly #handlers: Handlers;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #lostAt: number | null = null;
  #attempt = 0;

  constructor(handlers: Handlers) {
    this.#handlers = handlers;
  }

  open(): void {
    this.#load().then(
      (socket) => socket.connect(),
      () => this.#lost(),
    );
  }

  retry(): void {
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    this.open();
  }

  subscribe(): void {
    if (this.#socket?.connected) this.#socket.emit('subscribe', this.#handlers.request());
  }

  async #load(): Promise<Socket> {
    if (this.#socket) return this.#socket;
    const { io, readMessage } = await import('./socket');
    const socket = io({
      autoConnect: false,
      reconnection: false,
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
    });
    socket.on('connect', () => this.#opened());
    socket.on('connect_error', () => this.#lost());
    socket.on('disconnect', () => this.#lost());
    for (const name of ['events', 'snapshot', 'status'] as const) {
      socket.on(name, (content: unknown) => this.#handlers.message(readMessage(name, content)));
    }
    for (const name of announcementNames) {
      socket.on(name, (content: unknown) => announce({ name, content }));
    }
    this.#socket = socket;
    return socket;
  }

  #opened(): void {
    this.#lostAt = null;
    this.#attempt = 0;
    this.subscribe();
    announce({ name: 'connected', content: null });
    this.#handlers.state({ kind: 'live' });
  }

  #lost(): void {
    if (this.#timer !== null) return;
    const now = Date.now();
    this.#lostAt ??= now;
    const delay = retryDelay(this.#attempt, Math.random());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.open();
    }, delay);
    this.#attempt += 1;
    this.#handlers.state({
      kind: 'lost',
      since: this.#lostAt,
      attempt: this.#attempt,
      retryAt: now + delay,
    });
  }
}
