import fs from 'node:fs';
import path from 'node:path';
import { totalTokens, usageReportSchema, type UsageReport } from '@claude-optimizer/protocol';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { formatCost, formatExact, formatTokens } from '../../dashboard/lib/format.js';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { skipWithoutChromium, useBrowser } from './chromium.js';
import { writeSample } from './sample.js';
import { seenHeading, seenText } from './seen.js';

const ZONE = 'Pacific/Auckland';
const defer = undoAfter('each');

describe.skipIf(skipWithoutChromium)('the usage page', () => {
  const open = useBrowser();

  async function openUsage(query = '') {
    const sample = writeSample(path.join(tempFolder(defer), '.claude'));
    const { claudeDir } = sample;
    const daemon = await startDaemon({ claudeDir, dataDir: tempFolder(defer) }, defer);
    await daemon.ready();
    const opened = await open(`${daemon.url}/usage${query}`, defer, { timezoneId: ZONE });
    await seenText(opened.page, 'shop').waitFor();
    const ask = async (by: string): Promise<UsageReport> => {
      const answer = await fetch(`${daemon.url}/api/usage?by=${by}&timezone=${ZONE}`);
      return usageReportSchema.parse(await answer.json());
    };
    return { ...opened, ...sample, ask };
  }

  it('shows the figures of /api/usage, and what is missing in them', async () => {
    const { page, ask, problems } = await openUsage('?days=all');
    const { totals, rows } = await ask('model');
    const sessions = (await ask('session')).rows.length;
    expect(totals.unpricedMessages).toBeGreaterThan(0);
    const section = page.getByRole('region', { name: 'Totals' });
    await section.getByText(formatCost(totals.costMicrodollars)).waitFor();
    await section
      .getByText(formatTokens(totalTokens(totals)), { exact: true })
      .first()
      .waitFor();
    expect(await figure(page, 'Responses')).toBe(formatExact(totals.messages));
    expect(await figure(page, 'Sessions')).toBe(formatExact(sessions));
    expect(await section.innerText()).toMatch(/responses? without a known price/u);
    const models = page.getByRole('region', { name: 'By model' });
    expect(await models.locator('tbody tr').count()).toBe(rows.length);
    expect(problems).toEqual([]);
  });

  it('has a table for the bars and for the map', async () => {
    const { page, ask } = await openUsage('?days=all&by=week');
    const bars = page.getByRole('region', { name: 'Over time' });
    await bars.getByRole('button', { name: 'Show as table' }).click();
    const { rows } = await ask('week');
    expect(await bars.locator('tbody tr').count()).toBe(rows.length);
    const [first] = rows.toReversed();
    const cost = formatCost(first?.costMicrodollars ?? null, { exact: true });
    expect(await bars.locator('tbody td').first().innerText()).toBe(cost);
    const map = page.getByRole('region', { name: 'Hours of the week' });
    await map.getByRole('button', { name: 'Show as table' }).click();
    expect(await map.locator('tbody tr').count()).toBe((await ask('hour')).rows.length);
  });

  it('keeps the range in the address', async () => {
    const { page } = await openUsage();
    await page.getByRole('button', { name: '90 days' }).click();
    await page.getByRole('button', { name: 'Month' }).click();
    expect(new URL(page.url()).search).toBe('?by=month&days=90');
    await page.reload();
    await seenText(page, 'shop').waitFor();
    for (const name of ['90 days', 'Month']) {
      const button = page.getByRole('button', { name });
      expect(await button.getAttribute('aria-pressed')).toBe('true');
    }
  });

  it('is reached, sorted and explored by keys', async () => {
    const { page } = await openUsage();
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await seenHeading(page, 'Sessions').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('u');
    await seenHeading(page, 'Usage').waitFor();
    const models = page.getByRole('region', { name: 'By model' });
    await models.getByRole('button', { name: 'Tokens' }).press('Enter');
    const head = models.getByRole('columnheader', { name: 'Tokens' });
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    await page.locator('[role=gridcell][tabindex="0"]').focus();
    for (const key of ['Home', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
    await seenText(page, /^Tue 01:00–02:00: /u).waitFor();
  });

  it('follows what is used, without a reload', async () => {
    const { page, running, ask } = await openUsage();
    const before = (await ask('day')).totals.messages;
    fs.appendFileSync(running.file, running.transcript.reply({ usage: { input: 7, output: 500 } }));
    const next = formatExact(before + 1);
    await page.waitForFunction(
      (text) => document.querySelector('section[aria-label=Totals]')?.textContent.includes(text),
      `Responses${next}`,
    );
    expect(await figure(page, 'Responses')).toBe(next);
  });
});

/** The number under a name in the totals. */
function figure(page: Page, name: string): Promise<string> {
  const totals = page.getByRole('region', { name: 'Totals' });
  const term = totals.locator('dt').getByText(name, { exact: true });
  return term.locator('xpath=following-sibling::dd').innerText();
}
