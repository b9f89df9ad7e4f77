import type { ServerToClient } from '@claude-optimizer/protocol';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { saying } from '../feed/memory-history.fixture.js';
import { ServedStage } from './serving.fixture.js';

const HANDSHAKE = '/socket.io/?EIO=4&transport=polling';
const DEV = 'http://localhost:3000';
let served: ServedStage;
beforeEach(async () => {
  served = await new ServedStage().start();
});
afterEach(() => served.close());

const errorIn = (text: string) => (JSON.parse(text) as { error: { code: string } }).error;

test.each(['localhost', '127.0.0.1', '127.0.0.9', '[::1]', 'LOCALHOST'])(
  'answers to the name %s with its port',
  async (name) => {
    const headers = { host: `${name}:${served.running.port}` };
    expect((await served.ask('/api/health', { headers })).status).toBe(200);
  },
);

test.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '192.168.0.7'])(
  'refuses the host %s, though it leads here',
  async (name) => {
    for (const host of [name, `${name}:${served.running.port}`]) {
      for (const path of ['/api/live', '/', HANDSHAKE]) {
        const { status, text } = await served.ask(path, { headers: { host } });
        expect(status).toBe(403);
        if (!path.startsWith('/socket')) expect(errorIn(text).code).toBe('host_refused');
      }
    }
  },
);

test('refuses its own name with another port', async () => {
  for (const host of ['localhost', 'localhost:1', 'localhost:3001']) {
    expect((await served.ask('/api/health', { headers: { host } })).status).toBe(403);
  }
});

test('lets no page of another origin read, and names no origin that could', async () => {
  const { port } = served.running;
  const origins = [
    `http://localhost:${port + 1}`,
    `https://${served.host}`,
    `http://localhost:${port}`,
    'null',
    DEV,
  ];
  for (const origin of origins) {
    const { status, headers } = await served.ask('/api/live', { headers: { origin } });
    expect(status).toBe(403);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  }
  const own = await served.ask('/api/live', { headers: { origin: `http://${served.host}` } });
  expect(own.status).toBe(200);
  expect(own.headers).not.toHaveProperty('access-control-allow-origin');
});

test('refuses what a browser says comes from another site, also without an origin', async () => {
  for (const site of ['cross-site', 'same-site']) {
    const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors' };
    expect((await served.ask('/api/live', { headers })).status).toBe(403);
    expect((await served.ask('/_next/static/a.js', { headers })).status).toBe(403);
  }
  for (const site of ['same-origin', 'none']) {
    const headers = { 'sec-fetch-site': site };
    expect((await served.ask('/api/live', { headers })).status).toBe(200);
  }
});

test('lets a link on another site lead to a page, not to the API and not into a frame', async () => {
  const headers = {
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  };
  expect((await served.ask('/sessions/1', { headers })).status).not.toBe(403);
  for (const path of ['/api/live', '/api', '//api/live', '/API/live', HANDSHAKE]) {
    expect((await served.ask(path, { headers })).status).toBe(403);
  }
  const framed = { ...headers, 'sec-fetch-dest': 'iframe' };
  expect((await served.ask('/', { headers: framed })).status).toBe(403);
});

const FOREIGN = [
  { origin: 'http://localhost:1' },
  { origin: 'https://evil.example' },
  { host: 'evil.example' },
  { 'sec-fetch-site': 'cross-site' },
];

test.each(FOREIGN)('lets no foreign page join: %j', async (headers) => {
  expect((await served.ask(HANDSHAKE, { headers })).status).toBe(403);
  const socket = join(headers);
  const told = await new Promise((resolve) => {
    socket.on('connect', () => resolve('joined'));
    socket.on('connect_error', () => resolve('refused'));
  });
  socket.disconnect();
  expect(told).toBe('refused');
});

test('lets its own page join', async () => {
  const headers = { origin: `http://${served.host}`, 'sec-fetch-site': 'same-origin' };
  expect((await served.ask(HANDSHAKE, { headers })).status).toBe(200);
  const socket = join(headers);
  const seqs: number[] = [];
  socket.on('session:message', (event) => seqs.push(event.seq));
  await expect.poll(() => socket.connected).toBe(true);
  served.stage.own.commit(...saying('a', 1));
  await expect.poll(() => seqs).toEqual([1]);
  socket.disconnect();
});

function join(extraHeaders: Record<string, string>): Socket<ServerToClient> {
  return io(`http://${served.host}`, {
    transports: ['websocket'],
    extraHeaders,
    forceNew: true,
    reconnection: false,
  });
}

test('lets the development server in only when it was named', async () => {
  await served.running.close();
  await served.start({ devOrigin: DEV });
  const headers = { origin: DEV, 'sec-fetch-site': 'same-site' };
  expect((await served.ask('/api/live', { headers })).status).toBe(200);
  expect((await served.ask('/api/live', { headers: { origin: `${DEV}1` } })).status).toBe(403);
});

test('sends its security headers with every answer', async () => {
  const paths = [
    '/',
    '/nothing',
    '/api/live',
    '/api/nothing',
    '/socket.io/?EIO=4&transport=polling',
  ];
  for (const path of paths) {
    const { headers } = await served.ask(path);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
  }
  const { headers } = await served.ask('/api/live');
  expect(headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
});
