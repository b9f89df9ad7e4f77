import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fetchAllSessions, fetchHistory } from '../support/api.js';
import { undoAfter } from '../support/cleanup.js';
import { say } from '../support/transcript.js';
import { axeFindings } from './axe.js';
import { skipWithoutChromium, useBrowser } from './chromium.js';
import { useSampleDaemon } from './sample-daemon.js';
import { seenHeading, seenText } from './seen.js';

const defer = undoAfter('each');
const deferAll = undoAfter('all');
const PHONE = { width: 390, height: 844 };
const TABS = ['Overview', 'Conversation', 'Timeline', 'Files', 'Cost'];

describe.skipIf(skipWithoutChromium)('a session among others, and at a moment', () => {
  const open = useBrowser();
  const served = useSampleDaemon(deferAll);

  it.each([
    ['wide and light', {}],
    ['as wide as a phone and dark', { viewport: PHONE, colorScheme: 'dark' as const }],
  ])('shows every tab as it was then, %s', async (_how, options) => {
    const { id, title } = served().sample.running;
    const events = await fetchHistory(served().url, id);
    const isTest = (event: (typeof events)[number]) =>
      event.type === 'session:tool' && event.name === 'Bash' && event.phase === 'end';
    // Before the file is edited.
    const before = events.find(isTest)?.seq ?? 0;
    const address = `${served().url}/sessions/${id}?seq=${String(before)}`;
    const { page, problems } = await open(address, defer, { reducedMotion: 'reduce', ...options });
    await seenHeading(page, title).waitFor();
    const banner = page.getByRole('region', { name: 'This is the past' });
    for (const [at, name] of TABS.entries()) {
      await page.keyboard.press(String(at + 1));
      await page.getByRole('tab', { name, selected: true }).waitFor();
      await page.getByRole('tabpanel', { name }).waitFor();
      await banner.waitFor();
      const { searchParams } = new URL(page.url());
      expect(searchParams.get('seq')).toBe(String(before));
      if (name === 'Conversation') await seenText(page, 'I begin with a list.').waitFor();
      if (name === 'Cost') await seenText(page, 'By tool').waitFor();
      // The file was changed later.
      if (name === 'Files') await seenText(page, /No file|nothing|None/iu).waitFor();
      expect(await page.getByText('pantry.ts').filter({ visible: true }).count()).toBe(0);
      expect(await axeFindings(page)).toEqual([]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBe(page.viewportSize()?.width);
    }
    await page.reload();
    await page.getByRole('tab', { name: 'Cost', selected: true }).waitFor();
    await banner.waitFor();
    await page.goBack();
    await page.getByRole('tab', { name: 'Files', selected: true }).waitFor();
    await banner.waitFor();
    await page.keyboard.press('Escape');
    await banner.waitFor({ state: 'detached' });
    await seenText(page, 'pantry.ts').waitFor();
    expect(problems).toEqual([]);
  });

  it('is compared while it goes on', async () => {
    const { id, title, transcript, file } = served().sample.running;
    const other =
      (await fetchAllSessions(served().url)).find((session) => session.id !== id)?.id ?? '';
    const { page, problems } = await open(`${served().url}/compare?ids=${other},${id}`, defer, {
      colorScheme: 'dark',
    });
    const figures = page.getByRole('region', { name: 'Figures', exact: true });
    const outputs = figures.getByRole('row').filter({ hasText: 'Output' }).first();
    await outputs.waitFor();
    await seenText(page, title).waitFor();
    const before = await outputs.textContent();
    transcript.at = Date.now();
    const blocks = [say('I count all shelves once more.')];
    fs.appendFileSync(file, transcript.reply({ usage: { input: 9, output: 71_003 }, blocks }));
    await expect.poll(() => outputs.textContent()).not.toBe(before);
    expect(await axeFindings(page)).toEqual([]);
    await page.reload();
    await outputs.waitFor();
    expect(problems).toEqual([]);
  });

  it.each([
    ['wide and dark', { colorScheme: 'dark' as const }],
    ['on a phone', { viewport: PHONE }],
  ])('is exported by keys alone, %s', async (_how, options) => {
    const { id, title } = served().sample.running;
    const { page, problems } = await open(`${served().url}/sessions/${id}`, defer, options);
    await seenHeading(page, title).waitFor();
    await page.getByRole('button', { name: 'Export' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Export this session' });
    await dialog.getByText(/\d [kM]?B$/u).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(
      page.viewportSize()?.width,
    );
    for (const format of [/^PDF/u, /^HTML/u]) {
      await dialog.getByRole('radio', { name: format }).press('ArrowDown');
    }
    await dialog.getByRole('radio', { name: /^Markdown/u, checked: true }).waitFor();
    await dialog.getByRole('checkbox', { name: /^Paths/u }).press('Space');
    await dialog.getByRole('button', { name: 'Download', exact: true, disabled: false }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Download', exact: true }).press('Enter'),
    ]);
    const text = fs.readFileSync(await download.path(), 'utf8');
    expect(text).toContain('Add a pantry to the project-1');
    expect(text).not.toContain('/home/dev/shop');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Export' }).press('Enter');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    // The focus is back where it was asked for.
    await page.locator('button:focus', { hasText: 'Export' }).waitFor();
    expect(problems).toEqual([]);
  });
});
