import { describe, expect, it } from 'vitest';
import { skipWithoutClaude } from '../claude/play.js';
import {
  allRuns,
  bash,
  inState,
  launch,
  OBJECTIVE,
  prepareLaunch,
  text,
} from '../loop/launched.js';
import { transcriptsOf } from '../loop/hand-session.js';
import { undoAfter } from '../support/cleanup.js';
import { until } from '../support/until.js';
import { axeFindings } from './axe.js';
import { skipWithoutChromium, useBrowser } from './chromium.js';
import { seenHeading } from './seen.js';

const defer = undoAfter('each');
const done = text(`All done.\n✓ Completed: ${OBJECTIVE}`);

describe.skipIf(skipWithoutChromium || skipWithoutClaude)('a launched session on the pages', () => {
  const open = useBrowser();

  it('is launched, asks, is answered and compared with its plan, by keys alone', async () => {
    const { start, home } = await prepareLaunch(
      { turns: [[bash('touch gate')], [done]], paceMs: 1_500 },
      defer,
    );
    const daemon = await start();
    await daemon.ready();
    const { page, problems } = await open(daemon.url, defer);
    await seenHeading(page, 'No sessions yet').waitFor();
    await page.keyboard.press('r');
    const form = page.getByRole('dialog', { name: 'Launch a session' });
    await form.getByRole('option', { name: 'gate' }).waitFor({ state: 'attached' });
    await page.keyboard.type('gate');
    await form.getByLabel('Model').fill('sonnet');
    await form.getByLabel('Objectives, one to a line').fill(OBJECTIVE);
    await form.getByLabel('Budget, US dollars').fill('1');
    await form.getByRole('button', { name: 'Preview' }).press('Enter');
    await form.getByRole('region', { name: 'Prompt' }).getByText(`- ${OBJECTIVE}`).waitFor();
    await form.getByRole('button', { name: 'Start now' }).press('Enter');
    await form.getByRole('link', { name: 'Watch it' }).press('Enter');
    await page.waitForURL('**/sessions/*');

    const asked = page.getByRole('region', { name: 'Needs you' });
    await asked.getByText('touch gate').first().waitFor();
    expect(await page.title()).toMatch(/^\(1\) /u);
    expect(await axeFindings(page)).toEqual([]);
    await asked.getByRole('button', { name: 'Minimize' }).press('Enter');
    await page.getByRole('button', { name: '1 question' }).waitFor();
    await page.keyboard.press('a');
    await asked.getByRole('button', { name: 'Allow once' }).press('Enter');
    await asked.waitFor({ state: 'detached' });
    // Its words are there while they are written, before they stand in the transcript.
    await page.getByText('All done.').first().waitFor();
    expect(transcriptsOf(home)).not.toContain('All done.');

    const run = page.getByRole('region', { name: 'Launched run' });
    await run.getByText('succeeded').waitFor({ timeout: 30_000 });
    await run.getByText('✓ done').waitFor();
    await run.getByText('1 completed').waitFor();
    // The page was opened before the session's first line: the browser notes that answer by itself.
    expect(problems.filter((problem) => !problem.includes('404 (Not Found)'))).toEqual([]);
  });

  it('is given more, told something and stopped from its page, and says so', async () => {
    const { start } = await prepareLaunch(
      { replies: [{ blocks: [text('I think …')], usage: { input: 5, output: 5 }, endless: true }] },
      defer,
    );
    const daemon = await start();
    await daemon.ready();
    const launched = await launch(daemon, { limits: { costMicrodollars: 1_000_000 } });
    const { sessionId } = await inState(daemon, launched, 'running');
    await until('its transcript', async () => {
      return (await fetch(`${daemon.url}/api/sessions/${sessionId ?? ''}`)).ok;
    });
    const { page, problems } = await open(`${daemon.url}/sessions/${sessionId ?? ''}`, defer);
    const panel = page.getByRole('region', { name: 'Launched run' });
    await panel.getByRole('button', { name: 'Extend' }).press('Enter');
    const extend = page.getByRole('dialog', { name: 'Extend this run' });
    await extend.getByLabel('Budget, US dollars').fill('3');
    await extend.getByRole('button', { name: 'Save' }).press('Enter');
    await extend.waitFor({ state: 'detached' });
    await panel.getByText('≤ $3.00').waitFor();
    await panel.getByRole('button', { name: 'Send a message' }).press('Enter');
    const message = page.getByRole('dialog', { name: 'Send a message' });
    await message.getByLabel('What Claude is told next').fill('Mind the hinges');
    expect(await axeFindings(page)).toEqual([]);
    await message.getByRole('button', { name: 'Send', exact: true }).press('Enter');
    await message.waitFor({ state: 'detached' });
    await panel.getByRole('button', { name: 'Stop' }).press('Enter');
    const question = page.getByRole('dialog', { name: 'Stop this run?' });
    await question.getByRole('button', { name: 'Stop it' }).press('Enter');
    await panel.getByText('stopped', { exact: true }).waitFor({ timeout: 30_000 });
    await panel.getByText('not done').waitFor();
    expect((await allRuns(daemon))[0]).toMatchObject({ state: 'stopped', cause: 'person' });
    expect(problems).toEqual([]);
  });

  it('warns, is ended at its budget, and says by how much it went beyond', async () => {
    const pause = 'for i in 1 2 3; do sleep 0.1; done; echo ';
    const turns = Array.from({ length: 12 }, (_, at) => [bash(`${pause}${String(at)}`)]);
    const settings = { launcher: { allowedTools: ['Bash'] } };
    const { start } = await prepareLaunch({ turns, settings }, defer);
    const daemon = await start();
    await daemon.ready();
    const { page, problems } = await open(daemon.url, defer);
    await seenHeading(page, 'No sessions yet').waitFor();
    // Each turn costs five cents: the fourth is the first beyond.
    await launch(daemon, { limits: { costMicrodollars: 180_000 } });
    const news = page.getByRole('status', { name: 'News' });
    await news.getByText('gate has used 80 % of its limit').waitFor({ timeout: 30_000 });
    await news.getByText('gate has used 100 % of its limit').waitFor();
    await news.getByText('gate stopped').waitFor();
    const [run] = await allRuns(daemon);
    expect(run).toMatchObject({ state: 'stopped', cause: 'cost_limit' });
    await page.goto(`${daemon.url}/sessions/${run?.sessionId ?? ''}`);
    const panel = page.getByRole('region', { name: 'Launched run' });
    await panel.getByText('stopped', { exact: true }).waitFor();
    await panel.getByText(/^Over its limits by \$0\.0[2-7]/u).waitFor();
    expect(problems).toEqual([]);
  });
});
