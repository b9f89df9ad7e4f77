import { createServer } from 'node:http';
import type { Config } from '../config/config.js';
import { WebSocketServer } from '../feed/web-socket-server.js';
import type { Stage } from '../history.js';
import type { Opening } from '../opening.js';
import type { Services } from './services.js';
import type { LiveSources } from '../hooks/hooks.js';
import type { Log } from '../log.js';
import { createApp } from './app.js';
import { createGuard } from './guard.js';
import { withHookDoor } from './hook-door.js';
import { closer, listen } from './listen.js';
import { SECURITY_HEADERS } from './security-headers.js';
import type { LoopServices } from './services.js';
import { createToken, requireToken } from './token.js';

const KEEP_ALIVE_MS = 75_000;

export type Serving = {
  url: string;
  port: number;
  /** What a request that changes something must bring. */
  token: string;
  /** Ends every connection and frees the port, within a second. */
  close(): Promise<void>;
};

type Serve = {
  config: Pick<Config, 'host' | 'port' | 'dashboardDir' | 'devOrigin'>;
  stage: Stage;
  live: LiveSources;
  prices?: Services['prices'];
  keeping?: Services['keeping'];
  /** Told when a page is asked for, and when it follows. */
  opening?: Pick<Opening, 'begin' | 'end'>;
  loop: LoopServices | null;
  log: Log;
  version: string;
};

/** Serves REST, socket and dashboard on one loopback port. Throws `port_in_use`. */
export async function serve({
  config,
  stage,
  live,
  prices = null,
  keeping = null,
  opening,
  loop,
  log,
  version,
}: Serve): Promise<Serving> {
  const token = createToken();
  let port = config.port;
  const guard = createGuard(() => port, config.devOrigin);
  // Longer than any client's pause between two requests: a connection that Node closes after its
  // default of 5 s, while a request for it is under way, is an error for the client.
  const http = createServer({ keepAliveTimeout: KEEP_ALIVE_MS });
  const close = closer(http);
  const socket = new WebSocketServer(http, stage, log, {
    guard,
    headers: SECURITY_HEADERS,
    ...(loop && { announcer: loop.announcer }),
    ...(opening && { onSubscribe: opening.end }),
  });
  http.on(
    'request',
    withHookDoor(
      createApp({
        guard,
        stage,
        live,
        prices,
        keeping,
        loop,
        version,
        token,
        log,
        clients: () => socket.getConnectedClients(),
        onlyWithToken: requireToken(token),
        dashboardDir: config.dashboardDir,
        ...(opening && { onPage: () => opening.begin() }),
      }),
      { guard, live, judge: loop?.guard.judge ?? null, log },
    ),
  );
  if (loop) loop.guard.pages = () => socket.getConnectedClients();
  // After the app: the socket takes its own path out of what the app would get.
  socket.start();
  try {
    port = await listen(http, config.host, config.port);
  } catch (error) {
    socket.stop();
    throw error;
  }
  return {
    url: urlOf(config.host, port),
    port,
    token,
    close: async () => {
      socket.stop();
      await close();
    },
  };
}

function urlOf(host: string, port: number): string {
  const name = host === '127.0.0.1' ? 'localhost' : host === '::1' ? '[::1]' : host;
  return `http://${name}:${port}`;
}
