import type { Subscribe } from '@claude-optimizer/protocol';
import { io, type Socket } from 'socket.io-client';

/** How the page hangs on the server; `since`, `retryAt`: epoch ms. */
export type ConnectionState =
  | { kind: 'connecting' }
  | { kind: 'live' }
  | { kind: 'lost'; since: number; attempt: number; retryAt: number };

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;

/** Delay before attempt `attempt` (0, 1, …): doubling, ± a quarter so that pages don't march. */
export function retryDelay(attempt: number, random: number): number {
  const delay = Math.min(FIRST_DELAY_MS * 2 ** attempt, LONGEST_DELAY_MS);
  return Math.round(delay * (0.75 + random / 2));
}

/** What a connection asks and tells. */
export type Handlers = {
  /** Connected: what the client has already seen. */
  request: () => Subscribe;
  message: (name: 'events' | 'snapshot' | 'status', content: unknown) => void;
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
  readonly #socket: Socket;
  readonly #handlers: Handlers;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #lostAt: number | null = null;
  #attempt = 0;

  constructor(handlers: Handlers) {
    this.#handlers = handlers;
    this.#socket = io({
      autoConnect: false,
      reconnection: false,
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
    });
    this.#socket.on('connect', () => this.#opened());
    this.#socket.on('connect_error', () => this.#lost());
    this.#socket.on('disconnect', () => this.#lost());
    for (const name of ['events', 'snapshot', 'status'] as const) {
      this.#socket.on(name, (content: unknown) => handlers.message(name, content));
    }
  }

  open(): void {
    this.#socket.connect();
  }

  retry(): void {
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#socket.connect();
  }

  subscribe(): void {
    if (this.#socket.connected) this.#socket.emit('subscribe', this.#handlers.request());
  }

  #opened(): void {
    this.#lostAt = null;
    this.#attempt = 0;
    this.subscribe();
    this.#handlers.state({ kind: 'live' });
  }

  #lost(): void {
    if (this.#timer !== null) return;
    const now = Date.now();
    this.#lostAt ??= now;
    const delay = retryDelay(this.#attempt, Math.random());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#socket.connect();
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
