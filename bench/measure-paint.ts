import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { Transcript } from '../tests/support/transcript.js';
import type { Figure } from './figures.js';
import { newSessions, writeLive } from './live-sessions.js';
import { spreadOf } from './statistics.js';
import type { Undo } from './undo.js';

/** While we look at one session, so many others are being written. */
const OTHERS = 10;
const MARK_EVERY_MS = 200;

/** Where the title of the session `id` is to be seen. */
const VIEWS = {
  'live page': { path: () => '/', place: (id: string) => `[data-card="${id}"] a` },
  'session page': { path: (id: string) => `/sessions/${id}`, place: () => 'h1' },
} as const;

/** From an append to the painted pixel, on both pages, with other sessions going on. */
export async function measurePaint(
  browser: Browser,
  url: string,
  liveDir: string,
  seconds: number,
  undo: Undo,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, view] of Object.entries(VIEWS)) {
    const [watched, ...others] = newSessions(liveDir, OTHERS + 1);
    if (!watched) throw new Error('no session to watch');
    const writing = writeLive(others, seconds + 2, undo.defer);
    const session = new MarkedSession(watched);
    const place = view.place(watched.sessionId);
    const page = await openAt(browser, url + view.path(watched.sessionId), place);
    const sent = await session.mark(seconds);
    const painted = new Map(await page.evaluate(readMarks));
    await writing;
    await page.context().close();
    figures.push(...figuresOf(`paint, ${name}, ${String(OTHERS)} others`, sent, painted));
  }
  return figures;
}

function figuresOf(
  part: string,
  sent: Map<string, number>,
  painted: Map<string, number>,
): Figure[] {
  const delays = [...sent].flatMap(([name, at]) => {
    const then = painted.get(name);
    return then === undefined ? [] : [then - at];
  });
  const { p50, p95, max, count } = spreadOf(delays);
  return [
    { part, what: 'append → painted, p50', value: p50, unit: 'ms' },
    { part, what: 'append → painted, p95', value: p95, unit: 'ms', target: 60 },
    { part, what: 'append → painted, max', value: max, unit: 'ms' },
    {
      part,
      what: `marks not painted of ${String(sent.size)}`,
      value: sent.size - count,
      unit: 'count',
      target: 0,
    },
  ];
}

/** A session whose responses each come with a title of their own. */
class MarkedSession {
  readonly #file: string;
  readonly #transcript: Transcript;

  constructor(session: { path: string; sessionId: string; cwd: string }) {
    this.#file = session.path;
    this.#transcript = new Transcript(session);
    fs.mkdirSync(path.dirname(this.#file), { recursive: true });
    fs.appendFileSync(this.#file, this.#transcript.prompt('Measure me') + this.#titled('mark 0'));
  }

  /** Appends marks for so long; resolves with the wall time (ms) of each append. */
  async mark(seconds: number): Promise<Map<string, number>> {
    const sent = new Map<string, number>();
    const until = performance.now() + seconds * 1_000;
    for (let number = 1; performance.now() < until; number += 1) {
      const name = `mark ${String(number)}`;
      const text = this.#response(number) + this.#titled(name);
      sent.set(name, performance.timeOrigin + performance.now());
      fs.appendFileSync(this.#file, text);
      // Not in step with the frames of the screen.
      await sleep(MARK_EVERY_MS + (number % 17));
    }
    await sleep(1_000);
    return sent;
  }

  #response(number: number): string {
    this.#transcript.at = Date.now();
    const cacheRead = 30_000 + number * 250;
    const usage = { input: 4, output: 180 + number, cacheRead, write5m: 700 };
    return this.#transcript.reply({ model: 'claude-sonnet-5-5', usage });
  }

  #titled(customTitle: string): string {
    const { sessionId } = this.#transcript;
    return `${JSON.stringify({ type: 'custom-title', customTitle, sessionId })}\n`;
  }
}

async function openAt(browser: Browser, url: string, place: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1_280, height: 900 } });
  const page = await context.newPage();
  await page.goto(url);
  await page
    .locator(place)
    .filter({ hasText: /mark \d+/ })
    .waitFor();
  await page.evaluate(watchMarks, place);
  return page;
}

/** In the page: notes when each mark at `place` has been painted, as wall time in ms. */
function watchMarks(place: string): void {
  const marks: [string, number][] = [];
  Object.assign(globalThis, { marks });
  let last = '';
  new MutationObserver(() => {
    const mark = /mark \d+/.exec(document.querySelector(place)?.textContent ?? '')?.[0] ?? '';
    if (mark === last) return;
    last = mark;
    // The frame with the change ends before the next one begins: the second call is after it.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => marks.push([mark, performance.timeOrigin + performance.now()])),
    );
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
}

function readMarks(): [string, number][] {
  return (globalThis as unknown as { marks: [string, number][] }).marks;
}
