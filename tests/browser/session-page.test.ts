import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { say, use } from '../support/transcript.js';
import { skipWithoutChromium, useBrowser } from './chromium.js';
import { writeSample, type Sample } from './sample.js';
import { seenHeading, seenText } from './seen.js';

const defer = undoAfter('each');

describe.skipIf(skipWithoutChromium)('the page of a session', () => {
  const open = useBrowser();

  async function openRunning(prepare: (running: Sample['running']) => void = () => undefined) {
    const { claudeDir, running } = writeSample(path.join(tempFolder(defer), '.claude'));
    prepare(running);
    const daemon = await startDaemon({ claudeDir, dataDir: tempFolder(defer) }, defer);
    await daemon.ready();
    const opened = await open(`${daemon.url}/sessions/${running.id}`, defer);
    await seenHeading(opened.page, running.title).waitFor();
    return { ...opened, daemon, running };
  }

  it('keeps a budget, warns when it is passed, and lets go of it', async () => {
    const { page, problems } = await openRunning();
    await setBudget(page, 'Set a budget', '0.0001');
    await seenText(page, /^Over budget by/u).waitFor();
    await setBudget(page, 'Budget <$0.01', '900');
    await seenText(page, /of \$900\.00 · <0\.1%/u).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Budget $900.00' }).click();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Set a budget' }).waitFor();
    expect(problems).toEqual([]);
  });

  it('runs nothing any more once the session is ended', async () => {
    const { page, running, problems } = await openRunning();
    const { transcript, file } = running;
    const blocks = [use('toolu_open', 'Bash', { command: 'npm run never-ends' })];
    transcript.at = Date.now();
    fs.appendFileSync(file, transcript.reply({ usage: { input: 1, output: 1 }, blocks }));
    const row = page.getByRole('listitem').filter({ hasText: 'never-ends' });
    await row.getByText('running').waitFor();
    await page.getByRole('button', { name: 'End session' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End session' }).click();
    await row.getByText('no result').waitFor();
    await seenText(page, 'Nothing is running').waitFor();
    expect(problems).toEqual([]);
  });

  it('shows older activity when asked, and stays where the reader is', async () => {
    const { page, running, problems } = await openRunning(({ transcript, file }) => {
      const old = Array.from({ length: 120 }, (_, at) =>
        transcript.reply({ usage: { input: 1, output: 1 }, blocks: [say(`Old word ${at}`)] }),
      );
      fs.appendFileSync(file, old.join(''));
    });
    const feed = page.getByRole('region', { name: 'Activity, newest first' });
    const top = seenText(page, 'Old word 119');
    await top.waitFor();
    await feed.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    const older = page.getByRole('button', { name: 'Load older' });
    const height = await feed.evaluate((element) => element.scrollHeight);
    await older.click();
    await expect
      .poll(() => feed.evaluate((element) => element.scrollHeight))
      .toBeGreaterThan(height);
    const place = await feed.evaluate((element) => element.scrollTop);
    running.transcript.at = Date.now();
    const blocks = [say('A new word')];
    fs.appendFileSync(
      running.file,
      running.transcript.reply({ usage: { input: 1, output: 1 }, blocks }),
    );
    // What was said, and that its turn ended.
    const news = page.getByRole('button', { name: '2 new' });
    await news.waitFor();
    expect(await feed.evaluate((element) => element.scrollTop)).toBe(place);
    await news.click();
    await seenText(page, 'A new word').waitFor();
    expect(problems).toEqual([]);
  });

  it('lets go with Esc: first of a dialog, then of the session', async () => {
    const { page, problems } = await openRunning();
    await page.getByRole('button', { name: 'Set a budget' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(new URL(page.url()).pathname).toMatch(/^\/sessions\/./u);
    await page.keyboard.press('Escape');
    await seenHeading(page, 'Sessions').waitFor();
    expect(new URL(page.url()).pathname).toBe('/sessions');
    expect(problems).toEqual([]);
  });
});

async function setBudget(page: Page, button: string, dollars: string): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill(dollars);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });
}
