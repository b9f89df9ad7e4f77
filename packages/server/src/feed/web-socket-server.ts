import type { IncomingMessage, Server as HttpServer } from 'node:http';
import {
  subscribeSchema,
  type ClientToServer,
  type ServerToClient,
  type SessionEvent,
} from '@claude-optimizer/protocol';
import { Server } from 'socket.io';
import type { Stage } from '../history.js';
import type { Log } from '../log.js';
import type { Announcer } from './announcer.js';
import { FeedClient, type FeedSocket } from './feed-client.js';
import { LIMITS } from './limits.js';
import { Source } from './source.js';

export const SOCKET_PATH = '/socket.io/';

const SOCKET_OPTIONS = {
  path: SOCKET_PATH,
  serveClient: false,
  pingInterval: 10_000,
  pingTimeout: 5_000,
  // All that a client ever says is a small `subscribe`.
  maxHttpBufferSize: 16_384,
  // Deflating costs more time than loopback costs bytes.
  perMessageDeflate: false,
} as const;

type Doorkeeper = {
  /** Why a connection may not be made, or null when it may. */
  guard?: (request: IncomingMessage) => Error | null;
  /** Headers of every answer. */
  headers?: Readonly<Record<string, string>>;
  /** What else is told to every client. */
  announcer?: Announcer;
  /** Called when a client has said what it has seen. */
  onSubscribe?: () => void;
};

/** Carries the events of the history on stage to every connected client. */
export class WebSocketServer {
  private readonly io = new Server<ClientToServer, ServerToClient>(SOCKET_OPTIONS);
  private readonly clients = new Set<FeedClient>();
  private readonly source: Source;
  private readonly ends: (() => void)[] = [];
  private endOfHistory: () => void = () => undefined;
  private statusTimer: NodeJS.Timeout | null = null;
  private statusSentAt = -Infinity;

  constructor(
    private readonly http: HttpServer,
    private readonly stage: Stage,
    private readonly log: Log,
    private readonly door: Doorkeeper = {},
  ) {
    this.source = new Source(stage);
  }

  /** Takes connections on the HTTP server and follows the stage. */
  start(): void {
    this.io.on('connection', (socket) => this.welcome(socket));
    this.io.attach(this.http, {
      ...SOCKET_OPTIONS,
      allowRequest: (request, answer) => {
        const refusal = this.door.guard?.(request) ?? null;
        answer(refusal?.message, refusal === null);
      },
    });
    this.io.engine.on('headers', (headers: Record<string, string>) => {
      Object.assign(headers, this.door.headers);
    });
    this.source.turn();
    this.follow();
    this.ends.push(this.stage.onSwitch(() => this.onSwitch()));
    const { announcer } = this.door;
    if (!announcer) return;
    this.ends.push(
      announcer.onAnnouncement((name, announcement) => {
        for (const client of this.clients) client.announce(name, announcement);
      }),
    );
  }

  /** Ends every connection; clients take it for a lost one and come back by themselves. */
  stop(): void {
    for (const end of [...this.ends.splice(0), this.endOfHistory]) end();
    if (this.statusTimer) clearTimeout(this.statusTimer);
    this.io.engine.close();
    this.io.removeAllListeners();
  }

  /** Sends one or more events that were just published, in order of `seq`, to every client. */
  broadcast(event: SessionEvent | readonly SessionEvent[]): void {
    this.source.add('seq' in event ? [event] : event);
    for (const client of this.clients) client.pump();
  }

  getConnectedClients(): number {
    return this.clients.size;
  }

  private welcome(socket: FeedSocket): void {
    const client = new FeedClient(socket, this.source, this.log);
    this.clients.add(client);
    socket.on('disconnect', () => {
      this.clients.delete(client);
      client.close();
    });
    socket.on('subscribe', (request: unknown) => {
      const read = subscribeSchema.safeParse(request);
      if (read.success) {
        client.subscribe(read.data);
        this.door.onSubscribe?.();
      } else this.log.warn({ issues: read.error.issues }, 'a client sent no valid subscribe');
    });
  }

  private follow(): void {
    const { history } = this.source;
    const ends = [
      history.onEvents((events) => this.broadcast(events)),
      history.onStatus(() => this.onStatus()),
    ];
    this.endOfHistory = () => {
      for (const end of ends) end();
    };
  }

  private onSwitch(): void {
    if (!this.source.turn()) {
      this.onStatus();
      return;
    }
    this.endOfHistory();
    this.follow();
    for (const client of this.clients) client.startOver();
  }

  /** The first change is told at once, those that follow it together. */
  private onStatus(): void {
    if (this.statusTimer) return;
    const wait = this.statusSentAt + LIMITS.statusMs - performance.now();
    if (wait <= 0) {
      this.sendStatus();
      return;
    }
    this.statusTimer = setTimeout(() => {
      this.statusTimer = null;
      this.sendStatus();
    }, wait);
  }

  private sendStatus(): void {
    this.statusSentAt = performance.now();
    for (const client of this.clients) client.statusChanged();
  }
}
