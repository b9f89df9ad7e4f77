import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fetchAllEvents } from '../support/api.js';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { say } from '../support/transcript.js';
import { axeFindings } from './axe.js';
import { skipWithoutChromium, useBrowser } from './chromium.js';
import { writeSample } from './sample.js';
import { seenHeading, seenText } from './seen.js';

const defer = undoAfter('each');

describe.skipIf(skipWithoutChromium)('the replay of a session', () => {
  const open = useBrowser();

  async function openRunning(query = '', options = {}) {
    const { claudeDir, running } = writeSample(path.join(tempFolder(defer), '.claude'));
    const daemon = await startDaemon({ claudeDir, dataDir: tempFolder(defer) }, defer);
    await daemon.ready();
    const events = await fetchAllEvents(daemon.url, running.id);
    const address = `${daemon.url}/sessions/${running.id}${query}`;
    const opened = await open(address, defer, { reducedMotion: 'reduce', ...options });
    await seenHeading(opened.page, running.title).waitFor();
    return { ...opened, running, events };
  }
  const slider = (page: Page) => page.getByRole('slider', { name: 'Moment of the session' });
  const place = async (page: Page) => Number(await slider(page).inputValue());
  const banner = (page: Page) => page.getByRole('region', { name: 'This is the past' });

  it('goes by keys to any moment, is undisturbed by news, and comes back to live', async () => {
    const { page, running, events, problems } = await openRunning();
    await page.keyboard.press('p');
    await banner(page).waitFor();
    expect(await place(page)).toBe(1);
    expect(await page.getByRole('button', { name: 'End session' }).count()).toBe(0);
    await page.keyboard.press('Shift+ArrowRight');
    const turn = events.findIndex(({ type }) => type === 'session:turn') + 1;
    await expect.poll(() => place(page)).toBe(turn);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('.');
    const objective =
      events.findIndex(
        (event) => event.type === 'session:objective' && event.status !== 'pending',
      ) + 1;
    await expect.poll(() => place(page)).toBe(objective);
    await page.keyboard.press('End');
    await expect.poll(() => place(page)).toBe(events.length);
    await page.keyboard.press('Home');
    await expect.poll(() => place(page)).toBe(1);

    running.transcript.at = Date.now();
    const blocks = [say('News while nobody looks')];
    const usage = { input: 1, output: 1 };
    fs.appendFileSync(running.file, running.transcript.reply({ usage, blocks }));
    await expect.poll(() => slider(page).getAttribute('max')).not.toBe(String(events.length));
    expect(await place(page)).toBe(1);
    expect(await page.getByText('News while nobody looks').count()).toBe(0);

    await page.keyboard.press('Escape');
    await seenText(page, 'News while nobody looks').waitFor();
    expect(await banner(page).count()).toBe(0);
    expect(problems).toEqual([]);
  });

  it('has the moment in its address: reload, back and forward keep it', async () => {
    const { page, events, problems } = await openRunning();
    await page.getByRole('button', { name: 'Replay' }).click();
    await banner(page).waitFor();
    await page.keyboard.press('.');
    const count = await place(page);
    const seq = String(events[count - 1]?.seq);
    await expect.poll(() => new URL(page.url()).searchParams.get('seq')).toBe(seq);
    await page.reload();
    await banner(page).waitFor();
    expect(await place(page)).toBe(count);
    await page.goBack();
    await page.getByRole('button', { name: 'Replay' }).waitFor();
    expect(await banner(page).count()).toBe(0);
    await page.goForward();
    await banner(page).waitFor();
    await expect.poll(() => place(page)).toBe(count);
    expect(await axeFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('plays to the end when asked, on a phone', async () => {
    const { page, events, problems } = await openRunning('?seq=1', {
      viewport: { width: 390, height: 844 },
    });
    await banner(page).waitFor();
    await page.getByRole('button', { name: 'Play' }).click();
    // As long as it takes to play them: up to 0.4 s for each.
    await expect.poll(() => place(page), { timeout: 20_000 }).toBe(events.length);
    await page.getByRole('button', { name: 'Play' }).waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBe(390);
    expect(problems).toEqual([]);
  });
});
