import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { errorBodySchema } from '@claude-optimizer/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ServedStage } from '../serving.fixture.js';

const SCRIPT = 'window.__live = fetch("/api/live")';
const LONG = 'a { color: red } '.repeat(200);
const FILES = {
  'index.html': `<script>${SCRIPT}</script><script src="/x.js">ignored</script>`,
  'sessions.html': 'list',
  'sessions.txt': 'list data',
  'sessions/_.html': '<script id="one">session</script>',
  'sessions/_.txt': 'session data',
  'sessions/_/__next._tree.txt': 'tree',
  'sessions/_/__next.sessions.$d$id.__PAGE__.txt': 'page part',
  '404.html': 'no such page',
  '_next/static/chunks/long.css': LONG,
  'icon.svg': '<svg/>',
};

let served: ServedStage;
beforeEach(async () => {
  served = await new ServedStage().start();
});
afterEach(() => served.close());

function build(files: Record<string, string> = FILES): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(served.dashboardDir, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

test.each([
  ['/', FILES['index.html']],
  ['/?theme=dark', FILES['index.html']],
  ['/sessions', 'list'],
  ['/sessions.txt?_rsc=1', 'list data'],
  ['/sessions/1f3a-77', FILES['sessions/_.html']],
  ['/sessions/1f3a-77/', FILES['sessions/_.html']],
  ['/sessions/1f3a-77.txt', 'session data'],
  ['/sessions/1f3a-77/__next._tree.txt', 'tree'],
  ['/sessions/1f3a-77/__next.sessions.$d$id.__PAGE__.txt', 'page part'],
  ['/icon.svg', '<svg/>'],
])('serves %s', async (pathname, text) => {
  build();
  const answer = await served.ask(pathname);
  expect(answer).toMatchObject({ status: 200, text });
});

test('says the type of each file, and how long it may be kept', async () => {
  build();
  const header = async (pathname: string, name: string) =>
    (await served.ask(pathname)).headers[name];
  expect(await header('/', 'content-type')).toBe('text/html; charset=utf-8');
  expect(await header('/sessions/1.txt', 'content-type')).toBe('text/plain; charset=utf-8');
  expect(await header('/_next/static/chunks/long.css', 'content-type')).toMatch(/^text\/css/);
  expect(await header('/', 'cache-control')).toBe('no-cache');
  expect(await header('/_next/static/chunks/long.css', 'cache-control')).toBe(
    'public, max-age=31536000, immutable',
  );
});

test('answers 304 to a browser that has the file', async () => {
  build();
  const { headers } = await served.ask('/');
  const again = await served.ask('/', { headers: { 'if-none-match': String(headers.etag) } });
  expect(again).toMatchObject({ status: 304, text: '' });
  expect(again.headers['content-security-policy']).toContain('script-src');
});

test('compresses as the browser can read it', async () => {
  build();
  for (const encoding of ['br', 'gzip', 'deflate']) {
    const response = await fetch(`http://${served.host}/_next/static/chunks/long.css`, {
      headers: { 'accept-encoding': encoding },
    });
    expect(response.headers.get('content-encoding')).toBe(encoding === 'deflate' ? null : encoding);
    expect(response.headers.get('vary')).toBe('Accept-Encoding');
    expect(await response.text()).toBe(LONG);
  }
});

test("lets run only the page's own inline scripts", async () => {
  build();
  const policyOf = async (pathname: string) =>
    String((await served.ask(pathname)).headers['content-security-policy']);
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const home = await policyOf('/');
  expect(home).toContain(`script-src 'self' ${hash(SCRIPT)};`);
  expect(home).toContain("frame-ancestors 'none'");
  expect(home).not.toContain('unsafe-eval');
  expect(await policyOf('/sessions/1')).toContain(`script-src 'self' ${hash('session')};`);
});

test('shows its own page for what is not there, and nothing outside of its folder', async () => {
  build();
  writeFileSync(path.join(served.dashboardDir, '..', 'outside.txt'), 'secret');
  const paths = ['/nothing', '/sessions/a/b', '/../outside.txt', '/%2e%2e/outside.txt'];
  for (const pathname of [...paths, '/..%2foutside.txt', '/sessions/..%2f..%2foutside.txt']) {
    expect(await served.ask(pathname)).toMatchObject({ status: 404, text: 'no such page' });
  }
  rmSync(path.join(served.dashboardDir, '..', 'outside.txt'));
  expect((await served.ask('/%ff')).status).toBe(400);
});

test('says what to do while it is not built, and needs no restart afterwards', async () => {
  const page = await served.ask('/', { headers: { accept: 'text/html' } });
  expect(page.status).toBe(503);
  expect(page.text).toContain('npm run build');
  const other = await served.ask('/', { headers: { accept: 'application/json' } });
  expect(errorBodySchema.parse(JSON.parse(other.text)).error.fix).toContain('npm run build');
  build();
  expect((await served.ask('/')).status).toBe(200);
  build({ 'index.html': 'newer' });
  utimesSync(path.join(served.dashboardDir, 'index.html'), new Date(), new Date(2_000_000_000_000));
  expect((await served.ask('/')).text).toBe('newer');
});
