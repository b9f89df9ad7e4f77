import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { MemoryStage } from '../feed/memory-stage.fixture.js';
import { saying } from '../feed/memory-history.fixture.js';
import type { Stage } from '../history.js';
import { createLog } from '../log.js';
import { openFrontDoor, type FrontDoor } from './front-door.js';

const stage = new MemoryStage();
const dashboardDir = mkdtempSync(path.join(tmpdir(), 'door-'));
const pages: string[] = [];
let show: (stage: Stage) => void;
let door: FrontDoor;

beforeEach(async () => {
  writeFileSync(path.join(dashboardDir, 'index.html'), '<b data-first="sessions"></b>.');
  pages.length = 0;
  door = await openFrontDoor({
    config: { host: '127.0.0.1', port: 0, dashboardDir },
    stage: new Promise<Stage>((resolve) => (show = resolve)),
    onPage: () => void pages.push('page'),
    log: createLog({ level: 'silent' }),
  });
});
afterEach(async () => {
  await door.close();
});
afterAll(() => {
  rmSync(dashboardDir, { recursive: true });
});

const host = () => `127.0.0.1:${door.port}`;

/** What answers all but the first page. */
function openWithEcho(): void {
  door.answerWith((request, response) => response.end(`${request.method} ${request.url}`));
  door.open();
}

test('begins the first page before there is anything to answer with', async () => {
  const response = await fetch(`http://${host()}/?from=here`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toBe('<b data-first="sessions">');
  expect(pages).toEqual(['page']);
  stage.own.commit(...saying('a', 1));
  show(stage);
  expect((await reader?.read())?.value).toBe('1</b>.');
});

test('lets all else wait until it is open', async () => {
  const asked = ['/api/live', '/usage', '/'].map(async (url, at) => {
    const method = at === 2 ? 'HEAD' : 'POST';
    const answer = await fetch(`http://${host()}${url}`, { method });
    return `${answer.status} ${await answer.text()}`;
  });
  const early = await Promise.race([...asked, new Promise((end) => setTimeout(end, 50, 'none'))]);
  expect(early).toBe('none');
  openWithEcho();
  expect(await Promise.all(asked)).toEqual(['200 POST /api/live', '200 POST /usage', '200 ']);
  expect(await (await fetch(`http://${host()}/later`)).text()).toBe('GET /later');
});

test('keeps whoever wants a socket, also one who goes away meanwhile', async () => {
  const headers = { connection: 'Upgrade', upgrade: 'websocket' };
  const gone = httpRequest({ port: door.port, host: '127.0.0.1', path: '/gone', headers });
  gone.on('error', () => undefined).end();
  const socket = net.connect(door.port, '127.0.0.1');
  socket.write(
    `GET /live HTTP/1.1\r\nHost: ${host()}\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n`,
  );
  const said = new Promise((resolve) => socket.once('data', (data) => resolve(data.toString())));
  await new Promise((resolve) => setTimeout(resolve, 50));
  gone.destroy();
  const upgraded: (string | undefined)[] = [];
  door.http.on('upgrade', (request, given) => {
    upgraded.push(request.url);
    given.end('welcome');
  });
  openWithEcho();
  expect(await said).toBe('welcome');
  expect(upgraded).toContain('/live');
});

test('shows the first page to nobody whom the guard refuses', async () => {
  door.answerWith((_request, response) => response.writeHead(403).end());
  door.open();
  const refused = await new Promise((resolve, reject) => {
    const headers = { host: 'evil.example' };
    httpRequest({ port: door.port, host: '127.0.0.1', headers }, ({ statusCode }) => {
      resolve(statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(refused).toBe(403);
  expect(pages).toEqual([]);
});
