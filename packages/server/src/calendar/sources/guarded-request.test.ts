import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { requestFollowing } from './follow-redirects.js';
import { guardedRequest, type Lookup } from './guarded-request.js';

let server: http.Server;
let base = '';
let asked: http.IncomingMessage[] = [];
let answer: http.RequestListener = (_request, response) => response.end('hello');

beforeEach(async () => {
  asked = [];
  server = http.createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterEach(async () => {
  answer = (_request, response) => response.end('hello');
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const local = { allowPrivate: true };
const textOf = async (path: string) => {
  return (await guardedRequest(new URL(path, base), local)).body.toString();
};

it('reads, also what is packed', async () => {
  expect(await textOf('/')).toBe('hello');
  for (const [encoding, body] of [
    ['gzip', gzipSync('packed')],
    ['br', brotliCompressSync('packed')],
  ] as const) {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(body);
    };
    expect(await textOf('/')).toBe('packed');
  }
});

it.each([
  ...['http://127.0.0.1', 'http://localhost', 'http://[::1]', 'https://127.0.0.1'],
  ...['https://2130706433', 'https://0x7f.1', 'https://0177.0.0.1', 'https://127.1'],
  ...['https://[::ffff:127.0.0.1]', 'https://[::]', 'https://0', 'https://169.254.169.254'],
  ...['https://10.0.0.1', 'https://192.168.1.1', 'https://[fd00::1]', 'https://localhost'],
])('refuses %s before anything is sent', async (address) => {
  const { port } = new URL(base);
  const refused = guardedRequest(new URL(`${address}:${port}/secret`), { allowPrivate: false });
  await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
  expect(asked).toEqual([]);
});

it('refuses plain http but to this machine, also where private addresses are allowed', async () => {
  for (const address of ['http://example.com/', 'http://192.168.0.9/', 'http://10.1.1.1/']) {
    const refused = guardedRequest(new URL(address), local);
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
  }
});

it('refuses a name that resolves to a private address, wholly or in part', async () => {
  for (const found of [
    ['127.0.0.1'],
    ['93.184.216.34', '10.0.0.1'],
    ['::1'],
    ['169.254.169.254'],
  ]) {
    const lookup: Lookup = () => {
      return Promise.resolve(
        found.map((one) => ({ address: one, family: one.includes(':') ? 6 : 4 })),
      );
    };
    const url = new URL(`https://calendar.example:${new URL(base).port}/secret`);
    const refused = guardedRequest(url, { allowPrivate: false, lookup });
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
  }
  expect(asked).toEqual([]);
});

it('asks for a name once and connects to what was checked, however often it changes', async () => {
  let asks = 0;
  const lookup: Lookup = () => {
    asks += 1;
    return Promise.resolve([{ address: asks === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }]);
  };
  const url = new URL(`https://rebinding.example:${new URL(base).port}/`);
  // Our server knows no TLS: that it was reached is all that counts.
  const first = guardedRequest(url, { ...local, lookup });
  await expect(first).rejects.toMatchObject({ code: 'calendar_unavailable' });
  expect(asks).toBe(1);
  const second = guardedRequest(url, { ...local, lookup });
  await expect(second).rejects.toMatchObject({ code: 'forbidden' });
});

it('checks each hop, and follows at most five', async () => {
  answer = (request, response) => {
    const left = Number((request.url ?? '').slice(1));
    if (left === 0) response.end('there');
    else response.writeHead(302, { location: `/${String(left - 1)}` }).end();
  };
  const ends = await requestFollowing(new URL('/5', base), local);
  expect(ends.body.toString()).toBe('there');
  const endless = requestFollowing(new URL('/6', base), local);
  await expect(endless).rejects.toMatchObject({ code: 'calendar_unavailable' });

  for (const location of ['https://169.254.169.254/', 'http://10.0.0.1/', 'ftp://127.0.0.1/']) {
    answer = (_request, response) => response.writeHead(302, { location }).end();
    const refused = requestFollowing(new URL('/', base), local);
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
  }
});

it('tells the login only to the server that it is for', async () => {
  const other = http.createServer((request, response) => {
    asked.push(request);
    response.end('other');
  });
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  answer = (request, response) => {
    const location = request.url === '/' ? '/here' : `http://127.0.0.1:${String(port)}/there`;
    response.writeHead(302, { location }).end();
  };
  try {
    const headers = { authorization: 'Basic secret' };
    await requestFollowing(new URL('/', base), { ...local, headers });
  } finally {
    other.close();
  }
  expect(asked.map((request) => request.headers.authorization)).toEqual([
    'Basic secret',
    'Basic secret',
    undefined,
  ]);
});

it('reads no more than may be, announced or not, packed or not', async () => {
  const small = { ...local, mostBytes: 1_000 };
  const bodies: http.RequestListener[] = [
    (_request, response) =>
      response.writeHead(200, { 'content-length': 5_000 }).end('x'.repeat(5_000)),
    (_request, response) => {
      response.write('x'.repeat(600));
      response.end('x'.repeat(600));
    },
    (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(100_000)));
    },
  ];
  for (const body of bodies) {
    answer = body;
    const refused = guardedRequest(new URL(base), small);
    await expect(refused).rejects.toThrow(/larger/);
  }
});

it('fails in time, and when the answer is cut off', async () => {
  answer = (_request, response) => {
    response.write('x');
  };
  const late = guardedRequest(new URL(base), { ...local, timeoutMs: 100 });
  await expect(late).rejects.toThrow(/no answer within 0.1 s/);
  answer = (_request, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('x');
    setTimeout(() => response.destroy(), 20);
  };
  const cut = guardedRequest(new URL(base), local);
  await expect(cut).rejects.toMatchObject({ code: 'calendar_unavailable' });
});

it('names the host alone when it fails', async () => {
  const url = new URL('/private-0123456789/basic.ics?key=s3cret', base);
  server.close();
  server.closeAllConnections();
  const failure = await guardedRequest(url, local).catch((error: unknown) => error);
  server.listen(0);
  expect(failure).toMatchObject({ code: 'calendar_unavailable' });
  expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toMatch(
    /private|s3cret/,
  );
});
