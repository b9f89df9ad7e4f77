import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chance } from '../indexing/chance.js';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { Transcript, uuidOf } from '../support/transcript.js';
import { skipWithoutChromium, useBrowser } from './chromium.js';

const defer = undoAfter('each');
/** More than are asked for at once, and far more than are made for one frame. */
const SESSIONS = 180;
const HOUR = 3_600_000;

describe.skipIf(skipWithoutChromium)('scrolling the list of sessions', () => {
  const open = useBrowser();

  const waiting = (page: Page) => page.getByRole('cell', { name: 'Loading' });
  const focused = (page: Page) => page.locator('[data-row-link]:focus').textContent();

  it('makes each row in sight, wherever one goes, and keeps focus and selection', async () => {
    const daemon = await startDaemon({ claudeDir: writeMany(), dataDir: tempFolder(defer) }, defer);
    await daemon.ready();
    const { page, problems } = await open(`${daemon.url}/sessions`, defer);
    const table = page.getByRole('table', { name: 'Sessions' });
    await page.getByText(`${String(SESSIONS)} in all`).waitFor();
    const allMade = async (name: string) => {
      await page.getByRole('link', { name, exact: true }).waitFor();
      await expect.poll(() => waiting(page).count()).toBe(0);
      const rows = await page.locator('[data-row-link]').count();
      const { height } = (await table.boundingBox()) ?? { height: 0 };
      expect(rows).toBeGreaterThanOrEqual(Math.floor((height - 32) / 36));
    };
    await allMade('Session 1');
    await page.keyboard.press('End');
    await expect.poll(() => focused(page)).toBe(`Session ${String(SESSIONS)}`);
    await allMade(`Session ${String(SESSIONS)}`);
    await page.keyboard.press('x');
    await page.getByText('1 selected').waitFor();
    await page.keyboard.press('k');
    await expect.poll(() => focused(page)).toBe(`Session ${String(SESSIONS - 1)}`);

    await table.evaluate((element) => element.scrollTo({ top: element.scrollHeight / 2 }));
    await allMade(`Session ${String(SESSIONS / 2)}`);
    await table.hover();
    await page.mouse.wheel(0, 720);
    await allMade(`Session ${String(SESSIONS / 2 + 20)}`);
    await page.keyboard.press('Home');
    await expect.poll(() => focused(page)).toBe('Session 1');
    await page.keyboard.press('End');
    await expect.poll(() => page.locator('[data-selected]').count()).toBe(1);
    expect(problems).toEqual([]);
  });
});

/** A history of sessions with a prompt each, the latest called 1. */
function writeMany(): string {
  const { hex } = chance(180);
  const claudeDir = path.join(tempFolder(defer), '.claude');
  const project = path.join(claudeDir, 'projects', '-home-dev-shop');
  fs.mkdirSync(project, { recursive: true });
  for (let number = 1; number <= SESSIONS; number += 1) {
    const sessionId = uuidOf(hex);
    const transcript = new Transcript({ sessionId, at: Date.now() - number * HOUR, hex });
    const lines = transcript.prompt(`Session ${String(number)}`);
    fs.writeFileSync(
      path.join(project, `${sessionId}.jsonl`),
      lines + transcript.reply({ usage: { input: 3, output: 5 } }),
    );
  }
  return claudeDir;
}
