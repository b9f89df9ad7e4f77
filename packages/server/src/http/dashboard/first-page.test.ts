import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { saying } from '../../feed/memory-history.fixture.js';
import { ServedStage } from '../serving.fixture.js';

const PAGE =
  '<script>let a = 1</script><b data-first="files"></b>' +
  '<b data-first="sessions"></b><i data-first="unheard-of"></i>';

let served: ServedStage;
beforeEach(async () => {
  served = await new ServedStage().start();
  mkdirSync(served.dashboardDir, { recursive: true });
  for (const name of ['index.html', 'usage.html']) {
    writeFileSync(path.join(served.dashboardDir, name), PAGE);
  }
});
afterEach(() => served.close());

function readSome(): void {
  const { own } = served.stage;
  own.commit(...saying('a', 1), ...saying('b', 1));
  own.report({ indexing: { filesDone: 2, filesTotal: 5_000 } });
}

test('has the figures of today in it, and how far the past is read', async () => {
  readSome();
  const { text, headers } = await served.ask('/');
  expect(text).toBe(
    PAGE.replace('"files">', '"files">2 of 5,000 files').replace('"sessions">', '"sessions">2'),
  );
  // What it says is of now; what may run in it is of the file.
  expect(headers.etag).toBeUndefined();
  expect(headers['cache-control']).toBe('no-cache');
  expect(headers['content-security-policy']).toMatch(/script-src 'self' 'sha256-[^']+';/u);
  expect((await served.ask('/usage')).text).toBe(PAGE);
  expect((await served.ask('/', { method: 'HEAD' })).text).toBe('');
});

test('brings its styles along', async () => {
  mkdirSync(path.join(served.dashboardDir, '_next'));
  writeFileSync(path.join(served.dashboardDir, '_next/a.css'), 'b { color: red }');
  writeFileSync(path.join(served.dashboardDir, 'secret.css'), 'none of its sheets');
  const sheet = (href: string) => `<link rel="stylesheet" href="${href}">`;
  const index = path.join(served.dashboardDir, 'index.html');
  const links = sheet('/_next/a.css') + sheet('/_next/gone.css') + sheet('/_next/../secret.css');
  writeFileSync(index, links + PAGE);
  const { text } = await served.ask('/');
  expect(text).toContain('<style>b { color: red }</style><link media="not all"');
  expect(text).toContain(sheet('/_next/gone.css') + sheet('/_next/../secret.css'));
});

test('begins at once and waits for what is being read', async () => {
  let read = () => {};
  served.stage.own.reading = new Promise((resolve) => (read = resolve));
  const response = await fetch(`http://${served.host}/`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toBe(PAGE.slice(0, PAGE.indexOf('</b>')));
  readSome();
  read();
  expect((await reader?.read())?.value).toContain('2 of 5,000 files</b><b data-first="sessions">2');
});

test('is sent without figures rather than not at all', async () => {
  expect((await served.ask('/')).text, 'no sessions, no figures').toBe(PAGE);
  served.stage.own.snapshot = () => Promise.reject(new Error('the disk is gone'));
  expect(await served.ask('/')).toMatchObject({ status: 200, text: PAGE });
  expect(served.logged.join('')).toContain('the disk is gone');
});
