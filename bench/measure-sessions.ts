import type { Browser, Page } from 'playwright-core';
import * as z from 'zod';
import { until } from '../tests/support/until.js';
import type { Figure } from './figures.js';
import { spreadOf } from './statistics.js';

const REPEATS = 20;
const INDEX_PATIENCE_MS = 5 * 60_000;
const SORTS = 'lastAt title project model duration status tokens cost cacheHits objectives errors';
const WORDS = ['error', 'token ', '"the file"', 'tool:Bash', 'file:index', 'cost:>1 user', 'zzzz'];
const PART = 'sessions';

const answerSchema = z.object({
  total: z.int(),
  search: z.object({ state: z.string(), bytes: z.int() }).optional(),
});

/** Lists, sorts, filters and searches: at the API, and painted on the Sessions page. */
export async function measureSessions(url: string, browser: Browser | null): Promise<Figure[]> {
  const { bytes } = await until(
    'the words to be indexed',
    async () => {
      const { search } = await ask(url, 'search=x');
      return search?.state === 'idle' ? search : false;
    },
    { timeoutMs: INDEX_PATIENCE_MS },
  );
  const { total } = await ask(url, 'limit=1');
  const sorts = SORTS.split(' ').map((sort) => `sort=${sort}&offset=${String(total >> 1)}`);
  const filters = ['status=completed', 'costFrom=1000000', 'origin=hand', 'model=opus'].map(
    (filter) => `${filter}&facets=true`,
  );
  const searches = WORDS.map(
    (words) => `search=${encodeURIComponent(words)}&sort=relevance&facets=true`,
  );
  return [
    { part: PART, what: 'sessions in the tree', value: total, unit: 'count' },
    { part: PART, what: 'full-text index', value: bytes / 2 ** 20, unit: 'MiB' },
    await answered(url, 'a window of 50, any sort, p95', sorts),
    await answered(url, 'a filter with its counts, p95', filters),
    await answered(url, 'a search with its snippets, p95', searches),
    ...(browser ? await painted(browser, url) : []),
  ];
}

async function ask(url: string, query: string): Promise<z.infer<typeof answerSchema>> {
  return answerSchema.parse(await (await fetch(`${url}/api/sessions?${query}`)).json());
}

async function answered(url: string, what: string, queries: readonly string[]): Promise<Figure> {
  const times: number[] = [];
  for (let run = 0; run < REPEATS; run += 1) {
    for (const query of queries) {
      const began = performance.now();
      await ask(url, query);
      times.push(performance.now() - began);
    }
  }
  return { part: PART, what, value: spreadOf(times).p95, unit: 'ms', target: 100 };
}

async function painted(browser: Browser, url: string): Promise<Figure[]> {
  const page = await browser.newPage();
  await page.goto(`${url}/sessions`);
  await page.locator('[data-row-link]').first().waitFor();
  await page.evaluate(watchTasks);
  const sorted = await timed(page, ['Cost', 'Tokens', 'Session', 'Errors']);
  const scrolled = await page.evaluate(scrollThrough);
  await page.close();
  return [
    { part: PART, what: 'a sort, painted, p95', value: sorted, unit: 'ms', target: 200 },
    {
      ...{ part: PART, what: 'longest task while scrolling through all rows' },
      ...{ value: scrolled, unit: 'ms', target: 50 },
    },
  ];
}

async function timed(page: Page, columns: readonly string[]): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < REPEATS / 4; run += 1) {
    for (const name of columns) times.push(await page.evaluate(sortBy, name));
  }
  return spreadOf(times).p95;
}

/** In the page: clicks a column's head and gives the ms until the answer has been painted. */
function sortBy(name: string): Promise<number> {
  const heads = [...document.querySelectorAll<HTMLElement>('[role=columnheader] button')];
  const head = heads.find((each) => each.textContent === name);
  const table = document.querySelector('[role=table]');
  return new Promise((resolve, reject) => {
    if (!head || !table) {
      reject(new Error(`there is no column ${name}`));
      return;
    }
    const began = performance.now();
    new MutationObserver((_changes, observer) => {
      if (table.getAttribute('aria-busy') !== 'false') return;
      observer.disconnect();
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          resolve(performance.now() - began);
        }),
      );
    }).observe(table, { attributeFilter: ['aria-busy'] });
    head.click();
  });
}

/** In the page: keeps the longest task from here on. */
function watchTasks(): void {
  Object.assign(globalThis, { longestTask: 0 });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      const known = (globalThis as unknown as { longestTask: number }).longestTask;
      Object.assign(globalThis, { longestTask: Math.max(known, duration) });
    }
  }).observe({ type: 'longtask' });
}

/** In the page: scrolls through the whole table, half a screen in a frame; the longest task. */
async function scrollThrough(): Promise<number> {
  const table = document.querySelector('[role=table]');
  Object.assign(globalThis, { longestTask: 0 });
  for (let top = 0; table && top < table.scrollHeight; top += table.clientHeight / 2) {
    table.scrollTop = top;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  return (globalThis as unknown as { longestTask: number }).longestTask;
}
