import type { Browser } from 'playwright-core';
import type { Figure } from './figures.js';
import { spreadOf } from './statistics.js';

const REPEATS = 5;

type View = { lcp: number; shown: number; scriptBytes: number; hosts: string[] };

/** The first view of the live page with real data: paint, scripts, and whom it asks. */
export async function measurePage(browser: Browser, url: string, title: string): Promise<Figure[]> {
  const views: View[] = [];
  for (let run = 0; run < REPEATS; run += 1) views.push(await view(browser, url, title));
  const foreign = new Set(
    views.flatMap(({ hosts }) => hosts).filter((host) => host !== new URL(url).host),
  );
  const part = 'page';
  const median = (pick: (view: View) => number): number => spreadOf(views.map(pick)).p50;
  return [
    {
      part,
      what: 'largest contentful paint, median of 5',
      value: median(({ lcp }) => lcp),
      unit: 'ms',
      target: 800,
    },
    {
      part,
      what: 'a session of today on the page, median of 5',
      value: median(({ shown }) => shown),
      unit: 'ms',
      target: 800,
    },
    {
      part,
      what: 'compressed scripts asked for until it is there',
      value: median(({ scriptBytes }) => scriptBytes / 1_000),
      unit: 'KB',
      target: 250,
    },
    { part, what: 'other hosts asked', value: foreign.size, unit: 'count', target: 0 },
  ];
}

async function view(browser: Browser, url: string, title: string): Promise<View> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const hosts: string[] = [];
  page.on('request', (request) => hosts.push(new URL(request.url()).host));
  page.on('websocket', (socket) => hosts.push(new URL(socket.url()).host));
  await page.addInitScript(watchPaint, title);
  await page.goto(url, { waitUntil: 'load' });
  await page.getByText(title).first().waitFor();
  // LCP is final once nothing larger follows; the data is there, a moment more is enough.
  await page.waitForTimeout(500);
  const measured = await page.evaluate(readPaint);
  await context.close();
  return { ...measured, hosts };
}

type Watched = { lcp: number; shown: number };

/** In the page: notes the largest paint and when the text `title` has been painted. */
function watchPaint(title: string): void {
  const watched: Watched = { lcp: 0, shown: 0 };
  Object.assign(globalThis, { watched });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) watched.lcp = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  const observer = new MutationObserver(() => {
    if (!document.body.textContent.includes(title)) return;
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => (watched.shown = performance.now())));
  });
  observer.observe(document, { childList: true, subtree: true, characterData: true });
}

/**
 * In the page: what was noted, and the bytes over the wire of the scripts that the view needed;
 * those that are fetched ahead for other views once it stands aren't among them.
 */
function readPaint(): Watched & { scriptBytes: number } {
  const { watched } = globalThis as unknown as { watched: Watched };
  const scripts = (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter(
    ({ name, startTime }) => new URL(name).pathname.endsWith('.js') && startTime <= watched.shown,
  );
  const scriptBytes = scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
  return { ...watched, scriptBytes };
}
