import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { MICRODOLLARS, type SessionDetail, type SessionEvent } from '@claude-optimizer/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { fetchDetail } from '../support/api.js';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { follow } from '../support/follower.js';
import { until } from '../support/until.js';
import { CLAUDE_CODE_VERSION, installClaude, registryIsReachable } from './install.js';
import { type Scenario, startModelStandIn } from './model-stand-in.js';
import { type ClaudeRun, runClaude } from './run.js';
import { endless, failing, feature, todos } from './scenarios.js';

const claude = await installClaude();
const mustRun = process.env.CI === 'true' && (await registryIsReachable());
if (claude.binary === null) {
  console.log(`THE REAL CLAUDE CODE ${CLAUDE_CODE_VERSION} WAS NOT RUN: ${claude.reason}`);
}

const defer = undoAfter('each');

type Script = { prompt: string; env?: Record<string, string>; scenario: () => Scenario };

/** A daemon that watches a fresh home, a follower of it, and the client running in that home. */
async function play(script: Script) {
  const home = tempFolder(defer);
  const daemon = await startDaemon(
    { claudeDir: path.join(home, '.claude'), dataDir: tempFolder(defer) },
    defer,
  );
  const model = await startModelStandIn(script.scenario());
  defer(() => model.close());
  const follower = await follow(daemon.url, defer);
  const sessionId = randomUUID();
  const run = runClaude({
    binary: claude.binary ?? '',
    home,
    modelUrl: model.url,
    prompt: script.prompt,
    sessionId,
    ...(script.env && { env: script.env }),
  });
  defer(() => run.kill());
  const settled = (status: string) =>
    until(`the session to be ${status}`, async () => {
      const detail = await fetchDetail(daemon.url, sessionId);
      return detail?.state.summary.status === status ? detail : null;
    });
  return { daemon, follower, sessionId, run, settled };
}

/** Seen on the socket while the client's process was still running. */
async function seenLive(run: ClaudeRun, seen: Promise<SessionEvent>): Promise<SessionEvent> {
  const event = await seen;
  expect(run.child.exitCode, `${event.type} came only after the client's end`).toBeNull();
  return event;
}

function objectives(detail: SessionDetail) {
  return detail.state.objectives.map(({ text, status, source }) => ({ text, status, source }));
}

describe.skipIf(claude.binary === null && !mustRun)('the real client', () => {
  beforeAll(() => {
    if (claude.binary === null) throw new Error(claude.reason);
  });

  it('appears live with its tasks, tools and subagent, and our cost is its cost', async () => {
    const { follower, sessionId, run, settled } = await play(feature);
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
    const { run, settled } = await play(todos);
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
    const { run, settled, follower } = await play(endless);
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
    const { run, settled } = await play(failing);
    const { exitCode, result } = await run.ended;
    expect({ exitCode, isError: result?.is_error }).toEqual({ exitCode: 1, isError: true });
    const detail = await settled('failed');
    expect(detail.state.summary.lastError).toBe(result?.result);
    expect(detail.state.summary.usage.messages).toBe(1);
  });
});
