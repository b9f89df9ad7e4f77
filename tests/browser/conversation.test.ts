import fs from 'node:fs';
import path from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { writeConversation, writeHostile } from '../conversation/written.js';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { say, Transcript } from '../support/transcript.js';
import { axeFindings } from './axe.js';
import { skipWithoutChromium, useBrowser } from './chromium.js';

const defer = undoAfter('each');

describe.skipIf(skipWithoutChromium)('the conversation of a session', () => {
  const open = useBrowser();

  async function openConversation(query = '', options: BrowserContextOptions = {}) {
    const claudeDir = path.join(tempFolder(defer), '.claude');
    const written = writeConversation(claudeDir);
    const hostile = writeHostile(claudeDir);
    const daemon = await startDaemon({ claudeDir, dataDir: tempFolder(defer) }, defer);
    await daemon.ready();
    const address = `${daemon.url}/sessions/${written.sessionId}?tab=conversation${query}`;
    const opened = await open(address, defer, options);
    await list(opened.page).waitFor();
    return { ...opened, ...written, hostile, daemon };
  }

  it('is read, searched and walked by keys, and its address leads back', async () => {
    const { page, problems, sessionId, daemon } = await openConversation();
    await page.getByText('Please repair the till').last().waitFor();
    await page.getByText('const sum = 2;').waitFor();
    // A folded result is found, and unfolded.
    await page.keyboard.press('Control+f');
    await page.keyboard.type('needle in');
    await page.getByText('1 of 1').waitFor();
    await page.getByText('needle in the output').first().waitFor();
    await page.keyboard.press('Escape');
    // What is far away is found as well, and the subagent’s words.
    await page.keyboard.press('Control+f');
    await page.keyboard.type('seven coins');
    await page.getByText('I count seven coins.').waitFor();
    await page.getByRole('searchbox').press('Escape');
    await page.keyboard.press('e');
    await page.locator('[data-passage]', { hasText: '/nowhere' }).first().waitFor();
    await page.keyboard.press('x');
    await page.getByText('no such file').waitFor();
    await page.getByRole('button', { name: 'Link to this passage' }).last().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/at=/u);
    const linked = page.url();
    await page.goto('about:blank');
    await page.goto(linked);
    await page.getByText('The till is repaired.').waitFor();
    await page.getByText('Unreadable line').first().waitFor();
    // The record as it stands in the file.
    await page.getByRole('button', { name: 'Raw record' }).last().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('"sessionId"').first().waitFor();
    await page.keyboard.press('Escape');
    expect(page.url()).toContain(`${daemon.url}/sessions/${sessionId}`);
    expect(await axeFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('folds what the person went back behind, and shows what was asked by the way', async () => {
    const { page, problems } = await openConversation();
    const branch = page.getByRole('button', { name: '2 messages of an abandoned branch' });
    await branch.waitFor();
    expect(await page.getByText('It is blue now.').count()).toBe(0);
    await branch.focus();
    await page.keyboard.press('Enter');
    await page.getByText('It is blue now.').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('It is blue now.').waitFor({ state: 'detached' });
    // Words in it are found, and show it.
    await page.keyboard.press('Control+f');
    await page.keyboard.type('blue now');
    await page.getByText('It is blue now.').waitFor();
    await page.getByRole('searchbox').press('Escape');
    await page
      .getByRole('button', { name: /Asked by the way.*How old is the till/u })
      .first()
      .click();
    await page.getByText('Forty years.').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('shows what is written while it is open', async () => {
    const { page, problems, file, transcript } = await openConversation();
    await page.getByText('Please repair the till').last().waitFor();
    transcript.at = Date.now();
    fs.appendFileSync(file, transcript.prompt('One thing more'));
    const reply = transcript.reply({
      usage: { input: 1, output: 1 },
      blocks: [say('As you wish.')],
    });
    fs.appendFileSync(file, reply);
    await page.getByRole('navigation', { name: 'Places' }).getByText('One thing more').click();
    await page.getByText('As you wish.').waitFor();
    expect(problems).toEqual([]);
  });

  it('is dark on a phone, with its places behind a button', async () => {
    const { page, problems } = await openConversation('', {
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
    });
    await page.getByRole('button', { name: 'Places' }).click();
    await page.getByLabel('Show').selectOption('subagents');
    await page
      .getByRole('button', { name: /Count the coins/u })
      .first()
      .click();
    await page.getByText('I count seven coins.').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(await axeFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('begins before all of a long one is read, and then has all of it', async () => {
    const claudeDir = path.join(tempFolder(defer), '.claude');
    const sessionId = '10000000-0000-4000-8000-00000000c0de';
    const folder = path.join(claudeDir, 'projects', '-w');
    fs.mkdirSync(folder, { recursive: true });
    const transcript = new Transcript({ sessionId, at: Date.now() - 86_400_000 });
    const prompts = Array.from({ length: 450 }, (_, n) => transcript.prompt(`Prompt no. ${n}.`));
    fs.writeFileSync(path.join(folder, `${sessionId}.jsonl`), prompts.join(''));
    const daemon = await startDaemon({ claudeDir, dataDir: tempFolder(defer) }, defer);
    await daemon.ready();
    const address = `${daemon.url}/sessions/${sessionId}?tab=conversation`;
    const { page, problems, requests } = await open(address, defer);
    await list(page).getByText('Prompt no. 0.').waitFor();
    await page.getByText('450 passages').waitFor();
    const asked = requests.filter((url) => /conversation\?thread=main&(enough|since)/u.test(url));
    expect(asked.slice(0, 2)).toEqual([
      expect.stringContaining('enough='),
      expect.stringContaining('since='),
    ]);
    // A link to what wasn't in the beginning leads there.
    const { uuid } = JSON.parse(prompts[440] ?? '') as { uuid: string };
    await page.goto(`${address}&at=${uuid}`);
    await list(page).getByText('Prompt no. 440.').waitFor();
    expect(await list(page).getByText('Prompt no. 0.').count()).toBe(0);
    expect(problems).toEqual([]);
  });

  it('lets nothing of a transcript be more than text', async () => {
    const { page, problems, requests, hostile, daemon } = await openConversation();
    requests.length = 0;
    await page.goto(`${daemon.url}/sessions/${hostile}?tab=conversation`);
    await list(page).waitFor();
    await page.getByText('click me').first().click();
    await walk(page);
    await page.getByText('the end').waitFor();
    await page.keyboard.press('k');
    await list(page).getByText('image/svg+xml').waitFor();
    expect(await page.evaluate('window.pwned')).toBeUndefined();
    expect(requests.filter((url) => !url.replace(/^ws/u, 'http').startsWith(daemon.url))).toEqual(
      [],
    );
    // A picture that is none isn’t sent: that one request fails, nothing else.
    expect(problems.filter((problem) => !problem.includes('404'))).toEqual([]);
  });
});

const list = (page: Page) => page.getByRole('region', { name: 'Passages of the conversation' });

/** Goes over every passage, so that each has been drawn. */
async function walk(page: Page): Promise<void> {
  const seen = new Set<string>();
  await list(page).focus();
  for (let presses = 0; presses < 40; presses += 1) {
    const links = page.locator('a[href]', { hasText: /click me|data|prompt/u });
    expect(await links.count()).toBe(0);
    for (const text of await page.locator('[data-passage]').allInnerTexts()) seen.add(text);
    if ([...seen].some((text) => text.includes('the end'))) break;
    await page.keyboard.press('PageDown');
    await page.waitForTimeout(50);
  }
  const all = [...seen].join('\n');
  expect(all).toContain('<script>window.pwned = 1</script>');
  expect(all).toContain('⟨U+202E⟩');
}
