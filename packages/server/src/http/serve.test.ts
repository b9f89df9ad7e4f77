import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OptimizerError } from '@claude-optimizer/protocol';
import { io } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ServedStage } from './serving.fixture.js';

let served: ServedStage;
beforeEach(() => {
  served = new ServedStage();
});
afterEach(() => served.close());

test('listens on a free port of loopback and says where', async () => {
  const { running } = await served.start();
  expect(running.port).toBeGreaterThan(0);
  expect(running.url).toBe(`http://localhost:${running.port}`);
  expect((await fetch(`${running.url}/api/health`)).status).toBe(200);
});

test('names the next free port when its own is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const error: unknown = await served.start({ port }).catch((cause: unknown) => cause);
  other.close();
  expect(error).toBeInstanceOf(OptimizerError);
  expect(error).toMatchObject({ code: 'port_in_use', message: `Port ${port} is in use.` });
  const free = Number(/--port (\d+)/.exec((error as OptimizerError).fix)?.[1]);
  expect(free).toBeGreaterThan(port);
  await served.start({ port: free });
  expect(served.running.port).toBe(free);
});

test('closes within a second, whoever is still connected', async () => {
  await served.start();
  const socket = io(served.running.url, { transports: ['websocket'], reconnection: false });
  await expect.poll(() => socket.connected).toBe(true);
  // A request that never ends and a keep-alive connection.
  const { stage } = served;
  stage.own.snapshot = () => new Promise(() => undefined);
  const hanging = served.ask('/api/live').catch(() => 'cut');
  await served.ask('/api/health', { headers: { connection: 'keep-alive' } });
  const began = performance.now();
  await served.running.close();
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(await hanging).toBe('cut');
  await expect.poll(() => socket.connected).toBe(false);
  await expect(fetch(served.running.url)).rejects.toThrow();
});
