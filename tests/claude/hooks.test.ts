import fs from 'node:fs';
import path from 'node:path';
import {
  MICRODOLLARS,
  comparedRequestsSchema,
  type SessionEvent,
} from '@claude-optimizer/protocol';
import { installHooks } from '@claude-optimizer/server';
import { describe, expect, it } from 'vitest';
import { freePort } from '../../bench/free-port.js';
import { undoAfter } from '../support/cleanup.js';
import { prepare, skipWithoutClaude } from './play.js';
import { feature } from './scenarios.js';

const defer = undoAfter('each');
const NO_TELEMETRY = ['DISABLE_TELEMETRY', 'CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC'];

/** Puts our hooks into the client's fresh home, sent to `port`. */
async function install(home: string, port: number): Promise<void> {
  const where = {
    claudeDirs: [path.join(home, '.claude')],
    dataDir: home,
    host: '127.0.0.1',
    port,
  };
  await installHooks(where, { dryRun: false, now: Date.now() });
}

/** Everything that the client's transcripts hold at this moment. */
function transcripts(home: string): string {
  const projects = path.join(home, '.claude', 'projects');
  if (!fs.existsSync(projects)) return '';
  return fs
    .readdirSync(projects, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => fs.readFileSync(path.join(projects, name), 'utf8'))
    .join('');
}

describe.skipIf(skipWithoutClaude)('the real client with hooks', () => {
  it('shows a tool before its transcript does, and counts it once', async () => {
    const { daemon, client, follower, sessionId, start, settled } = await prepare(feature, defer);
    await install(client.home, daemon.port);
    const isStart = (event: SessionEvent) =>
      event.sessionId === sessionId && event.type === 'session:tool' && event.phase === 'start';
    const run = start();
    const event = await follower.see('a tool', isStart);
    const early =
      event.type === 'session:tool' && !transcripts(client.home).includes(event.toolUseId);
    const { result, stderr, exitCode } = await run.ended;
    expect({ early, exitCode, stderr }).toEqual({ early: true, exitCode: 0, stderr: '' });

    const { state } = await settled('completed');
    const counts = Object.fromEntries(state.tools.map(({ name, count }) => [name, count]));
    expect(counts).toEqual({ TaskCreate: 2, TaskUpdate: 3, Bash: 2, Write: 1, Agent: 1 });
    expect(state.summary).toMatchObject({
      live: true,
      openTools: [],
      objectives: { completed: 2, total: 2 },
      counts: { prompts: 1, tools: 9, agents: 1, toolErrors: 0 },
      usage: { costMicrodollars: Math.round((result?.total_cost_usd ?? 0) * MICRODOLLARS) },
    });
    expect(state.agents).toHaveLength(1);
    const starts = follower.events.filter(isStart);
    expect(starts).toHaveLength(9);
  });

  it("keeps the client's own cost of each request beside ours, and they agree", async () => {
    const { daemon, client, sessionId, start, settled } = await prepare(feature, defer);
    for (const name of NO_TELEMETRY) Reflect.deleteProperty(client.env, name);
    Object.assign(client.env, {
      CLAUDE_CODE_ENABLE_TELEMETRY: '1',
      OTEL_LOGS_EXPORTER: 'otlp',
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${String(daemon.port)}`,
    });
    const { result } = await start().ended;
    const { state } = await settled('completed');
    const answer = await fetch(`${daemon.url}/api/sessions/${sessionId}/requests`);
    const { requests, compared } = comparedRequestsSchema.parse(await answer.json());
    const cost = Math.round((result?.total_cost_usd ?? 0) * MICRODOLLARS);
    expect(requests).toHaveLength(8);
    expect(compared).toEqual({ requests: 8, clientMicrodollars: cost, oursMicrodollars: cost });
    for (const { client: theirs, ours } of requests) expect(ours).toEqual(theirs);
    expect(state.summary.usage).toMatchObject({ messages: 8, costMicrodollars: cost });
    expect(state.summary.counts).toMatchObject({ prompts: 1, tools: 9 });
  });

  it('is not slowed down by a daemon that is not there, and says nothing of it', async () => {
    const took = async (withHooks: boolean) => {
      const { client, start } = await prepare(feature, defer);
      if (withHooks) await install(client.home, await freePort());
      const began = performance.now();
      const { exitCode, stderr } = await start().ended;
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      return performance.now() - began;
    };
    // The first run reads the program from the disk.
    await took(false);
    const without = await took(false);
    const dead = await took(true);
    console.log(`without hooks ${without.toFixed(0)} ms, to a closed port ${dead.toFixed(0)} ms`);
    // About 30 refused connections; a hook that waited for its timeout would add a second each.
    expect(dead).toBeLessThan(without + 2_000);
  });
});
