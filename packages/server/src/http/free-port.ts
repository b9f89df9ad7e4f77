import { createServer } from 'node:net';

const TRIES = 50;

/** The first port after `port` on which `host` can listen; null when none is near. */
export async function nextFreePort(host: string, port: number): Promise<number | null> {
  for (let next = port + 1; next <= Math.min(port + TRIES, 65_535); next++) {
    if (await isFree(host, next)) return next;
  }
  return null;
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .listen(port, host, () => probe.close(() => resolve(true)));
  });
}
