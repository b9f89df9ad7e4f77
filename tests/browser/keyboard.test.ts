import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { skipWithoutChromium, useBrowser } from './chromium.js';
import { writeSample } from './sample.js';
import { seenHeading, seenLink } from './seen.js';

const defer = undoAfter('each');

describe.skipIf(skipWithoutChromium)('the keyboard', () => {
  const open = useBrowser();

  async function openLive() {
    const { claudeDir, running, finished } = writeSample(path.join(tempFolder(defer), '.claude'));
    const daemon = await startDaemon({ claudeDir, dataDir: tempFolder(defer) }, defer);
    await daemon.ready();
    const { page, problems } = await open(daemon.url, defer);
    await seenLink(page, running.title).waitFor();
    return { page, problems, running, finished };
  }

  it('? lists the keys and Esc closes the list', async () => {
    const { page, problems } = await openLive();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('⌘K').or(dialog.getByText('Ctrl')).first().waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(problems).toEqual([]);
  });

  it('g s and g l go to the sessions and to the live page', async () => {
    const { page, problems } = await openLive();
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.waitForURL('**/sessions');
    await seenHeading(page, 'Sessions').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await page.waitForURL((url) => url.pathname === '/');
    expect(problems).toEqual([]);
  });

  it('/ searches, and Esc leaves the search', async () => {
    const { page, finished } = await openLive();
    const [title = ''] = finished;
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.waitForURL('**/sessions');
    await seenLink(page, title).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type(title.slice(0, 9));
    const others = page.getByRole('link', { name: finished[1] ?? '' });
    await others.first().waitFor({ state: 'detached' });
    await seenLink(page, title).waitFor();
    await page.keyboard.press('Escape');
    expect(await focused(page)).not.toBe('INPUT');
  });

  it('j and k choose a session and Enter opens it', async () => {
    const { page, problems } = await openLive();
    await page.keyboard.press('j');
    const first = await focusedAddress(page);
    await page.keyboard.press('j');
    const second = await focusedAddress(page);
    await page.keyboard.press('k');
    expect(await focusedAddress(page)).toBe(first);
    expect(second).not.toBe(first);
    await page.keyboard.press('Enter');
    await page.waitForURL(first);
    expect(first).toMatch(/\/sessions\/[0-9a-f-]{36}$/u);
    expect(problems).toEqual([]);
  });

  it.each(['Control+k', 'Meta+k'])('%s jumps to a session by its title', async (keys) => {
    const { page, finished, problems } = await openLive();
    await page.keyboard.press(keys);
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type(finished[0] ?? '');
    await page
      .getByRole('option', { name: finished[0] ?? '' })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await seenHeading(page, finished[0] ?? '').waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/sessions\/[0-9a-f-]{36}$/u);
    expect(problems).toEqual([]);
  });
});

function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.tagName ?? '');
}

/** Where the focused link, or the link in the focused row, leads. */
async function focusedAddress(page: Page): Promise<string> {
  const address = await page.evaluate(() => {
    const active = document.activeElement;
    return (active?.closest('a') ?? active?.querySelector('a'))?.href ?? '';
  });
  expect(address, 'no session is chosen').not.toBe('');
  return address;
}
