import type { Browser, Page } from 'playwright-core';
import * as z from 'zod';
import { until } from '../tests/support/until.js';
import type { Figure } from './figures.js';
import { measureScrolling } from './measure-scrolling.js';
import { spreadOf } from './statistics.js';

const REPEATS = 20;
const INDEX_PATIENCE_MS = 5 * 60_000;
const SORTS = 'lastAt title project model duration status tokens cost cacheHits objectives errors';
const WORDS = ['error', 'token ', '"the file"', 'tool:Bash', 'file:index', 'cost:>1 user', 'zzzz'];
/** Words of every tree: where nothing is found there is no table to be painted. */
const FOUND = ['value', 'tool:Bash', 'token', ''];
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
  const sorted = await timed(page, ['Cost', 'Tokens', 'Session', 'Errors'].map(sortBy));
  await page.getByRole('button', { name: 'Model', exact: true }).first().click();
  const choice = '[role=group][aria-label=Model] label:first-of-type input';
  // On and off again; whatever it leaves, the list is another one.
  const filtered = await timed(page, [{ click: choice }, { click: choice }]);
  await page.keyboard.press('Escape');
  const searched = await timed(
    page,
    FOUND.map((search) => ({ search })),
  );
  const scrolled = await measureScrolling(browser, page);
  const heap = await heapOf(page);
  await page.close();
  const ofPart = (what: string, value: number, target: number): Figure => {
    return { part: PART, what, value, unit: 'ms', target };
  };
  return [
    ofPart('a sort, painted, p95', sorted, 200),
    ofPart('a filter, painted, p95', filtered, 200),
    ofPart('a search from the last key, painted, p95', searched, 200),
    ...scrolled.map((figure) => ({ part: PART, ...figure })),
    { part: PART, what: 'the page’s heap after it', value: heap / 2 ** 20, unit: 'MiB' },
  ];
}

/** What is done in the page: an element is clicked, or a search is typed. */
type Act = { click: string } | { search: string };
const sortBy = (name: string): Act => ({ click: `[role=columnheader] button:text("${name}")` });

async function timed(page: Page, acts: readonly Act[]): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < REPEATS / 4; run += 1) {
    for (const act of acts) {
      const target = page.locator('click' in act ? act.click : '[role=combobox]').first();
      times.push(await target.evaluate(paintedAfter, 'search' in act ? act.search : null));
    }
  }
  return spreadOf(times).p95;
}

/** In the page: clicks or types and gives the ms until the answer has been painted. */
function paintedAfter(element: Element, search: string | null): Promise<number> {
  const table = document.querySelector('[role=table]');
  return new Promise((resolve, reject) => {
    if (!table || !(element instanceof HTMLElement)) {
      reject(new Error('there is no table'));
      return;
    }
    const began = performance.now();
    new MutationObserver((_changes, observer) => {
      if (table.getAttribute('aria-busy') !== 'false') return;
      observer.disconnect();
      void (async () => {
        // Rows are made a few in a frame: each in sight is to be there.
        do await new Promise(requestAnimationFrame);
        while (table.querySelector('[role=cell].sr-only'));
        requestAnimationFrame(() => {
          resolve(performance.now() - began);
        });
      })();
    }).observe(table, { attributeFilter: ['aria-busy'] });
    if (search === null) element.click();
    else {
      // As a key does it: React hears of a value that is set beside it only so.
      const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
      value?.set?.call(element, search);
      element.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });
}

/** What the page holds in JavaScript's heap (bytes), after a collection. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
}
