import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fetchDetail } from '../support/api.js';
import { undoAfter } from '../support/cleanup.js';
import { axeFindings } from './axe.js';
import { skipWithoutChromium, useBrowser } from './chromium.js';
import { useSampleDaemon } from './sample-daemon.js';
import { seenLink } from './seen.js';

const defer = undoAfter('each');
const deferAll = undoAfter('all');
const PHONE = { width: 390, height: 844 };

describe.skipIf(skipWithoutChromium)('the work with the list of sessions', () => {
  const open = useBrowser();
  const served = useSampleDaemon(deferAll);

  async function openSessions(query = '', options = {}) {
    const opened = await open(`${served().url}/sessions${query}`, defer, options);
    await opened.page.getByText(/ (found|in all)$/u).waitFor();
    return opened;
  }
  const query = (page: Page) => new URL(page.url()).searchParams;
  const row = (page: Page, title: string) => page.getByRole('row').filter({ hasText: title });
  const button = (page: Page, name: string | RegExp) =>
    page.getByRole('button', { name, exact: true });
  const count = (page: Page) => page.getByText(/ (found|in all)$/u).textContent();
  /** Goes down with `j` until the session has the focus. */
  const goTo = async (page: Page, title: string) => {
    await page.keyboard.press('Home');
    for (let steps = 0; steps < 5; steps += 1) {
      await page.locator('[data-row-link]:focus').waitFor();
      if ((await page.locator('[data-row-link]:focus').textContent()) === title) return;
      await page.keyboard.press('j');
    }
    throw new Error(`there is no ${title}`);
  };

  it('gives a view a name, opens it, names it anew and removes it, by keys alone', async () => {
    const { page, problems } = await openSessions('?status=failed&sort=cost', {
      colorScheme: 'dark',
    });
    await button(page, 'Views').press('Enter');
    await page.getByLabel('Name of this view').fill('Broken, dearest first');
    await page.keyboard.press('Enter');
    await button(page, 'Views: Broken, dearest first').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await button(page, 'Clear').press('Enter');
    await expect.poll(() => query(page).get('status')).toBeNull();

    await page.reload();
    await button(page, 'Views').press('Enter');
    await button(page, 'Broken, dearest first').press('Enter');
    await expect.poll(() => query(page).get('status')).toBe('failed');
    expect(query(page).get('sort')).toBe('cost');
    await page.getByText('1 found').waitFor();

    await button(page, 'Rename the view Broken, dearest first').press('Enter');
    await page.keyboard.press('Escape');
    await button(page, 'Rename the view Broken, dearest first').press('Enter');
    // The old name is selected: typing takes its place.
    await page.keyboard.type('Failures');
    await page.keyboard.press('Enter');
    await button(page, 'Rename the view Failures').waitFor();
    await button(page, 'Views: Failures').waitFor();
    await page.reload();
    await button(page, 'Views: Failures').press('Enter');
    await button(page, 'Remove the view Failures').press('Enter');
    await page.getByText('None has a name yet.').waitFor();
    await page.keyboard.press('Escape');
    await button(page, 'Views').waitFor();
    expect(problems).toEqual([]);
  });

  it('shows the columns that were chosen, also to whoever is given the address', async () => {
    const { page, problems } = await openSessions();
    const head = (name: string) => page.getByRole('columnheader', { name, exact: true });
    await button(page, 'Columns').press('Enter');
    await page.getByRole('checkbox', { name: 'Branch' }).press('Space');
    await page.getByRole('checkbox', { name: 'Models' }).press('Space');
    await head('Branch').waitFor();
    expect(await head('Models').count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.goBack();
    await head('Models').waitFor();
    await page.goForward();
    await head('Models').waitFor({ state: 'detached' });
    await page.reload();
    await head('Branch').waitFor();
    expect(await head('Models').count()).toBe(0);

    const other = await open(page.url(), defer);
    await other.page.getByRole('columnheader', { name: 'Branch', exact: true }).waitFor();
    // This browser remembers them without an address, too.
    await page.goto(`${served().url}/sessions`);
    await head('Branch').waitFor();
    await button(page, 'Columns').press('Enter');
    await button(page, 'As at first').press('Enter');
    await head('Models').waitFor();
    expect(await head('Branch').count()).toBe(0);
    expect([...problems, ...other.problems]).toEqual([]);
  });

  it('puts those that are selected side by side, and is where one left it', async () => {
    const { page, problems } = await openSessions('?sort=title&order=asc');
    await page.keyboard.press('j');
    await page.locator('[data-row-link]:focus').waitFor();
    await page.keyboard.press('J');
    await page.getByText('2 selected').waitFor();
    await page.keyboard.press('c');
    await page.waitForURL(/\/compare\?ids=[0-9a-f-]{36},[0-9a-f-]{36}$/u);
    await page.getByRole('region', { name: 'Figures', exact: true }).waitFor();
    await page.goBack();
    await page.getByText(/in all$/u).waitFor();
    expect(query(page).get('sort')).toBe('title');
    const head = page.getByRole('columnheader', { name: /^Session/u });
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    expect(problems).toEqual([]);
  });

  it('hides sessions and shows them again', async () => {
    const { page, problems } = await openSessions();
    const before = await count(page);
    // Nothing is selected: it is the one in focus that is meant.
    await goTo(page, 'Water the plants');
    await page.keyboard.press('h');
    await page.getByText('1 session hidden.').waitFor();
    await seenLink(page, 'Water the plants').waitFor({ state: 'detached' });
    expect(await count(page)).not.toBe(before);

    await button(page, 'Hidden').press('Enter');
    await page.getByRole('radio', { name: 'Only hidden ones' }).press('Space');
    await expect.poll(() => query(page).get('hidden')).toBe('only');
    await seenLink(page, 'Water the plants').waitFor();
    await page.keyboard.press('Escape');
    await page.reload();
    await seenLink(page, 'Water the plants').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await goTo(page, 'Water the plants');
    await page.keyboard.press('x');
    await button(page, 'Hide').click();
    await page.getByText('1 session shown again.').waitFor();
    await page.getByText('No session fits').waitFor();
    await page.goBack();
    await seenLink(page, 'Water the plants').waitFor();
    await expect.poll(() => count(page)).toBe(before);
    expect(problems).toEqual([]);
  });

  it('ends a session that runs', async () => {
    const { page, problems } = await openSessions();
    const { id, title } = served().sample.running;
    await row(page, title).getByText('running').waitFor();
    await goTo(page, title);
    await page.keyboard.press('e');
    await page.getByText('1 session ended.').waitFor();
    await row(page, title).getByText('completed').waitFor();
    expect((await fetchDetail(served().url, id))?.state.summary.phase).toBe('ended');
    expect(problems).toEqual([]);
  });

  it('deletes and takes back, by pointer and on a phone', async () => {
    const { page, problems } = await openSessions('', { viewport: PHONE, colorScheme: 'dark' });
    const before = await count(page);
    await page.getByRole('checkbox', { name: 'Select Count the stars' }).check();
    await page.getByRole('toolbar', { name: 'Selected sessions' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    await button(page, 'Delete').click();
    await page.getByText('1 session deleted here.').waitFor();
    await seenLink(page, 'Count the stars').waitFor({ state: 'detached' });
    await button(page, /^Undo/u).click();
    await seenLink(page, 'Count the stars').waitFor();
    await expect.poll(() => count(page)).toBe(before);
    for (const menu of ['Status', 'Date', 'Views']) {
      await button(page, menu).first().click();
      const box = await page.getByRole('group', { name: menu, exact: true }).boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(PHONE.width);
      await page.keyboard.press('Escape');
    }
    expect(problems).toEqual([]);
  });
});
