import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { until } from '../support/until.js';
import { axeFindings } from './axe.js';
import { skipWithoutChromium, useBrowser } from './chromium.js';
import { writeSample } from './sample.js';
import { seenLink } from './seen.js';

const defer = undoAfter('each');

describe.skipIf(skipWithoutChromium)('the sessions page', () => {
  const open = useBrowser();

  async function openSessions(query = '', options = {}) {
    const sample = writeSample(path.join(tempFolder(defer), '.claude'));
    const { claudeDir } = sample;
    const daemon = await startDaemon({ claudeDir, dataDir: tempFolder(defer) }, defer);
    await daemon.ready();
    await until('the words are indexed', async () => {
      const response = await fetch(`${daemon.url}/api/sessions?search=paint`);
      const { search } = (await response.json()) as { search: { state: string } };
      return search.state === 'idle';
    });
    const opened = await open(`${daemon.url}/sessions${query}`, defer, options);
    return { ...opened, ...sample };
  }

  it('searches, sorts and filters, and its address brings all of it back', async () => {
    const { page, problems } = await openSessions();
    await seenLink(page, 'Paint the door green').waitFor();
    await page.getByRole('button', { name: 'Cost', exact: true }).last().click();
    await page.waitForURL(/sort=cost/u);
    await page.keyboard.press('/');
    await page.keyboard.type('door gre');
    await page.locator('mark', { hasText: 'door' }).first().waitFor();
    await page.getByText('1 found').waitFor();
    await page.reload();
    await page.getByText('1 found').waitFor();
    expect(await page.getByRole('combobox').inputValue()).toBe('door gre');
    expect(await axeFindings(page)).toEqual([]);

    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByRole('button', { name: 'Status' }).first().click();
    await page.getByRole('checkbox', { name: /^failed/u }).check();
    await page.getByText('1 found').waitFor();
    await seenLink(page, 'Count the stars').waitFor();
    await page.goBack();
    await page.getByText(/in all$/u).waitFor();
    await page.goForward();
    await page.getByText('1 found').waitFor();
    expect(problems).toEqual([]);
  });

  it('is worked by the keyboard alone: choose, delete, take back', async () => {
    const { page, problems } = await openSessions();
    await seenLink(page, 'Paint the door green').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('J');
    await page.getByText('2 selected').waitFor();
    await page.keyboard.press('d');
    const dialog = page.getByRole('dialog', { name: 'Export 2 sessions' });
    await dialog.getByRole('radio', { name: /^CSV/u }).check();
    expect(await axeFindings(page)).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Download', exact: true }).click(),
    ]);
    const rows = fs
      .readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(rows).toHaveLength(3);
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.getByText('2 selected').waitFor({ state: 'detached' });
    await page.keyboard.press('x');
    await page.getByText('1 selected').waitFor();
    const before = await page.getByText(/in all$/u).textContent();
    await page.keyboard.press('#');
    await page.getByText('1 session deleted here.').waitFor();
    await expect.poll(() => page.getByText(/in all$/u).textContent()).not.toBe(before);
    await page.keyboard.press('u');
    await expect.poll(() => page.getByText(/in all$/u).textContent()).toBe(before);
    // The same without a selection: of the one in focus.
    expect(await page.getByText('1 selected').count()).toBe(0);
    await page.locator('[data-row-link]').first().focus();
    await page.keyboard.press('#');
    await page.getByText('1 session deleted here.').waitFor();
    await expect.poll(() => page.getByText(/in all$/u).textContent()).not.toBe(before);
    await page.keyboard.press('u');
    await expect.poll(() => page.getByText(/in all$/u).textContent()).toBe(before);
    expect(problems).toEqual([]);
  });

  it('leads from what was found to the session, on a phone too', async () => {
    const { page, problems } = await openSessions('?search=door', {
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
    });
    const mark = page.locator('mark').first();
    await mark.waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await mark.click();
    await page.waitForURL(/\/sessions\/[0-9a-f-]{36}\?tab=conversation&at=/u);
    expect(problems).toEqual([]);
  });

  it('says what is wrong with a search', async () => {
    const { page } = await openSessions('?search=status%3Aasleep');
    await page.getByRole('alert').getByText('at character 1').waitFor();
  });
});
