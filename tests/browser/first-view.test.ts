import fs from 'node:fs';
import path from 'node:path';
import { firstFigures, type FirstFigure } from '@claude-optimizer/core/live';
import { snapshotSchema } from '@claude-optimizer/protocol';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { freePort } from '../../bench/free-port.js';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { spawnDaemon, startDaemon } from '../support/daemon.js';
import { until } from '../support/until.js';
import { skipWithoutChromium, useBrowser } from './chromium.js';
import { writeSample } from './sample.js';
import { seenLink } from './seen.js';

const defer = undoAfter('each');
const HOSTILE =
  '</span></h1><img src=x onerror="window.pwned=1">\u2028<script>window.pwned=1</script>';

async function startWithSample(title?: string) {
  const sample = writeSample(path.join(tempFolder(defer), '.claude'));
  const { running, claudeDir } = sample;
  if (title !== undefined) {
    const text = JSON.stringify(title).slice(1, -1);
    const content = fs.readFileSync(running.file, 'utf8');
    fs.writeFileSync(
      running.file,
      content.replaceAll(running.title, text).replaceAll('"cwd":"', `"cwd":"/${text}`),
    );
  }
  const daemon = await startDaemon({ claudeDir, dataDir: tempFolder(defer) }, defer);
  await daemon.ready();
  return { ...sample, url: daemon.url };
}

/** What the page's places say, by their names; those that are empty aren't there. */
async function told(page: Page): Promise<Partial<Record<FirstFigure, string>>> {
  const places = await page.locator('[data-first]').all();
  const texts = await Promise.all(
    places.map(async (place) => [await place.getAttribute('data-first'), await place.innerText()]),
  );
  return Object.fromEntries(texts.filter(([, text]) => text !== '')) as Partial<
    Record<FirstFigure, string>
  >;
}

const expected = async (url: string) =>
  firstFigures(snapshotSchema.parse(await (await fetch(`${url}/api/live`)).json()));

it('is answered whole, as is all else, however soon after a start it is asked for', async () => {
  const { claudeDir } = writeSample(path.join(tempFolder(defer), '.claude'));
  const port = await freePort();
  spawnDaemon({ claudeDir, dataDir: tempFolder(defer), port }, defer);
  const url = `http://127.0.0.1:${String(port)}`;
  const ask = (path: string) => fetch(url + path).catch(() => null);
  // Refused until the port is open; whoever comes then waits and isn't sent away.
  const answers = await until(
    'the port',
    async () => {
      const all = await Promise.all(['/', '/usage', '/api/live'].map(ask));
      return all.every((answer) => answer !== null) && all;
    },
    { everyMs: 1 },
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  const [first = '', , live = ''] = await Promise.all(answers.map((answer) => answer.text()));
  expect(first).toMatch(/<style>[^]*data-first="cost"[^]*<\/html>$/u);
  expect(snapshotSchema.parse(JSON.parse(live)).version).not.toBe('');
});

describe.skipIf(skipWithoutChromium)('the first view', () => {
  const open = useBrowser();

  it('has the figures of today without a single script', async () => {
    const { url } = await startWithSample();
    const { page } = await open(url, defer, { javaScriptEnabled: false });
    const figures = await told(page);
    expect(figures).toEqual(await expected(url));
    expect(figures.headline).toBe('1 session has failed');
    expect(figures.cost).toMatch(/^\$[1-9]\d*\.\d\d\+?$|^\$0\.(?!00)\d\d\+?$/u);
  });

  it.each([
    ['wide', { width: 1_440, height: 900 }],
    ['on a phone', { width: 390, height: 844 }],
  ])('stays as it is when the scripts come, %s', async (_name, viewport) => {
    const { url, running } = await startWithSample();
    const { page, problems } = await open('about:blank', defer, { viewport });
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/*.js', async (route) => {
      await released;
      await route.continue();
    });
    await page.goto(url, { waitUntil: 'commit' });
    const today = page.getByRole('region', { name: 'Today' });
    const heading = page.getByRole('heading', { level: 1 });
    await page.locator('[data-first="sessions"]').filter({ hasText: /\d/u }).waitFor();
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    const before = [
      await today.innerText(),
      await today.boundingBox(),
      await heading.boundingBox(),
    ];
    release();
    await seenLink(page, running.title).waitFor();
    expect(await page.locator('[data-first]').count()).toBe(0);
    const after = [await today.innerText(), await today.boundingBox(), await heading.boundingBox()];
    expect(after).toEqual(before);
    expect(problems).toEqual([]);
  });

  it('runs nothing that a session or its folder is called', async () => {
    const { url } = await startWithSample(HOSTILE);
    const html = await (await fetch(url)).text();
    expect(html).not.toContain('onerror');
    const { page, problems } = await open(url, defer);
    await page.getByText('onerror="window.pwned=1"').first().waitFor();
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
    expect(problems).toEqual([]);
  });
});
