import { once } from 'node:events';
import type http from 'node:http';

/** Lets `server` listen on a free loopback port; `close` also ends open connections. */
export async function listenOnLoopback(
  server: http.Server,
): Promise<{ url: string; port: number; close: () => Promise<void> }> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
