import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { MICRODOLLARS } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { inRepo } from '../../scripts/lib/places.mjs';
import { skipWithoutChromium, useBrowser } from '../browser/chromium.js';
import { skipWithoutClaude } from '../claude/play.js';
import { skipWithoutTerminal, type Terminal } from '../claude/terminal.js';
import { undoAfter } from '../support/cleanup.js';
import { follow } from '../support/follower.js';
import { until } from '../support/until.js';
import {
  AGENT_PROMPT,
  answer,
  asksOf,
  bash,
  nextAsk,
  noticesOf,
  prepareByHand,
  PROMPT,
  text,
  tool,
  transcriptsOf,
  TURN_MICRODOLLARS,
} from './hand-session.js';

const defer = undoAfter('each');
const run = promisify(execFile);
const BINARY = inRepo('packages/cli/bin/claude-optimizer.js');

/** A model that never stops by itself. */
const endless = Array.from({ length: 30 }, (_, turn) => [
  text(`Step ${String(turn)}.`),
  bash(`echo ${String(turn)}`),
]);
const touching = [[bash('touch one.txt')], [bash('touch two.txt')], [text('Finished.')]];

/**
 * Waits for the client's own prompt in what is drawn after `seen` and says yes, until it worked.
 * Resolves with how much had been drawn before.
 */
async function sayYes(terminal: Terminal, seen: number, done: () => boolean): Promise<number> {
  await until('its own prompt', () => terminal.screen().slice(seen).includes('proceed?'));
  const drawn = terminal.screen().length;
  const press = () => {
    if (done()) return true;
    terminal.press('1');
    return false;
  };
  // Rarely, as keys that come before the next prompt would keep it away.
  await until('the yes to be taken', press, { everyMs: 1_000 });
  return drawn;
}

describe.skipIf(skipWithoutClaude)('the real client that a person started', () => {
  it('is stopped at its budget at the next tool call, with a reason that the person reads', async () => {
    const budgets = { sessionMicrodollars: 200_000 };
    const hand = await prepareByHand({ budgets, turns: endless, paceMs: 100 }, defer);
    const { result, exitCode, stderr } = await hand.run().ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const cost = Math.round((result?.total_cost_usd ?? 0) * MICRODOLLARS);
    expect(cost).toBeGreaterThanOrEqual(200_000);
    expect(cost).toBeLessThanOrEqual(200_000 + TURN_MICRODOLLARS);
    const reason = 'Budget reached: this session has cost $0.20 of the $0.20';
    expect(transcriptsOf(hand.client.home)).toContain(reason);
    const titles = (await noticesOf(hand.daemon.url)).map(({ title }) => title);
    expect(titles).toEqual([
      "A session's budget is reached",
      "50 % of a session's budget is spent",
    ]);
  });

  it('is stopped in a subagent, too, and with it', async () => {
    const budgets = { sessionMicrodollars: 200_000 };
    const input = { description: 'Help', prompt: AGENT_PROMPT, subagent_type: 'general-purpose' };
    const agent = tool('Agent', { ...input, run_in_background: false });
    const turns = [[agent], [agent], [agent], [text('Finished.')]];
    const hand = await prepareByHand({ budgets, turns, agentTurns: endless, paceMs: 100 }, defer);
    const { result, exitCode } = await hand.run().ended;
    expect(exitCode).toBe(0);
    const cost = Math.round((result?.total_cost_usd ?? 0) * MICRODOLLARS);
    expect(cost).toBeGreaterThanOrEqual(200_000);
    expect(cost).toBeLessThanOrEqual(200_000 + TURN_MICRODOLLARS);
  });

  it('takes its question back when it has gone', async () => {
    const hand = await prepareByHand({ turns: touching }, defer);
    await follow(hand.daemon.url, defer);
    const started = hand.run('default');
    await nextAsk(hand.daemon.url);
    started.kill();
    await until('nothing to be asked', async () => (await asksOf(hand.daemon.url)).length === 0);
  });

  it('asks its permissions on the page when it has no terminal', async () => {
    const again = [...touching.slice(0, 2), [bash('touch one.txt')], [bash('rm one.txt')]];
    const turns = [...again, [text('Finished.')]];
    const hand = await prepareByHand({ turns }, defer);
    const { url } = hand.daemon;
    await follow(url, defer);
    const started = hand.run('default');
    const first = await nextAsk(url);
    expect(first).toMatchObject({
      kind: 'permission',
      sessionId: hand.sessionId,
      project: hand.client.cwd,
      toolName: 'Bash',
      label: 'touch one.txt',
      input: { command: 'touch one.txt' },
    });
    expect(first.toolUseId).toMatch(/^toolu_standin/);
    await answer(url, first.id, { decision: 'allow-for-run' });
    const second = await nextAsk(url, first.id);
    await answer(url, second.id, { decision: 'deny', reason: 'Leave the second one.' });
    // The first command again isn't asked.
    const third = await nextAsk(url, second.id);
    expect(third.label).toBe('rm one.txt');
    await answer(url, third.id, { decision: 'deny', reason: '' });
    const { exitCode, result } = await started.ended;
    expect({ exitCode, said: result?.result }).toEqual({ exitCode: 0, said: 'Finished.' });
    expect([hand.made('one.txt'), hand.made('two.txt')]).toEqual([true, false]);
    expect(transcriptsOf(hand.client.home)).toContain('Leave the second one.');
    await expect(answer(url, third.id, { decision: 'allow' })).rejects.toThrow('409');
  });

  it('does not wait for a page that nobody has open', async () => {
    const hand = await prepareByHand({ turns: touching }, defer);
    const began = performance.now();
    const { exitCode } = await hand.run('default').ended;
    expect(exitCode).toBe(0);
    expect(hand.made('one.txt')).toBe(false);
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});

describe.skipIf(skipWithoutClaude || skipWithoutTerminal)('the real client in a terminal', () => {
  it('goes on by whichever answer comes first: of the page or of the terminal', async () => {
    const hand = await prepareByHand({ turns: touching }, defer);
    const { url } = hand.daemon;
    const terminal = await hand.inTerminal();
    await terminal.type(PROMPT);
    // Nobody has the page open: this client shows its own prompt all the same.
    const first = await nextAsk(url);
    await until('its own prompt', () => terminal.screen().includes('proceed?'));
    const seen = terminal.screen().length;
    await answer(url, first.id, { decision: 'allow' });
    await until('the first file', () => hand.made('one.txt'));
    await nextAsk(url, first.id);
    await sayYes(terminal, seen, () => hand.made('two.txt'));
    await until('nothing to be asked', async () => (await asksOf(url)).length === 0);
    await until('the last word', () => terminal.screen().includes('Finished.'));
  });

  it('takes its question off the page when it was refused in the terminal', async () => {
    const hand = await prepareByHand({ turns: touching }, defer);
    const terminal = await hand.inTerminal();
    await terminal.type(PROMPT);
    await nextAsk(hand.daemon.url);
    await until('its own prompt', () => terminal.screen().includes('proceed?'));
    terminal.press('\u001b');
    await until('nothing to be asked', async () => (await asksOf(hand.daemon.url)).length === 0);
    expect(hand.made('one.txt')).toBe(false);
  });

  it('has its own question answered on the page', async () => {
    const options = ['Red', 'Blue'].map((label) => ({ label, description: `It is ${label}.` }));
    const fruits = ['Apple', 'Pear'].map((label) => ({ label, description: `An ${label}.` }));
    const questions = [
      { question: 'Which colour?', header: 'Colour', multiSelect: false, options },
      { question: 'Which fruits?', header: 'Fruit', multiSelect: true, options: fruits },
    ];
    const turns = [[tool('AskUserQuestion', { questions })], [text('Thank you.')]];
    const hand = await prepareByHand({ turns }, defer);
    const terminal = await hand.inTerminal();
    await terminal.type(PROMPT);
    const asked = await nextAsk(hand.daemon.url);
    expect(asked).toMatchObject({ kind: 'question', label: 'Which colour?', questions });
    const answers = { 'Which colour?': 'Green, as it were', 'Which fruits?': 'Apple, Pear' };
    await answer(hand.daemon.url, asked.id, { decision: 'answers', answers });
    const said = String.raw`\"Which colour?\"=\"Green, as it were\", \"Which fruits?\"=\"Apple, Pear\"`;
    await until('its answers', () => transcriptsOf(hand.client.home).includes(said));
  });

  it('shows its own prompt and goes on when the daemon is killed while it asks', async () => {
    const hand = await prepareByHand({ turns: touching }, defer);
    const terminal = await hand.inTerminal();
    await terminal.type(PROMPT);
    await nextAsk(hand.daemon.url);
    await hand.daemon.stop('SIGKILL');
    const drawn = await sayYes(terminal, 0, () => hand.made('one.txt'));
    await sayYes(terminal, drawn, () => hand.made('two.txt'));
    await until('the last word', () => terminal.screen().includes('Finished.'));
  });

  it('takes no prompt after its budget, and goes on when that is raised', async () => {
    const budgets = { sessionMicrodollars: 40_000 };
    const turns = [[text('Hello.')], [text('Finished.')]];
    const hand = await prepareByHand({ budgets, turns }, defer);
    const terminal = await hand.inTerminal();
    await terminal.type(PROMPT);
    await until('the budget to be reached', async () => {
      return (await noticesOf(hand.daemon.url))[0]?.title.includes('reached');
    });
    await until('the first answer', () => terminal.screen().includes('Hello.'));
    await terminal.type('And now the next thing.');
    await until('the reason', () => terminal.screen().includes('Budget'));
    const asked = () => hand.model.requests.filter(({ thread }) => thread === PROMPT).length;
    expect(asked()).toBe(1);
    const raise = ['budget', 'set', '5', '--session', hand.sessionId, '--data-dir', hand.dataDir];
    const { stdout } = await run(process.execPath, [BINARY, ...raise]);
    expect(stdout).toBe(`session ${hand.sessionId}: $5.00\n`);
    // The client has put the prompt back into its input line.
    terminal.press('\r');
    await until('the second answer', () => terminal.screen().includes('Finished.'));
    expect(asked()).toBe(2);
  });
});

describe.skipIf(skipWithoutClaude || skipWithoutChromium)('its permissions on the page', () => {
  const open = useBrowser();

  it('are given and refused there, and it goes on', async () => {
    const hand = await prepareByHand({ turns: touching }, defer);
    const { page } = await open(hand.daemon.url, defer);
    const asked = page.getByRole('region', { name: 'Needs you' });
    const started = hand.run('default');
    await asked.getByText('touch one.txt').first().waitFor();
    expect(hand.made('one.txt')).toBe(false);
    await asked.getByRole('button', { name: 'Allow once' }).click();
    await asked.getByText('touch two.txt').first().waitFor();
    await asked.getByRole('button', { name: 'Deny …' }).click();
    await asked.getByLabel('Why not (told to Claude, if given)').fill('Leave the second one.');
    await asked.getByRole('button', { name: 'Deny', exact: true }).click();
    const { exitCode, result } = await started.ended;
    expect({ exitCode, said: result?.result }).toEqual({ exitCode: 0, said: 'Finished.' });
    expect([hand.made('one.txt'), hand.made('two.txt')]).toEqual([true, false]);
    expect(transcriptsOf(hand.client.home)).toContain('Leave the second one.');
    await asked.waitFor({ state: 'detached' });
  });
});
