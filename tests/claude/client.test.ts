import { MICRODOLLARS, type SessionDetail, type SessionEvent } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { undoAfter } from '../support/cleanup.js';
import { until } from '../support/until.js';
import { CLAUDE_CODE_VERSION } from './install.js';
import { play, skipWithoutClaude } from './play.js';
import { type ClaudeRun } from './run.js';
import { endless, failing, feature, todos } from './scenarios.js';

const defer = undoAfter('each');

/** Seen on the socket while the client's process was still running. */
async function seenLive(run: ClaudeRun, seen: Promise<SessionEvent>): Promise<SessionEvent> {
  const event = await seen;
  expect(run.child.exitCode, `${event.type} came only after the client's end`).toBeNull();
  return event;
}

function objectives(detail: SessionDetail) {
  return detail.state.objectives.map(({ text, status, source }) => ({ text, status, source }));
}

describe.skipIf(skipWithoutClaude)('the real client', () => {
  it('appears live with its tasks, tools and subagent, and our cost is its cost', async () => {
    const { follower, sessionId, run, settled } = await play(feature, defer);
    const mine = (event: SessionEvent) => event.sessionId === sessionId;

    await seenLive(
      run,
      follower.see('the start', (event) => mine(event) && event.type === 'session:start'),
    );
    await seenLive(
      run,
      follower.see('tokens', (event) => mine(event) && event.type === 'session:tokens'),
    );
    const { exitCode, result, stderr } = await run.ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const detail = await settled('completed');
    const { summary, tools, agents } = detail.state;

    expect(result?.total_cost_usd).toBeGreaterThan(0.1);
    const clientCost = Math.round((result?.total_cost_usd ?? 0) * MICRODOLLARS);
    expect(summary.usage).toMatchObject({ messages: 8, costMicrodollars: clientCost });
    expect(summary.clientCost?.microdollars).toBe(clientCost);
    expect(summary).toMatchObject({
      models: ['claude-sonnet-5-5'],
      version: CLAUDE_CODE_VERSION,
      firstPrompt: feature.prompt,
      openTools: [],
      objectives: { completed: 2, total: 2 },
      counts: { prompts: 1, agents: 1, toolErrors: 0, denials: 0, errors: 1 },
    });
    expect(objectives(detail)).toEqual(
      feature.tasks.map((text) => ({ text, status: 'completed', source: 'task' })),
    );
    const counts = Object.fromEntries(tools.map(({ name, count }) => [name, count]));
    expect(counts).toEqual({ TaskCreate: 2, TaskUpdate: 3, Bash: 2, Write: 1, Agent: 1 });
    expect(agents).toMatchObject([
      {
        agentType: 'general-purpose',
        description: 'Count the words',
        status: 'completed',
        tools: 1,
        usage: { messages: 2, outputTokens: 439 },
      },
    ]);
    const types = new Set(follower.events.filter(mine).map(({ type }) => type));
    for (const type of ['session:objective', 'session:tool', 'session:agent', 'session:complete']) {
      expect(types).toContain(type);
    }
  });

  it('has its todo list shown as objectives', async () => {
    const { run, settled } = await play(todos, defer);
    const { exitCode, result } = await run.ended;
    expect(exitCode).toBe(0);
    const detail = await settled('completed');
    expect(objectives(detail)).toEqual([
      { text: 'First thing', status: 'completed', source: 'todo' },
      { text: 'Second thing', status: 'completed', source: 'todo' },
    ]);
    expect(detail.state.summary.usage.costMicrodollars).toBe(
      Math.round((result?.total_cost_usd ?? 0) * MICRODOLLARS),
    );
  });

  it('is running, then interrupted by SIGINT in the middle of an answer', async () => {
    const { run, settled, follower } = await play(endless, defer);
    await follower.see('the first command', (event) => event.type === 'session:tool');
    await settled('running');
    await until('the endless answer', () =>
      run.lines.some((line) => line.includes('"tool_result"')),
    );
    run.child.kill('SIGINT');
    await run.ended;
    const detail = await settled('interrupted');
    expect(detail.state.summary.openTools).toEqual([]);
  });

  it('has failed when the API refuses for good', async () => {
    const { run, settled } = await play(failing, defer);
    const { exitCode, result } = await run.ended;
    expect({ exitCode, isError: result?.is_error }).toEqual({ exitCode: 1, isError: true });
    const detail = await settled('failed');
    expect(detail.state.summary.lastError).toBe(result?.result);
    expect(detail.state.summary.usage.messages).toBe(1);
  });
});
