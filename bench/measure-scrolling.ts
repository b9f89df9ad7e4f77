import type { Browser, Page } from 'playwright-core';
import * as z from 'zod';
import type { Figure } from './figures.js';

const LONG_MS = 50;
/** What one turn of a wheel or one sweep over a trackpad scrolls (px), a frame apart. */
const WHEEL = { px: 400, everyMs: 16 };
/** The scroll bar is dragged from the top to the end in so many steps, a frame apart. */
const DRAG_STEPS = 40;
const JUMPS = 4;
const REST_MS = 400;

/** All ways of getting through a table of any length, the first the hardest. */
const WAYS = {
  'through all rows by script, half a screen in a frame': (page: Page) =>
    page.evaluate(scrollThrough),
  'through all rows by wheel': scrollByWheel,
  'by End, Home and the scroll bar': jump,
};

/**
 * The longest task of the page's thread for each way of scrolling its table, and how long the
 * processor worked in any: the rest of a task is what others had of the processor meanwhile.
 */
export async function measureScrolling(
  browser: Browser,
  page: Page,
): Promise<Omit<Figure, 'part'>[]> {
  const figures: Omit<Figure, 'part'>[] = [];
  for (const [name, scroll] of Object.entries(WAYS)) {
    await page.evaluate(toTop);
    await page.waitForTimeout(REST_MS);
    await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
    await scroll(page);
    await page.waitForTimeout(REST_MS);
    const { longest, work } = longestIn(await browser.stopTracing());
    figures.push(
      { what: `longest task ${name}`, value: longest, unit: 'ms', target: LONG_MS },
      { what: '… longest work of the processor in one', value: work, unit: 'ms' },
    );
  }
  return figures;
}

const traceSchema = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      pid: z.int(),
      tid: z.int(),
      /** Microseconds: of the clock, and of the processor. */
      dur: z.number().optional(),
      tdur: z.number().optional(),
      args: z.looseObject({ name: z.unknown() }).partial().optional(),
    }),
  ),
});

/** Of the tasks of the page's main thread (the busiest of its kind): the longest (ms). */
function longestIn(trace: Buffer): { longest: number; work: number } {
  const { traceEvents } = traceSchema.parse(JSON.parse(trace.toString('utf8')));
  const threadOf = ({ pid, tid }: { pid: number; tid: number }) => `${String(pid)} ${String(tid)}`;
  const main = new Map<string, { dur: number; tdur: number }[]>();
  for (const event of traceEvents) {
    if (event.name === 'thread_name' && event.args?.name === 'CrRendererMain') {
      main.set(threadOf(event), []);
    }
  }
  for (const event of traceEvents) {
    const { dur = 0, tdur = 0 } = event;
    if (event.name.endsWith('RunTask')) main.get(threadOf(event))?.push({ dur, tdur });
  }
  const busiest = [...main.values()].sort((a, b) => b.length - a.length)[0] ?? [];
  if (busiest.length === 0) throw new Error('the trace names no task of the page');
  return {
    longest: busiest.reduce((longest, { dur }) => Math.max(longest, dur), 0) / 1_000,
    work: busiest.reduce((longest, { tdur }) => Math.max(longest, tdur), 0) / 1_000,
  };
}

/** As a person scrolls who is in a hurry. */
async function scrollByWheel(page: Page): Promise<void> {
  const table = page.locator('[role=table]');
  const box = await table.boundingBox();
  if (!box) throw new Error('there is no table');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const length = await table.evaluate((element) => element.scrollHeight);
  for (let turned = 0; turned < length; turned += WHEEL.px) {
    await page.mouse.wheel(0, WHEEL.px);
    await page.waitForTimeout(WHEEL.everyMs);
  }
}

async function jump(page: Page): Promise<void> {
  for (let times = 0; times < JUMPS; times += 1) {
    for (const key of ['End', 'Home']) {
      await page.keyboard.press(key);
      await page.waitForTimeout(REST_MS);
    }
  }
  await page.evaluate(drag, DRAG_STEPS);
}

/** In the page: half a screen in a frame, until the end. */
async function scrollThrough(): Promise<void> {
  const table = document.querySelector('[role=table]');
  for (let top = 0; table && top < table.scrollHeight; top += table.clientHeight / 2) {
    table.scrollTop = top;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** In the page: what dragging its scroll bar does. */
async function drag(steps: number): Promise<void> {
  const table = document.querySelector('[role=table]');
  for (let step = 0; table && step <= steps; step += 1) {
    table.scrollTop = (table.scrollHeight * step) / steps;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** In the page. */
function toTop(): void {
  document.querySelector('[role=table]')?.scrollTo({ top: 0 });
}
