import type { Config } from '../config/config.js';
import { WebSocketServer } from '../feed/web-socket-server.js';
import type { Stage } from '../history.js';
import type { Opening } from '../opening.js';
import type { Services } from './services.js';
import type { LiveSources } from '../hooks/hooks.js';
import type { Log } from '../log.js';
import { createApp } from './app.js';
import type { FrontDoor } from './front-door.js';
import { withHookDoor } from './hook-door.js';
import { SECURITY_HEADERS } from './security-headers.js';
import type { LoopServices } from './services.js';
import { createToken, requireToken } from './token.js';

export type Serving = {
  url: string;
  port: number;
  /** What a request that changes something must bring. */
  token: string;
  /** Ends every connection and frees the port, within a second. */
  close(): Promise<void>;
};

type Serve = {
  config: Pick<Config, 'host' | 'dashboardDir'>;
  /** Where it comes in. */
  door: FrontDoor;
  stage: Stage;
  live: LiveSources;
  prices?: Services['prices'];
  keeping?: Services['keeping'];
  /** Told when a page is asked for, and when it follows. */
  opening?: Pick<Opening, 'begin' | 'end' | 'over'>;
  loop: LoopServices | null;
  log: Log;
  version: string;
};

/** Serves REST, socket and dashboard, and opens the door. */
export function serve({
  config,
  door,
  stage,
  live,
  prices = null,
  keeping = null,
  opening,
  loop,
  log,
  version,
}: Serve): Serving {
  const token = createToken();
  const { http, guard, port } = door;
  const socket = new WebSocketServer(http, stage, log, {
    guard,
    headers: SECURITY_HEADERS,
    ...(loop && { announcer: loop.announcer }),
    ...(opening && { onSubscribe: opening.end }),
  });
  const app = createApp({
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
    ...(opening && { opening }),
  });
  door.answerWith(withHookDoor(app, { guard, live, judge: loop?.guard.judge ?? null, log }));
  if (loop) loop.guard.pages = () => socket.getConnectedClients();
  // The socket takes its own path out of what the app would get.
  socket.start();
  door.open();
  return {
    url: urlOf(config.host, port),
    port,
    token,
    close: async () => {
      socket.stop();
      await door.close();
    },
  };
}

function urlOf(host: string, port: number): string {
  const name = host === '127.0.0.1' ? 'localhost' : host === '::1' ? '[::1]' : host;
  return `http://${name}:${port}`;
}
