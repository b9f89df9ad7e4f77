import { formatCost, MICRODOLLARS } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { skipWithoutChromium, useBrowser } from '../browser/chromium.js';
import { seenHeading, seenText } from '../browser/seen.js';
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
    await seenText(page, 'running').waitFor();
    expect(run.child.exitCode, 'it was shown only after its end').toBeNull();

    const { result } = await run.ended;
    await link.click();
    await seenHeading(page, feature.prompt).waitFor();
    const cost = Math.round((result?.total_cost_usd ?? 0) * MICRODOLLARS);
    await seenText(page, formatCost(cost)).waitFor();
    await seenText(page, 'completed').waitFor();
    for (const task of feature.tasks) await seenText(page, task).waitFor();
    expect(problems).toEqual([]);
  });
});
