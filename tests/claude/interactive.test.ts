import { describe, expect, it } from 'vitest';
import { undoAfter } from '../support/cleanup.js';
import { prepare, skipWithoutClaude } from './play.js';
import { talk } from './scenarios.js';
import { openTerminal, skipWithoutTerminal } from './terminal.js';

const defer = undoAfter('each');

describe.skipIf(skipWithoutClaude || skipWithoutTerminal)('the real client in a terminal', () => {
  it('waits for the person after each turn, and has completed when they leave', async () => {
    const { client, sessionId, settled, follower } = await prepare(talk, defer);
    const terminal = await openTerminal(client, sessionId);
    defer(terminal.kill);

    await terminal.type(talk.prompt);
    const first = await settled('waiting');
    expect(first.state.summary).toMatchObject({
      entrypoint: 'cli',
      firstPrompt: talk.prompt,
      permissionMode: 'acceptEdits',
      usage: { messages: 2 },
      counts: { prompts: 1, tools: 1 },
    });

    await terminal.type(talk.second);
    await follower.see(
      'the second answer',
      (event) => event.type === 'session:message' && event.text === 'Goodbye, shop.',
    );
    const second = await settled('waiting');
    expect(second.state.summary).toMatchObject({ usage: { messages: 3 }, counts: { prompts: 2 } });

    await terminal.type('/exit');
    await terminal.ended;
    const { summary } = (await settled('completed')).state;
    expect(summary.clientCost?.microdollars).toBe(summary.usage.costMicrodollars);
    expect(summary.counts.prompts).toBe(2);
  });
});
