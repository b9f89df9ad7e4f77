import fs from 'node:fs';
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

/** From an append to the painted pixel of the session's page, with other sessions going on. */
export async function measurePaint(
  browser: Browser,
  url: string,
  liveDir: string,
  seconds: number,
  undo: Undo,
): Promise<Figure[]> {
  const [watched, ...others] = newSessions(liveDir, OTHERS + 1);
  if (!watched) throw new Error('no session to watch');
  const writing = writeLive(others, seconds + 1, undo.defer);
  const transcript = new Transcript(watched);
  // The file is new: its folder is made by whoever writes first.
  fs.mkdirSync(watched.path.slice(0, watched.path.lastIndexOf('/')), { recursive: true });
  fs.appendFileSync(
    watched.path,
    transcript.prompt('Measure me') + titled(watched.sessionId, 'mark 0'),
  );
  const page = await openSession(browser, `${url}/sessions/${watched.sessionId}`);
  const sent = new Map<string, number>();
  const until = performance.now() + seconds * 1_000;
  for (let mark = 1; performance.now() < until; mark += 1) {
    const name = `mark ${String(mark)}`;
    const text = step(transcript, mark) + titled(watched.sessionId, name);
    sent.set(name, performance.timeOrigin + performance.now());
    fs.appendFileSync(watched.path, text);
    // Not in step with the frames of the screen.
    await sleep(MARK_EVERY_MS + (mark % 17));
  }
  await sleep(1_000);
  const painted = new Map(await page.evaluate(readMarks));
  await writing;
  await page.context().close();
  const delays = [...sent].flatMap(([name, at]) => {
    const then = painted.get(name);
    return then === undefined ? [] : [then - at];
  });
  const { p50, p95, max, count } = spreadOf(delays);
  const part = `paint, ${String(OTHERS)} others`;
  return [
    { part, what: 'append → painted, p50', value: p50, unit: 'ms' },
    { part, what: 'append → painted, p95', value: p95, unit: 'ms', target: 60 },
    { part, what: 'append → painted, max', value: max, unit: 'ms' },
    { part, what: 'marks', value: sent.size, unit: 'count' },
    { part, what: 'marks not painted', value: sent.size - count, unit: 'count', target: 0 },
  ];
}

function step(transcript: Transcript, mark: number): string {
  transcript.at = Date.now();
  const usage = { input: 4, output: 180 + mark, cacheRead: 30_000 + mark * 250, write5m: 700 };
  return transcript.reply({ model: 'claude-sonnet-5-5', usage });
}

function titled(sessionId: string, customTitle: string): string {
  return `${JSON.stringify({ type: 'custom-title', customTitle, sessionId })}\n`;
}

async function openSession(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1_280, height: 900 } });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('heading', { level: 1, name: /^mark / }).waitFor();
  await page.evaluate(watchMarks);
  return page;
}

/** In the page: notes when each title has been painted, as wall time in ms. */
function watchMarks(): void {
  const marks: [string, number][] = [];
  Object.assign(globalThis, { marks });
  let last = '';
  new MutationObserver(() => {
    const title = document.querySelector('h1')?.textContent.trim() ?? '';
    if (title === last) return;
    last = title;
    // The frame with the change ends before the next one begins: the second call is after it.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => marks.push([title, performance.timeOrigin + performance.now()])),
    );
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
}

function readMarks(): [string, number][] {
  return (globalThis as unknown as { marks: [string, number][] }).marks;
}
