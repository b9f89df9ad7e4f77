import http from 'node:http';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { type Daemon, startDaemon } from '../support/daemon.js';
import { listenOnLoopback } from '../support/listen.js';
import { skipWithoutChromium, useBrowser } from './chromium.js';
import { writeSample } from './sample.js';

const defer = undoAfter('each');

async function startWithSample() {
  const { claudeDir, running } = writeSample(path.join(tempFolder(defer), '.claude'));
  const daemon = await startDaemon({ claudeDir, dataDir: tempFolder(defer) }, defer);
  await daemon.ready();
  return { daemon, sessionId: running.id };
}

describe.skipIf(skipWithoutChromium)('a page of another origin', () => {
  const open = useBrowser();

  it('can neither read the API, nor change anything, nor join the socket', async () => {
    const { daemon, sessionId } = await startWithSample();
    const foreign = http.createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<title>foreign</title>');
    });
    const { url, close } = await listenOnLoopback(foreign);
    defer(close);
    const { page } = await open(url, defer);

    const tried = await page.evaluate(
      async ({ target, id }) => {
        const attempt = async (ask: () => Promise<string>) => {
          try {
            return await ask();
          } catch (error) {
            return error instanceof Error ? error.name : 'refused';
          }
        };
        const text = async (where: string, init?: RequestInit) =>
          (await fetch(target + where, init)).text();
        const socket = () =>
          new Promise<string>((resolve) => {
            const at = `${target.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
            const webSocket = new WebSocket(at);
            webSocket.onmessage = ({ data }) => resolve(String(data));
            webSocket.onerror = () => resolve('error');
          });
        const plain = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' };
        return {
          api: await attempt(() => text('/api/sessions')),
          token: await attempt(() => text('/api/token')),
          end: await attempt(() => text(`/api/sessions/${id}/end`, plain)),
          polling: await attempt(() => text('/socket.io/?EIO=4&transport=polling')),
          // Nothing may come of a request whose answer the page can't read, either.
          blind: await attempt(async () => {
            const init: RequestInit = { ...plain, mode: 'no-cors' };
            return (await fetch(`${target}/api/sessions/${id}/end`, init)).type;
          }),
          socket: await attempt(socket),
        };
      },
      { target: daemon.url, id: sessionId },
    );

    expect(tried).toEqual({
      api: 'TypeError',
      token: 'TypeError',
      end: 'TypeError',
      polling: 'TypeError',
      blind: 'TypeError',
      socket: 'error',
    });
    const { body } = await ask(daemon, `/api/sessions/${sessionId}`, {});
    expect(JSON.parse(body)).toMatchObject({ state: { summary: { phase: 'working' } } });
  });
});

describe('a request', () => {
  it.each([
    ['another Host', { host: 'evil.example' }],
    ['a Host of another port', { host: '127.0.0.1:1' }],
    ['no Host of ours but its own name', { host: 'localhost.evil.example' }],
    ['another Origin', { origin: 'http://127.0.0.1:1' }],
    ['the Origin of a file', { origin: 'null' }],
  ])('with %s is refused', async (_what, headers) => {
    const { daemon } = await startWithSample();
    for (const where of ['/api/sessions', '/api/token', '/socket.io/?EIO=4&transport=polling']) {
      const { status, headers: answered, body } = await ask(daemon, where, headers);
      expect(status, where).toBeGreaterThanOrEqual(400);
      expect(answered['access-control-allow-origin'], where).toBeUndefined();
      expect(body, where).not.toContain('token":');
    }
  });

  it('that changes something needs the token of this start', async () => {
    const { daemon, sessionId } = await startWithSample();
    const where = `/api/sessions/${sessionId}/end`;
    const tokenless = await ask(daemon, where, {}, 'POST');
    expect(tokenless.status).toBe(403);
    expect(JSON.parse(tokenless.body)).toMatchObject({ error: { code: 'forbidden' } });
    const wrong = await ask(daemon, where, { 'x-optimizer-token': 'x' }, 'POST');
    expect(wrong.status).toBe(403);
    const { token } = JSON.parse((await ask(daemon, '/api/token', {})).body) as { token: string };
    const right = await ask(daemon, where, { 'x-optimizer-token': token }, 'POST');
    expect(right.status).toBeLessThan(300);
  });
});

/** A request with exactly these headers: `fetch` would not let us say what Host is. */
function ask(daemon: Daemon, where: string, headers: Record<string, string>, method = 'GET') {
  type Answer = { status: number; headers: http.IncomingHttpHeaders; body: string };
  return new Promise<Answer>((resolve, reject) => {
    const request = http.request(daemon.url + where, { method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      });
    });
    request.on('error', reject).end();
  });
}
