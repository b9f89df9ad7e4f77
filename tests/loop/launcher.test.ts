import fs from 'node:fs';
import path from 'node:path';
import { noticeListSchema } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { skipWithoutClaude } from '../claude/play.js';
import { fetchDetail } from '../support/api.js';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { until } from '../support/until.js';
import { answer, asksOf, nextAsk } from './hand-session.js';
import { bash, ended, inState, launch, OBJECTIVE, prepareLaunch, send, text } from './launched.js';

const defer = undoAfter('each');
const done = text(`All done.\n✓ Completed: ${OBJECTIVE}`);

describe.skipIf(skipWithoutClaude)('a launched session of the real client', () => {
  it('is started, watched and ends succeeded, at the cost that the client says', async () => {
    const { start, home } = await prepareLaunch({ turns: [[done]] }, defer);
    const daemon = await start();
    const run = await ended(daemon, await launch(daemon, { phase: 'Build' }));
    expect(run).toMatchObject({
      state: 'succeeded',
      cause: 'done',
      exitCode: 0,
      objectives: { completed: 1, total: 1 },
      overshoot: null,
    });
    expect(run.firstOutputAt).not.toBeNull();
    expect(run.spent.costMicrodollars).toBe(run.clientCostMicrodollars);
    expect(run.spent.costMicrodollars).toBe(50_000);
    const detail = await fetchDetail(daemon.url, run.sessionId ?? '');
    expect(detail?.state.summary.usage.costMicrodollars).toBe(50_000);
    expect(detail?.state.summary.objectives).toEqual({ completed: 1, total: 1 });
    // It is called so in its transcript: also where nothing else is known of it.
    const folders = { claudeDir: path.join(home, '.claude'), dataDir: tempFolder(defer) };
    const anew = await startDaemon(folders, defer);
    const known = await until('it to be indexed', () => fetchDetail(anew.url, run.sessionId ?? ''));
    const titles = [detail, known].map((one) => one?.state.summary.title);
    expect(titles).toEqual(['gate — Build', 'gate — Build']);
  });

  it('is ended at its budget, plus one turn at most', async () => {
    const turns = Array.from({ length: 40 }, (_, at) => [bash(`echo ${String(at)}`)]);
    const settings = { launcher: { allowedTools: ['Bash'] } };
    const { start } = await prepareLaunch({ turns, settings }, defer);
    const daemon = await start();
    const run = await ended(
      daemon,
      await launch(daemon, { limits: { costMicrodollars: 200_000 } }),
    );
    expect(run).toMatchObject({ state: 'stopped', cause: 'cost_limit', warnedPercent: 100 });
    expect(run.spent.costMicrodollars).toBeGreaterThanOrEqual(200_000);
    expect(run.spent.costMicrodollars).toBeLessThanOrEqual(250_000);
    const response = await fetch(`${daemon.url}/api/notices`);
    const { notices } = noticeListSchema.parse(await response.json());
    expect(notices.map(({ title }) => title)).toContain('gate has used 100 % of its limit');
  });

  it.each(['day', 'week'] as const)(
    'is ended when all runs together reach the cap of a %s, and no other starts',
    async (span) => {
      const slow = 'for i in 1 2 3; do sleep 0.1; done; echo ';
      const turns = Array.from({ length: 40 }, (_, at) => [bash(`${slow}${String(at)}`)]);
      const caps = { [`${span}Microdollars`]: 120_000 };
      const settings = { launcher: { allowedTools: ['Bash'] }, caps };
      const { start } = await prepareLaunch({ turns, settings }, defer);
      const daemon = await start();
      const run = await ended(daemon, await launch(daemon));
      expect(run).toMatchObject({ state: 'stopped', cause: `${span}_cap` });
      expect(run.reason).toContain(`in a ${span} is reached`);
      await expect(launch(daemon)).rejects.toThrow(
        new RegExp(`cap .* in a ${span} is reached`, 'u'),
      );
    },
  );

  it('goes on beyond the limit that it was started with, once that is raised', async () => {
    const slow = 'for i in 1 2 3; do sleep 0.1; done; echo ';
    const turns = Array.from({ length: 40 }, (_, at) => [bash(`${slow}${String(at)}`)]);
    const settings = { launcher: { allowedTools: ['Bash'] } };
    const { start } = await prepareLaunch({ turns, settings }, defer);
    const daemon = await start();
    const launched = await launch(daemon, { limits: { costMicrodollars: 200_000 } });
    await send(daemon.url, `/api/runs/${launched.id}/extend`, { costMicrodollars: 400_000 });
    const run = await ended(daemon, launched);
    expect(run).toMatchObject({ state: 'stopped', cause: 'cost_limit', attempt: 2 });
    expect(run.sessionId).toBe(launched.sessionId);
    expect(run.spent.costMicrodollars).toBeGreaterThanOrEqual(400_000);
    expect(run.spent.costMicrodollars).toBeLessThanOrEqual(450_000);
    // Interrupted between two responses, the client says nothing of its cost.
    expect([null, run.spent.costMicrodollars]).toContain(run.clientCostMicrodollars);
  });

  it('is ended at its turns, the last of them a whole one', async () => {
    const turns = Array.from({ length: 9 }, (_, at) => [bash(`touch made${String(at)}`)]);
    const settings = { launcher: { allowedTools: ['Bash'] } };
    const { start } = await prepareLaunch({ turns, settings }, defer);
    const daemon = await start();
    const run = await ended(daemon, await launch(daemon, { limits: { turns: 3 } }));
    expect(run).toMatchObject({ state: 'stopped', cause: 'turn_limit' });
    expect(run.spent).toMatchObject({ turns: 3, costMicrodollars: 150_000 });
  });

  it('asks here for a permission, and goes on when it is given', async () => {
    const { start, client } = await prepareLaunch(
      { turns: [[bash('touch made.txt')], [done]] },
      defer,
    );
    const daemon = await start();
    const launched = await launch(daemon);
    const ask = await nextAsk(daemon.url);
    expect(ask).toMatchObject({ kind: 'permission', toolName: 'Bash', runId: launched.id });
    const detailOf = () => fetchDetail(daemon.url, launched.sessionId ?? '');
    await until('the plan to be shown', async () => {
      const [objective] = (await detailOf())?.state.objectives ?? [];
      return objective?.status === 'pending';
    });
    await answer(daemon.url, ask.id, { decision: 'allow' });
    expect(await ended(daemon, launched)).toMatchObject({ state: 'succeeded' });
    expect(fs.existsSync(path.join(client.cwd, 'made.txt'))).toBe(true);
    expect((await detailOf())?.state.objectives).toMatchObject([
      { text: OBJECTIVE, source: 'plan', status: 'completed' },
    ]);
    expect(await asksOf(daemon.url)).toEqual([]);
  });

  it('needs no other yes for what was allowed for the run, whatever becomes of the daemon', async () => {
    const { start, client } = await prepareLaunch(
      {
        turns: [
          [bash('touch made.txt')],
          [bash('touch other.txt')],
          [bash('touch made.txt')],
          [done],
        ],
      },
      defer,
    );
    const first = await start();
    const launched = await launch(first);
    const asked = await nextAsk(first.url);
    await answer(first.url, asked.id, { decision: 'allow-for-run' });
    await nextAsk(first.url, asked.id);
    await first.stop('SIGKILL');
    const second = await start();
    const other = await nextAsk(second.url);
    expect(other.label).toContain('touch other.txt');
    await answer(second.url, other.id, { decision: 'allow' });
    expect(await ended(second, launched)).toMatchObject({ state: 'succeeded' });
    expect(fs.readdirSync(client.cwd).sort()).toEqual(['made.txt', 'other.txt']);
  });

  it('goes on without what was refused', async () => {
    const { start, client } = await prepareLaunch(
      { turns: [[bash('touch made.txt')], [done]] },
      defer,
    );
    const daemon = await start();
    const launched = await launch(daemon);
    const ask = await nextAsk(daemon.url);
    await answer(daemon.url, ask.id, { decision: 'deny', reason: 'Not today' });
    expect(await ended(daemon, launched)).toMatchObject({ state: 'succeeded' });
    expect(fs.existsSync(path.join(client.cwd, 'made.txt'))).toBe(false);
  });

  it('outlives its daemon, and the next one finds it again', async () => {
    const { start } = await prepareLaunch({ turns: [[bash('touch made.txt')], [done]] }, defer);
    const first = await start();
    const launched = await launch(first);
    const asked = await nextAsk(first.url);
    await first.stop('SIGKILL');
    const second = await start();
    const again = await nextAsk(second.url);
    expect(again).toMatchObject({ runId: launched.id, toolUseId: asked.toolUseId });
    await answer(second.url, again.id, { decision: 'allow' });
    expect(await ended(second, launched)).toMatchObject({
      state: 'succeeded',
      sessionId: launched.sessionId,
    });
  });

  it('hands a message on to the model while it works', async () => {
    const settings = { launcher: { allowedTools: ['Bash'] } };
    const turns = [[bash('until [ -e told ]; do sleep 0.1; done')], [done], [done]];
    const { start, client, model } = await prepareLaunch({ turns, settings }, defer);
    const daemon = await start();
    const launched = await inState(daemon, await launch(daemon), 'running');
    await until('its first turn', () => model.requests.length > 0);
    await send(daemon.url, `/api/runs/${launched.id}/message`, { text: 'Mind the hinges' });
    fs.writeFileSync(path.join(client.cwd, 'told'), '');
    expect(await ended(daemon, launched)).toMatchObject({ state: 'succeeded' });
    expect(model.requests[0]?.said).not.toContain('Mind the hinges');
    expect(model.requests.at(-1)?.said).toContain('Mind the hinges');
  });

  it('is stopped by the person, whatever its tools have started', async () => {
    const replies = [
      { blocks: [bash('sleep 60 & tail -f /dev/null')], usage: { input: 1, output: 1 } },
    ];
    const settings = { launcher: { allowedTools: ['Bash'] } };
    const { start } = await prepareLaunch({ replies, settings }, defer);
    const daemon = await start();
    const launched = await inState(daemon, await launch(daemon), 'running');
    await send(daemon.url, `/api/runs/${launched.id}/stop`);
    expect(await ended(daemon, launched)).toMatchObject({ state: 'stopped', cause: 'person' });
    await expect(send(daemon.url, `/api/runs/${launched.id}/stop`)).rejects.toThrow(/has ended/u);
  });

  it('fails when its client is killed', async () => {
    const replies = [{ blocks: [bash('tail -f /dev/null')], usage: { input: 1, output: 1 } }];
    const settings = { launcher: { allowedTools: ['Bash'] } };
    const { start, dataDir } = await prepareLaunch({ replies, settings }, defer);
    const daemon = await start();
    const launched = await inState(daemon, await launch(daemon), 'running');
    const file = path.join(dataDir, 'runs', `${launched.id}-1`, 'client.json');
    const { pid } = JSON.parse(fs.readFileSync(file, 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    const run = await ended(daemon, launched);
    expect(run).toMatchObject({ state: 'failed', cause: 'signal', signal: 'SIGKILL' });
    // What it had started is ended with it.
    expect(() => process.kill(-pid, 0)).toThrow(/ESRCH/u);
  });

  it('is held when the API is overloaded, and leaves its folder clean when it is stopped', async () => {
    const refuse = { status: 529, times: 99 };
    const replies = [{ blocks: [done], usage: { input: 1, output: 1 }, refuse }];
    const env = { CLAUDE_CODE_MAX_RETRIES: '1' };
    const { start, dataDir } = await prepareLaunch({ replies, env }, defer);
    const daemon = await start();
    const launched = await launch(daemon);
    const held = await until('the run to be held', async () => {
      const response = await fetch(`${daemon.url}/api/runs/${launched.id}`);
      const { run } = (await response.json()) as {
        run: { heldUntil: number | null; attempt: number };
      };
      return run.heldUntil === null ? null : run;
    });
    expect(held.attempt).toBe(2);
    await send(daemon.url, `/api/runs/${launched.id}/stop`);
    expect(await ended(daemon, launched)).toMatchObject({ state: 'stopped', cause: 'person' });
    expect(fs.readdirSync(path.join(dataDir, 'runs'))).toEqual([]);
  });
});

it('says so where there is no client', async () => {
  const { start, dataDir } = await prepareLaunch({ binary: process.execPath }, defer);
  const file = path.join(dataDir, 'config.json');
  const config = JSON.parse(fs.readFileSync(file, 'utf8')) as { launcher: object };
  const launcher = { ...config.launcher, claudePath: '/nowhere/claude' };
  fs.writeFileSync(file, JSON.stringify({ ...config, launcher }));
  const daemon = await start();
  const run = await launch(daemon);
  expect(run).toMatchObject({ state: 'failed', cause: 'no_client' });
  expect(run.reason).toContain('not installed');
});
