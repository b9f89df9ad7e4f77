import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { firstFigures } from '@claude-optimizer/core/live';
import type { Config } from '../config/config.js';
import type { Stage } from '../history.js';
import type { Log } from '../log.js';
import { FirstPage } from './dashboard/first-page.js';
import { firstSnapshot } from './first-snapshot.js';
import { createGuard, type Guard } from './guard.js';
import { closer, listen } from './listen.js';

// Longer than any client's pause between two requests: a connection that Node closes after its
// default of 5 s, while a request for it is under way, is an error for the client.
const KEEP_ALIVE_MS = 75_000;

type Options = {
  config: Pick<Config, 'host' | 'port' | 'dashboardDir' | 'devOrigin'>;
  /** Whose figures the first page has, once there are any. */
  stage: Promise<Stage>;
  /** Called when the first page is asked for. */
  onPage?: () => void;
  log: Log;
};

/** The one loopback port: open before what answers is loaded. */
export type FrontDoor = {
  http: Server;
  guard: Guard;
  port: number;
  /** Hands all but the first page to `app`; what came before has waited for it. */
  answerWith(app: RequestListener): void;
  /** Lets in what has waited; from then on nothing waits. */
  open(): void;
  /** Ends every connection and frees the port, within a second. */
  close(): Promise<void>;
};

/**
 * Listens. The first page is begun at once, so that a browser is ready to paint when its figures
 * have been read; all else waits until the door is open. Throws `port_in_use`.
 */
export async function openFrontDoor({ config, stage, onPage, log }: Options): Promise<FrontDoor> {
  const { host, devOrigin, dashboardDir } = config;
  let { port } = config;
  const guard = createGuard(() => port, devOrigin);
  const http = createServer({ keepAliveTimeout: KEEP_ALIVE_MS });
  const close = closer(http);
  const figures = async () => {
    try {
      return firstFigures(await firstSnapshot(await stage));
    } catch (error) {
      log.error({ err: error }, 'the page is sent without figures');
      return {};
    }
  };
  const page = new FirstPage(dashboardDir, { figures, ...(onPage && { onPage }) });
  const waiting: (() => void)[] = [];
  let app: RequestListener = (request, response) => {
    waiting.push(() => http.emit('request', request, response));
  };
  http.on('request', (request, response) => {
    if (guard(request) !== null || !page.take(request, response)) app(request, response);
  });
  const keep = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', gone);
    waiting.push(() => {
      socket.off('error', gone);
      http.emit('upgrade', request, socket, head);
    });
  };
  http.on('upgrade', keep);
  port = await listen(http, host, port);
  return {
    http,
    guard,
    port,
    answerWith: (listener) => (app = listener),
    open: () => {
      http.off('upgrade', keep);
      for (const enter of waiting.splice(0)) enter();
    },
    close,
  };
}

/** Who has gone away while waiting is nothing to stumble over. */
function gone(): void {}
