import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { axeFindings } from './axe.js';
import { skipWithoutChromium, useBrowser } from './chromium.js';
import { writeSample } from './sample.js';
import { seenText } from './seen.js';

const PHONE = { width: 360, height: 780 };
const defer = undoAfter('each');

describe.skipIf(skipWithoutChromium)('a session’s timeline, files and cost', () => {
  const open = useBrowser();

  async function openSession(query: string, options = {}) {
    const { claudeDir, running } = writeSample(path.join(tempFolder(defer), '.claude'));
    const daemon = await startDaemon({ claudeDir, dataDir: tempFolder(defer) }, defer);
    await daemon.ready();
    return open(`${daemon.url}/sessions/${running.id}${query}`, defer, options);
  }

  it('are walked through by keyboard', async () => {
    const { page, problems } = await openSession('');
    await page.getByRole('tab', { name: 'Overview' }).waitFor();
    await page.keyboard.press('3');
    const bars = page.getByRole('application', { name: /Turns, tools and subagents/u });
    await bars.focus();
    await page.keyboard.press('ArrowRight');
    await seenText(page, 'Turn 1').waitFor();
    for (const key of ['+', '+', 'Shift+ArrowRight', '-', '0', 'ArrowDown', 'ArrowDown']) {
      await page.keyboard.press(key);
    }
    await seenText(page, 'TodoWrite').waitFor();
    // Esc lets go of the bar first, not of the session.
    await page.keyboard.press('Escape');
    await seenText(page, /Point at a bar/u).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForURL(/tab=conversation&at=/u);
    await page.goBack();
    await page.getByRole('button', { name: 'Show as table' }).press('Enter');
    const words = page.getByRole('region', { name: 'Timeline in words' });
    await words.getByRole('listitem').filter({ hasText: 'npm test' }).waitFor();
    await words.getByRole('listitem').filter({ hasText: 'Find shelves' }).first().waitFor();

    await page.getByRole('tab', { name: 'Timeline' }).press('ArrowRight');
    const file = page.getByRole('option', { name: /pantry\.ts/u });
    await file.waitFor();
    expect(await file.textContent()).toContain('+2 −1');
    await page.getByRole('button', { name: /^Show change/u }).press('Enter');
    const change = page.getByRole('group', { name: 'Changes' });
    await change.getByText('added').first().waitFor();
    await page.getByRole('searchbox', { name: 'Filter files' }).fill('cellar');
    await seenText(page, 'No file is called that.').waitFor();

    await page.getByRole('tab', { name: 'Files' }).press('ArrowRight');
    const turns = page.getByRole('region', { name: 'By turn' });
    await turns.getByRole('button', { name: 'Responses of Turn 1' }).press('Enter');
    const responses = page.getByRole('region', { name: 'Responses of Turn 1' });
    await responses.getByText('npm test').waitFor();
    expect(await shownCosts(page, 'By turn')).toEqual(await shownCosts(page, 'By tool'));
    await turns.getByRole('button', { name: 'Cost' }).press('Enter');
    const head = turns.getByRole('columnheader', { name: 'Cost' }).first();
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    await page.reload();
    await seenText(page, 'By tool').waitFor();
    expect(problems).toEqual([]);
  });

  it.each(['light', 'dark'] as const)(
    'are accessible in %s, and as wide as a phone',
    async (theme) => {
      const options = { colorScheme: theme, reducedMotion: 'reduce' } as const;
      const { page, problems } = await openSession('?tab=timeline', options);
      for (const [tab, shows] of [
        ['Timeline', 'Shorten waits'],
        ['Files', 'Edited only'],
        ['Cost', 'What stands out'],
      ] as const) {
        await page.getByRole('tab', { name: tab }).click();
        await seenText(page, shows).waitFor();
        expect(await axeFindings(page)).toEqual([]);
        await page.setViewportSize(PHONE);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
          PHONE.width,
        );
        await page.setViewportSize({ width: 1_280, height: 720 });
      }
      expect(problems).toEqual([]);
    },
  );
});

/** The exact cost that stands below a table of costs. */
async function shownCosts(page: Page, title: string): Promise<string | null> {
  const foot = page.getByRole('region', { name: title }).locator('tfoot tr').last();
  return foot.locator('td').last().locator('span').first().getAttribute('title');
}
