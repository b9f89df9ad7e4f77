import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fetchAllSessions } from '../support/api.js';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { axeFindings } from './axe.js';
import { skipWithoutChromium, useBrowser } from './chromium.js';
import { writeSample } from './sample.js';
import { seenHeading, seenText } from './seen.js';

const defer = undoAfter('each');

describe.skipIf(skipWithoutChromium)('the comparison of sessions', () => {
  const open = useBrowser();

  async function openAt(address: (ids: string[]) => string, options = {}) {
    const { claudeDir } = writeSample(path.join(tempFolder(defer), '.claude'));
    const daemon = await startDaemon({ claudeDir, dataDir: tempFolder(defer) }, defer);
    await daemon.ready();
    const ids = (await fetchAllSessions(daemon.url)).map(({ id }) => id);
    return { ...(await open(daemon.url + address(ids), defer, options)), ids };
  }

  it('is reached from a session, takes another by keyboard, and keeps it in the address', async () => {
    const { page, ids, problems } = await openAt(([first]) => `/sessions/${first ?? ''}`);
    await page.getByRole('link', { name: 'Compare with …' }).click();
    await seenHeading(page, 'Compare').waitFor();
    await seenText(page, 'One is no comparison').waitFor();
    await page.keyboard.press('a');
    await page.getByPlaceholder('Title, prompt, project or branch').fill('Count the stars');
    await page.getByRole('option', { name: /Count the stars/u }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Figures', exact: true }).waitFor();
    const { searchParams } = new URL(page.url());
    expect(searchParams.get('ids')?.split(',')[0]).toBe(ids[0]);
    await page.getByRole('button', { name: 'Share of the way' }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get('clock')).toBe('share');
    await page.reload();
    await page.getByRole('region', { name: 'Figures', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Share of the way', pressed: true }).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Elapsed', pressed: true }).waitFor();
    await page.getByRole('button', { name: 'Remove B' }).click();
    await seenText(page, 'One is no comparison').waitFor();
    await page.goBack();
    await page.getByRole('region', { name: 'Figures', exact: true }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('is honest about costs, unknown sessions and too many of them, on a phone and in the dark', async () => {
    const { page, problems } = await openAt(
      (ids) => `/compare?ids=${[ids[0], 'nobody', ids[1], ids[2], ids[3], 'more'].join(',')}`,
      { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
    );
    await seenText(page, 'No such session: nobody').waitFor();
    await seenText(page, /Four sessions can be compared at once: 2 more/u).waitFor();
    await page.getByRole('region', { name: 'Figures', exact: true }).waitFor();
    await seenText(page, /unknown/u).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await axeFindings(page)).toEqual([]);
    // The one that isn't there is answered with 404, which the browser notes.
    expect(problems.filter((problem) => !problem.includes('404'))).toEqual([]);
  });

  it('says how to begin where nothing was chosen', async () => {
    const { page, problems } = await openAt(() => '/compare');
    await page.getByRole('button', { name: 'Choose a session' }).click();
    await page.getByRole('dialog', { name: 'Choose a session' }).waitFor();
    await page.keyboard.press('Escape');
    await seenText(page, 'Nothing to compare yet').waitFor();
    expect(problems).toEqual([]);
  });
});
