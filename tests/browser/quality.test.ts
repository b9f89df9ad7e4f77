import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { axeFindings } from './axe.js';
import { skipWithoutChromium, useBrowser } from './chromium.js';
import { writeSample } from './sample.js';
import { seenText } from './seen.js';

const FIRST_VIEW_BYTES = 250 * 1024;
const PHONE = { width: 360, height: 780 };
const defer = undoAfter('each');

type Where = { name: string; path: (id: string) => string; shows: string };
const PAGES: Where[] = [
  { name: 'live', path: () => '/', shows: 'Add a pantry to the shop' },
  { name: 'sessions', path: () => '/sessions', shows: 'Paint the door green' },
  { name: 'session', path: (id) => `/sessions/${id}`, shows: 'Add a pantry to the shop' },
  { name: 'usage', path: () => '/usage', shows: 'shop' },
  { name: 'health', path: () => '/health', shows: 'cut off' },
];
const THEMES = ['light', 'dark'] as const;

describe.skipIf(skipWithoutChromium)('every page', () => {
  const open = useBrowser();

  async function openPage(where: Where, options = {}) {
    const { claudeDir, running } = writeSample(path.join(tempFolder(defer), '.claude'));
    const daemon = await startDaemon({ claudeDir, dataDir: tempFolder(defer) }, defer);
    await daemon.ready();
    const opened = await open(daemon.url + where.path(running.id), defer, options);
    await seenText(opened.page, where.shows).waitFor();
    return { ...opened, daemon };
  }

  it.each(PAGES.flatMap((page) => THEMES.map((theme) => ({ page, theme }))))(
    '$page.name is accessible in $theme',
    async ({ page: where, theme }) => {
      const options = { colorScheme: theme, reducedMotion: 'reduce' } as const;
      const { page, problems } = await openPage(where, options);
      expect(await axeFindings(page)).toEqual([]);
      expect(problems).toEqual([]);
    },
  );

  it.each(PAGES)('$name is as wide as a phone', async (where) => {
    const { page } = await openPage(where, { viewport: PHONE });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(PHONE.width);
  });

  it.each(PAGES)('$name asks no other host and loads little', async (where) => {
    const { page, requests, daemon } = await openPage(where);
    await page.waitForLoadState('load');
    const hosts = new Set(requests.filter(isRemote).map((url) => new URL(url).host));
    expect([...hosts]).toEqual([new URL(daemon.url).host]);
    const bytes = await firstViewBytes(page);
    expect(bytes).toBeGreaterThan(50 * 1024);
    expect(bytes).toBeLessThanOrEqual(FIRST_VIEW_BYTES);
  });
});

function isRemote(url: string): boolean {
  return /^(https?|wss?):/u.test(url);
}

/**
 * Bytes of JavaScript, as compressed by the server, that the document itself asks for: all that
 * comes before there is something to see. Charts come after it.
 */
function firstViewBytes(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const html = await (await fetch(location.href)).text();
    const document = new DOMParser().parseFromString(html, 'text/html');
    const named = [...document.querySelectorAll<HTMLScriptElement>('script[src]:not([nomodule])')];
    const wanted = new Set(named.map(({ src }) => new URL(src).pathname));
    return performance
      .getEntriesByType('resource')
      .filter((entry) => entry instanceof PerformanceResourceTiming)
      .filter((entry) => wanted.has(new URL(entry.name).pathname))
      .reduce((sum, entry) => sum + entry.encodedBodySize, 0);
  });
}
