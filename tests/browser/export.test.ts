import fs from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { axeFindings } from './axe.js';
import { skipWithoutChromium, useBrowser } from './chromium.js';
import { writeSample } from './sample.js';
import { seenHeading, seenLink } from './seen.js';

const defer = undoAfter('each');
const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: 'dark' as const };
/** What the dialog says once it can begin. */
const SIZE = /^(?:About )?[\d.,]+\s[kM]?B$/u;
const FORMATS = ['html', 'md', 'csv', 'json'] as const;

describe.skipIf(skipWithoutChromium)('the export', () => {
  const open = useBrowser();

  async function served() {
    const { claudeDir, running } = writeSample(path.join(tempFolder(defer), '.claude'));
    const daemon = await startDaemon({ claudeDir, dataDir: tempFolder(defer) }, defer);
    await daemon.ready();
    return { daemon, running };
  }

  it('of one session is chosen by keyboard, in each format, and leaves out what it is told to', async () => {
    const { daemon, running } = await served();
    const { page, problems } = await open(`${daemon.url}/sessions/${running.id}`, defer);
    await seenHeading(page, running.title).waitFor();
    await page.keyboard.press('d');
    const dialog = page.getByRole('dialog', { name: 'Export this session' });
    await dialog.getByText(SIZE).waitFor();
    expect(await dialog.getByRole('radio', { name: /^PDF/u }).isChecked()).toBe(true);
    expect(await axeFindings(page)).toEqual([]);
    const pdf = await downloaded(page, dialog);
    expect(pdf.name).toMatch(/^claude-session-[\da-f]{8}-\d{4}-\d\d-\d\d\.pdf$/u);
    expect(pdf.text.slice(0, 5)).toBe('%PDF-');
    await dialog.waitFor({ state: 'detached' });

    // The arrows go through the formats, the space bar leaves paths and words out.
    for (const [index, format] of FORMATS.entries()) {
      await page.keyboard.press('d');
      const chosen = dialog.getByRole('radio', { name: /^PDF/u });
      await chosen.focus();
      for (let step = 0; step <= index; step += 1) await page.keyboard.press('ArrowDown');
      await dialog.getByRole('checkbox', { name: /^Paths/u }).press('Space');
      await dialog.getByRole('checkbox', { name: /^Prompts/u }).press('Space');
      const { name, text } = await downloaded(page, dialog);
      expect(name.endsWith(`.${format}`)).toBe(true);
      expect(text).toContain('project-1');
      expect(text).not.toMatch(/\/home\/dev|pantry/u);
      await dialog.waitFor({ state: 'detached' });
    }

    await page.keyboard.press('d');
    await dialog.getByRole('radio', { name: /^CSV/u }).check();
    await dialog.getByRole('radio', { name: /^Tool calls/u }).check();
    expect((await downloaded(page, dialog)).text).toMatch(/^ended_at,session_id,project,tool,/u);
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('d');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
  });

  it('of a selection on a phone says what is wrong and keeps what was chosen', async () => {
    const { daemon, running } = await served();
    const { page, problems } = await open(`${daemon.url}/sessions`, defer, PHONE);
    await seenLink(page, running.title).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('J');
    await page.getByRole('toolbar').getByRole('button', { name: 'Export' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export 2 sessions' });
    await dialog.getByRole('radio', { name: /^JSON/u }).check();
    await dialog.getByText(SIZE).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    const frame = await dialog.boundingBox();
    expect(frame && frame.x >= 0 && frame.x + frame.width <= PHONE.viewport.width).toBe(true);
    const { text } = await downloaded(page, dialog);
    expect(JSON.parse(text)).toMatchObject({ what: 'sessions', sessions: [{}, {}] });
    await dialog.waitFor({ state: 'detached' });
    expect(problems).toEqual([]);

    await page.getByRole('toolbar').getByRole('button', { name: 'Export' }).click();
    await dialog.getByRole('checkbox', { name: /^Code/u }).check();
    await dialog.getByText(SIZE).waitFor();
    await daemon.stop();
    await dialog.getByRole('button', { name: 'Download', exact: true }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await dialog.getByRole('checkbox', { name: /^Code/u }).isChecked()).toBe(true);
    await dialog.getByText('Close', { exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  });
});

async function downloaded(page: Page, dialog: Locator): Promise<{ name: string; text: string }> {
  await dialog.getByText(SIZE).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Download', exact: true }).press('Enter'),
  ]);
  const text = fs.readFileSync(await download.path(), 'latin1');
  return { name: download.suggestedFilename(), text };
}
