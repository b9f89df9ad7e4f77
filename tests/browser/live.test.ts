import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { say } from '../support/transcript.js';
import { skipWithoutChromium, useBrowser } from './chromium.js';
import { writeSample } from './sample.js';
import { seenHeading, seenLink, seenText } from './seen.js';

const defer = undoAfter('each');

async function startWithSample() {
  const sample = writeSample(path.join(tempFolder(defer), '.claude'));
  const { claudeDir } = sample;
  const dataDir = tempFolder(defer);
  const daemon = await startDaemon({ claudeDir, dataDir }, defer);
  await daemon.ready();
  return { ...sample, dataDir, daemon };
}

describe.skipIf(skipWithoutChromium)('the pages', () => {
  const open = useBrowser();

  it('both show a line that is appended', async () => {
    const { daemon, running } = await startWithSample();
    const live = await open(daemon.url, defer);
    const session = await open(`${daemon.url}/sessions/${running.id}`, defer);
    const card = seenLink(live.page, running.title);
    await card.waitFor();
    await seenHeading(session.page, running.title).waitFor();

    const { transcript, file } = running;
    const todos = [{ content: 'Carry the jars inside', status: 'in_progress', activeForm: 'x' }];
    const blocks = [
      say('The jars come next.'),
      { type: 'tool_use', id: 'toolu_jars', name: 'TodoWrite', input: { todos } },
    ];
    fs.appendFileSync(
      file,
      transcript.reply({ usage: { input: 9, output: 200_000 }, blocks }) +
        transcript.result('toolu_jars', 'ok', { toolUseResult: { oldTodos: [], newTodos: todos } }),
    );
    await seenText(session.page, 'The jars come next.').waitFor();
    await seenText(session.page, 'Carry the jars inside').waitFor();
    // 200,000 output tokens at $15 a million: nothing showed such a cost before.
    await seenText(live.page, /\$3\.\d\d/u).waitFor();
    await seenText(session.page, /\$3\.\d\d/u).waitFor();

    const added = writeNew(path.dirname(file));
    await seenLink(live.page, added.title).waitFor();
    expect([...live.problems, ...session.problems]).toEqual([]);
  });

  it('catch up without a reload when the server comes back', async () => {
    const { daemon, running, claudeDir, dataDir } = await startWithSample();
    const live = await open(daemon.url, defer);
    const session = await open(`${daemon.url}/sessions/${running.id}`, defer);
    await seenLink(live.page, running.title).waitFor();
    await seenHeading(session.page, running.title).waitFor();
    for (const { page } of [live, session]) {
      await page.evaluate(() => document.documentElement.setAttribute('data-same-page', 'yes'));
    }

    await daemon.stop();
    for (const { page } of [live, session]) {
      await seenText(page, /reconnecting|offline/iu).waitFor();
    }
    const blocks = [say('This was said in the dark.')];
    fs.appendFileSync(
      running.file,
      running.transcript.reply({ usage: { input: 9, output: 400_000 }, blocks }),
    );
    const added = writeNew(path.dirname(running.file));
    await startDaemon({ claudeDir, dataDir, port: daemon.port }, defer);

    await seenText(session.page, 'This was said in the dark.').waitFor();
    await seenLink(live.page, added.title).waitFor();
    await seenText(live.page, /\$6\.\d\d/u).waitFor();
    for (const { page } of [live, session]) {
      expect(await page.evaluate(() => document.documentElement.dataset['samePage'])).toBe('yes');
    }
  });

  it('load a view’s code once the server is back', async () => {
    const { daemon, running, claudeDir, dataDir } = await startWithSample();
    const { page } = await open(daemon.url, defer);
    // Some browsers have none, and load a view's code only when it is shown.
    await page.addInitScript(() => Reflect.deleteProperty(window, 'requestIdleCallback'));
    await page.goto(`${daemon.url}/sessions/${running.id}`);
    await seenHeading(page, running.title).waitFor();
    await daemon.stop();
    await page.getByRole('tab', { name: 'Cost' }).click();
    await seenText(page, 'Loading Cost').waitFor({ state: 'attached' });
    // Longer than the bundler's own second try.
    await page.waitForTimeout(1_500);
    await startDaemon({ claudeDir, dataDir, port: daemon.port }, defer);
    await page.getByRole('heading', { name: 'By turn' }).waitFor();
  });

  it('open at a session by its address, also after a reload', async () => {
    const { daemon, running } = await startWithSample();
    const { page, problems } = await open(`${daemon.url}/sessions/${running.id}`, defer);
    const heading = seenHeading(page, running.title);
    await heading.waitFor();
    await page.reload();
    await heading.waitFor();
    expect(new URL(page.url()).pathname).toBe(`/sessions/${running.id}`);
    expect(problems).toEqual([]);
  });

  it('show the demo at the press of a button, and the person’s own again', async () => {
    const claudeDir = path.join(tempFolder(defer), '.claude');
    const daemon = await startDaemon({ claudeDir, dataDir: tempFolder(defer) }, defer);
    const { page, problems } = await open(daemon.url, defer);
    await page.getByRole('button', { name: /demo/iu }).first().click();
    const sessions = page.locator('a[href*="/sessions/"]');
    await sessions.first().waitFor();
    await seenText(page, /\$\d/u).waitFor();
    expect(fs.existsSync(claudeDir), 'the demo wrote into the person’s folder').toBe(false);

    await page.getByRole('button', { name: /(stop|end|leave|exit).*demo/iu }).click();
    await sessions.first().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /demo/iu }).first().waitFor();
    expect(problems).toEqual([]);
  });
});

function writeNew(project: string) {
  const { running } = writeSample(path.join(tempFolder(defer), '.claude'));
  const file = path.join(project, path.basename(running.file));
  const title = 'Build a staircase';
  fs.writeFileSync(file, fs.readFileSync(running.file, 'utf8').replaceAll(running.title, title));
  return { title };
}
