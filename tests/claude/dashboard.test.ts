import { formatCost, MICRODOLLARS } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { skipWithoutChromium, useBrowser } from '../browser/chromium.js';
import { undoAfter } from '../support/cleanup.js';
import { prepare, skipWithoutClaude } from './play.js';
import { feature } from './scenarios.js';

const defer = undoAfter('each');

describe.skipIf(skipWithoutClaude || skipWithoutChromium)('the dashboard', () => {
  const open = useBrowser();

  it('shows the real client at work, and in the end what it says that it cost', async () => {
    const { daemon, sessionId, start } = await prepare(feature, defer);
    const { page, problems } = await open(daemon.url, defer);
    await page.getByRole('button', { name: /demo/iu }).first().waitFor();

    const run = start();
    const link = page.locator(`a[href$="/sessions/${sessionId}"]`).first();
    await link.waitFor();
    await page.getByText('running').first().waitFor();
    expect(run.child.exitCode, 'it was shown only after its end').toBeNull();

    const { result } = await run.ended;
    await link.click();
    await page.getByRole('heading', { level: 1, name: feature.prompt }).waitFor();
    const cost = Math.round((result?.total_cost_usd ?? 0) * MICRODOLLARS);
    await page.getByText(formatCost(cost)).first().waitFor();
    await page.getByText('completed').first().waitFor();
    for (const task of feature.tasks) await page.getByText(task).first().waitFor();
    expect(problems).toEqual([]);
  });
});
