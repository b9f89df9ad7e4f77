import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterEach, beforeAll } from 'vitest';
import { findChromium } from '../../scripts/lib/chromium.mjs';
import { type Defer, undoAfter } from '../support/cleanup.js';

const executablePath = await findChromium();

/** Without a Chromium these tests are skipped; in CI they run and fail instead. */
export const skipWithoutChromium = executablePath === null && process.env.CI !== 'true';
if (executablePath === null) console.log('NO CHROMIUM: the browser tests are not run');

/** A page, and what went wrong in it: nothing may. */
export type OpenPage = { page: Page; problems: string[]; requests: string[] };

/** One browser for a file of tests; `open` gives each page a fresh profile of its own. */
export function useBrowser() {
  const deferAll = undoAfter('all');
  let browser: Browser | null = null;
  beforeAll(async () => {
    if (executablePath === null) throw new Error('no Chromium was found (set CHROMIUM_PATH)');
    // As root, in containers, Chromium has no sandbox of its own.
    const isRoot = process.getuid?.() === 0;
    const started = await chromium.launch({
      executablePath,
      args: ['--disable-dev-shm-usage', ...(isRoot ? ['--no-sandbox'] : [])],
    });
    deferAll(() => started.close());
    browser = started;
  });
  const opened: OpenPage[] = [];
  afterEach(async ({ task }) => {
    const pages = opened.splice(0);
    if (task.result?.state === 'fail') for (const each of pages) await tellSeen(each);
  });
  return async (url: string, defer: Defer, options: BrowserContextOptions = {}) => {
    if (browser === null) throw new Error('the browser has not started');
    const context = await browser.newContext(options);
    defer(() => context.close());
    const page = await openIn(await context.newPage(), url);
    opened.push(page);
    return page;
  };
}

/** What a page shows when its test has failed: a time-out alone doesn't say what came instead. */
async function tellSeen({ page, problems }: OpenPage): Promise<void> {
  const text = await page.innerText('body', { timeout: 1_000 }).catch(String);
  console.log(`${page.url()} shows:\n${text.slice(0, 3_000)}\nproblems:`, problems);
}

async function openIn(page: Page, url: string): Promise<OpenPage> {
  const problems: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('request', (request) => requests.push(request.url()));
  page.on('websocket', (socket) => requests.push(socket.url()));
  page.setDefaultTimeout(15_000);
  await page.goto(url);
  return { page, problems, requests };
}
