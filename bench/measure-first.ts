import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { snapshotSchema } from '@claude-optimizer/protocol';
import type { Browser } from 'playwright-core';
import type { Daemon } from '../tests/support/daemon.js';
import type { Figure } from './figures.js';
import { freePort } from './free-port.js';
import { spreadOf } from './statistics.js';

const REPEATS = 5;
const POLL_MS = 5;
const PATIENCE_MS = 60_000;
/** A tab that has just been opened still takes the machine for a while. */
const SETTLED_MS = 1_000;

/**
 * From the start of a daemon that has read nothing yet, the whole tree being there, until it has
 * the figures of today's sessions, and until a page shows them.
 */
export async function measureFirst(
  startFresh: (port: number) => Promise<Daemon>,
  today: readonly string[],
  browser: Browser | null,
): Promise<Figure[]> {
  const answers: number[] = [];
  const views: number[] = [];
  for (let run = 0; run < REPEATS; run += 1) {
    answers.push(await timed(startFresh, (url) => untilTold(url, today)));
    if (browser) views.push(await untilPainted(browser, startFresh, today.length));
  }
  const part = 'first figures';
  const answered = spreadOf(answers).p50;
  const shown = spreadOf(views).p50;
  return [
    { part, what: 'cold start → today’s figures, median of 5', value: answered, unit: 'ms' },
    ...(browser
      ? [
          {
            ...{ part, what: 'cold start → painted, median of 5', value: shown },
            ...{ unit: 'ms' as const, target: 500 },
          },
        ]
      : []),
  ];
}

async function timed(
  startFresh: (port: number) => Promise<Daemon>,
  done: (url: string) => Promise<number>,
): Promise<number> {
  const port = await freePort();
  const began = performance.now();
  const starting = startFresh(port);
  const at = await done(`http://127.0.0.1:${String(port)}`);
  await (await starting).stop('SIGKILL');
  return at - began;
}

async function untilTold(url: string, today: readonly string[]): Promise<number> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const response = await fetch(`${url}/api/live`).catch(() => null);
    if (response?.ok) {
      const { active, recent } = snapshotSchema.parse(await response.json());
      const told = new Map([...active, ...recent].map(({ id, usage }) => [id, usage.messages]));
      if (today.every((id) => (told.get(id) ?? 0) > 0)) return performance.now();
    }
    await sleep(POLL_MS);
  }
  throw new Error('no figures of today');
}

/**
 * As for a person whose browser is open, with an empty tab, and who opens the page as soon as the
 * port answers: until the frame that shows the figures of all of today's sessions.
 */
async function untilPainted(
  browser: Browser,
  startFresh: (port: number) => Promise<Daemon>,
  sessions: number,
): Promise<number> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript(notePainted, sessions);
    await sleep(SETTLED_MS);
    return await timed(startFresh, async (url) => {
      await untilAnswered(Number(new URL(url).port));
      await page.goto(url, { waitUntil: 'commit' });
      const painted = await page.waitForFunction(() => window.paintedAt, undefined, {
        timeout: PATIENCE_MS,
      });
      return Number(await painted.jsonValue()) - performance.timeOrigin;
    });
  } finally {
    await context.close();
  }
}

async function untilAnswered(port: number): Promise<void> {
  for (const deadline = performance.now() + PATIENCE_MS; performance.now() < deadline;) {
    const answers = await new Promise<boolean>((resolve) => {
      const connection = net.connect(port, '127.0.0.1', () => {
        connection.destroy();
        resolve(true);
      });
      connection.once('error', () => {
        resolve(false);
      });
    });
    if (answers) return;
    await sleep(POLL_MS);
  }
  throw new Error('nobody answers');
}

declare global {
  interface Window {
    /** When the figures were painted (epoch ms). */
    paintedAt?: number;
  }
}

/** In the page, before its own scripts: notes the second frame after it counts so many sessions. */
function notePainted(sessions: number): void {
  const watching = new MutationObserver(() => {
    const figures = document.querySelectorAll('section[aria-label="Today"] dd');
    if (!(Number(figures[3]?.textContent) >= sessions)) return;
    watching.disconnect();
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        window.paintedAt = performance.timeOrigin + performance.now();
      });
    });
  });
  watching.observe(document, { childList: true, subtree: true, characterData: true });
}
