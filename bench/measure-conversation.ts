import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startDaemon } from '../tests/support/daemon.js';
import { say, Transcript, use } from '../tests/support/transcript.js';
import { openChromium } from './chromium.js';
import type { Figure } from './figures.js';
import { spreadOf } from './statistics.js';
import type { Undo } from './undo.js';

const BYTES = 50_000_000;
const SESSION = 'c0c0c0c0-0000-4000-8000-000000000050';
const PATIENCE_MS = 120_000;
/** So far it is scrolled with each frame (px): about two screens a second. */
const STEP = 30;
const FRAMES = 300;
const WORDS = 'a till that counts coins and never loses one while readers look on from afar'.split(
  ' ',
);

/** A transcript of 50 MB: how soon its conversation is there, and how smoothly it scrolls. */
export async function measureConversation(undo: Undo): Promise<Figure[]> {
  const claudeDir = undo.folder('conversation');
  const bytes = writeLongSession(claudeDir);
  const part = `conversation of ${(bytes / 1e6).toFixed(0)} MB`;
  const dataDir = undo.folder('data');
  const daemon = await startDaemon({ claudeDir, dataDir }, undo.defer);
  await daemon.ready(PATIENCE_MS);
  const browser = await openChromium(undo);
  const figures: Figure[] = [];
  if (browser) {
    // The first time, nothing of it is known yet; then the daemon has its outline.
    for (const what of ['opened the first time', 'opened again']) {
      const page = await openSession(browser, daemon.url);
      const value = await open(page);
      figures.push({ part, what: `${what} → passages painted`, value, unit: 'ms', target: 1_000 });
      if (what === 'opened again') figures.push(...(await scroll(page, part)));
      await page.context().close();
    }
  }
  await daemon.stop();
  if (browser) {
    for (const { where, restMs } of TABS) {
      // A daemon that has just started knows the session, but not its outline.
      const again = await startDaemon({ claudeDir, dataDir }, undo.defer);
      await again.ready(PATIENCE_MS);
      const value = await openByAddress(browser, again.url, restMs);
      // The page's own load is in it, of a daemon that has answered nobody yet.
      const what = `by its address after a start, ${where} → passages painted`;
      figures.push({ part, what, value, unit: 'ms', target: 1_000 });
      await again.stop();
    }
  }
  await browser?.close();
  return figures;
}

/** Where the address is opened: what starting a tab's own process takes is the browser's. */
const TABS = [
  { where: 'in an open tab', restMs: 1_000 },
  { where: 'in a tab that starts with it', restMs: 0 },
];

/** Notes in the page when it was painted: to ask it from outside takes a fifth of a second more. */
const NOTE_PAINT = `new MutationObserver((_changes, observer) => {
  if (!document.querySelector('[data-passage]')) return;
  observer.disconnect();
  const note = () => { window.passagesPaintedAt = performance.now(); };
  requestAnimationFrame(() => requestAnimationFrame(note));
}).observe(document, { childList: true, subtree: true });`;

/**
 * From the navigation to the second frame after the first passage is there (ms): the page loads as
 * well.
 */
async function openByAddress(browser: Browser, url: string, restMs: number): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(NOTE_PAINT);
  await page.waitForTimeout(restMs);
  await page.goto(`${url}/sessions/${SESSION}?tab=conversation`, { waitUntil: 'commit' });
  const painted = await page.waitForFunction(
    () => Reflect.get(window, 'passagesPaintedAt') as number | undefined,
    null,
    { timeout: PATIENCE_MS },
  );
  const value = (await painted.jsonValue()) ?? NaN;
  await context.close();
  return value;
}

async function openSession(browser: Browser, url: string): Promise<Page> {
  const page = await (
    await browser.newContext({ viewport: { width: 1440, height: 900 } })
  ).newPage();
  await page.goto(`${url}/sessions/${SESSION}`);
  await page.getByRole('tab', { name: 'Conversation' }).waitFor();
  await page.waitForTimeout(1_000);
  return page;
}

/** From the click on the tab to the frame after the first passage is there (ms). */
async function open(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const tab = [...document.querySelectorAll<HTMLElement>('[role=tab]')].find(
      ({ textContent }) => textContent === 'Conversation',
    );
    const began = performance.now();
    tab?.click();
    while (!document.querySelector('[data-passage]')) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return performance.now() - began;
  });
}

async function scroll(page: Page, part: string): Promise<Figure[]> {
  await page.waitForTimeout(1_000);
  const frames = await page.evaluate(
    async ({ step, count }) => {
      const list = document.querySelector('[aria-label="Passages of the conversation"]');
      const times: number[] = [];
      let last = await new Promise<number>(requestAnimationFrame);
      for (let n = 0; n < count; n += 1) {
        list?.scrollBy(0, step);
        const now = await new Promise<number>(requestAnimationFrame);
        times.push(now - last);
        last = now;
      }
      return times;
    },
    { step: STEP, count: FRAMES },
  );
  const { p50, p95, max } = spreadOf(frames);
  return [
    { part, what: 'frame while scrolling, p50', value: p50, unit: 'ms', target: 17 },
    { part, what: 'frame while scrolling, p95', value: p95, unit: 'ms', target: 18 },
    { part, what: 'frame while scrolling, max', value: max, unit: 'ms' },
  ];
}

function writeLongSession(claudeDir: string): number {
  const folder = path.join(claudeDir, 'projects', '-home-dev-shop');
  fs.mkdirSync(folder, { recursive: true });
  const file = fs.openSync(path.join(folder, `${SESSION}.jsonl`), 'w');
  const transcript = new Transcript({ sessionId: SESSION, at: Date.now() - 86_400_000 });
  const usage = { input: 4, output: 300, cacheRead: 20_000 };
  let bytes = 0;
  for (let turn = 0; bytes < BYTES; turn += 1) {
    const words = (count: number) =>
      Array.from({ length: count }, (_, n) => WORDS[(turn * 7 + n * 3) % WORDS.length]).join(' ');
    const id = `toolu_${String(turn)}`;
    const lines = [
      ...(turn % 12 === 0 ? [transcript.prompt(`Turn ${String(turn)}: ${words(30)}`)] : []),
      transcript.reply({ usage, blocks: [say(markdown(turn, words)), toolOf(turn, id)] }),
      transcript.result(id, Array.from({ length: 150 }, () => words(12)).join('\n')),
    ];
    bytes += fs.writeSync(file, lines.join(''));
  }
  fs.closeSync(file);
  return bytes;
}

function markdown(turn: number, words: (count: number) => string): string {
  return `## Step ${String(turn)}\n\n${words(60)}\n\n- \`${words(2)}\`\n- **${words(4)}**\n\n\`\`\`ts\nexport const n${String(turn)} = '${words(5)}';\n\`\`\``;
}

function toolOf(turn: number, id: string) {
  if (turn % 3 > 0) return use(id, 'Bash', { command: `npm test -- ${String(turn)}` });
  const before = Array.from({ length: 20 }, (_, n) => `const line${String(n)} = ${String(turn)};`);
  const after = before.with(3, 'const changed = true;').join('\n');
  const file_path = `/home/dev/shop/src/${String(turn)}.ts`;
  return use(id, 'Edit', { file_path, old_string: before.join('\n'), new_string: after });
}
