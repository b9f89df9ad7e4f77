import fs from 'node:fs';
import path from 'node:path';
import { limitsSchema, type Run } from '@claude-optimizer/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { installClaude } from '../claude/install.js';
import type { ModelStandIn } from '../claude/model-stand-in.js';
import { skipWithoutClaude } from '../claude/play.js';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import type { Daemon } from '../support/daemon.js';
import { until } from '../support/until.js';
import { ENDINGS, ODD_PROJECTS, wrapperOf, type EndingRow } from './ending-rows.js';
import { launch, prepareLaunch, runOf } from './launched.js';

const deferAll = undoAfter('all');
const PROJECTS = ['one', 'two', 'three'];
const PATIENCE = { timeoutMs: 90_000, everyMs: 100 };

/** All at once, as most of their time is waiting: one after another they would take minutes. */
describe.skipIf(skipWithoutClaude)('each ending of the real client', () => {
  const ends = new Map<string, Promise<Run>>();
  let daemon: Daemon;
  let model: ModelStandIn;
  let dataDir = '';

  beforeAll(async () => {
    const { binary } = await installClaude();
    const claudePath = path.join(tempFolder(deferAll), 'claude');
    fs.writeFileSync(claudePath, wrapperOf(binary ?? ''), { mode: 0o755 });
    const launcher = { allowedTools: ['Bash'], concurrent: 20, perProject: 10, claudePath };
    const prepared = await prepareLaunch(
      {
        threads: ENDINGS.map(({ what, replies }) => ({ opensWith: nameOf(what), replies })),
        projects: [...PROJECTS, ...ODD_PROJECTS],
        settings: { launcher, caps: { runsPerDay: null } },
        env: { CLAUDE_CODE_MAX_RETRIES: '2' },
      },
      deferAll,
    );
    ({ dataDir, model } = prepared);
    daemon = await prepared.start();
    for (const [index, row] of ENDINGS.entries()) ends.set(row.what, endOf(row, index));
  });

  async function endOf(row: EndingRow, index: number): Promise<Run> {
    const project = row.project ?? PROJECTS[index % PROJECTS.length] ?? '';
    const body = { project, objectives: [nameOf(row.what)], ...row.body };
    const run = await until(`room for ${row.what}`, () => launchIfRoom(body), PATIENCE);
    if (row.signal) {
      if (row.isEarly) await isAsking(nameOf(row.what));
      else await isRunning(run);
      const file = path.join(dataDir, 'runs', `${run.id}-1`, 'client.json');
      const { pid } = JSON.parse(fs.readFileSync(file, 'utf8')) as { pid: number };
      process.kill(pid, row.signal);
    }
    return until(
      `the end by ${row.what}`,
      async () => {
        const now = await runOf(daemon, run.id);
        return now.endedAt !== null || now.heldUntil !== null ? now : null;
      },
      PATIENCE,
    );
  }

  const launchIfRoom = (body: Parameters<typeof launch>[1]) =>
    launch(daemon, body).catch((error: unknown) => {
      if (error instanceof Error && error.message.includes('runs may go')) return null;
      throw error;
    });

  const isAsking = (thread: string) =>
    until('the first request', () => model.requests.some((one) => one.thread === thread), PATIENCE);

  const isRunning = ({ id }: Run) =>
    until('its work', async () => (await runOf(daemon, id)).state === 'running', PATIENCE);

  it.each(ENDINGS)(
    'by $what',
    async ({ what, expected, reason, heldFor }) => {
      const run = await ends.get(what);
      expect(run).toMatchObject(expected);
      expect(run?.reason).toMatch(reason);
      const minutes = ((run?.heldUntil ?? Date.now()) - Date.now()) / 60_000;
      expect(Math.ceil(minutes)).toBe(heldFor ?? 0);
    },
    PATIENCE.timeoutMs,
  );

  it(
    'tells how much of the provider’s limits is used',
    async () => {
      await ends.get('done by a subscriber');
      const { windows } = limitsSchema.parse(
        await (await fetch(`${daemon.url}/api/limits`)).json(),
      );
      expect(windows).toMatchObject([
        { kind: 'five_hour', source: 'reported', usedPercentage: 42 },
        { kind: 'seven_day', source: 'reported', usedPercentage: 12.7 },
      ]);
    },
    PATIENCE.timeoutMs,
  );

  it.skipIf(process.platform !== 'linux')(
    'leaves nothing of it running, not even a shell in a group of its own',
    async () => {
      await Promise.all([...ends.values()]);
      expect(pidsOfRuns(dataDir)).toEqual([]);
    },
    PATIENCE.timeoutMs,
  );
});

/** What runs with the mark of a run of this data folder in its environment. */
function pidsOfRuns(dataDir: string): string[] {
  return fs.readdirSync('/proc').filter((name) => {
    try {
      return fs.readFileSync(`/proc/${name}/environ`, 'utf8').includes(`_RUN=${dataDir}`);
    } catch {
      return false;
    }
  });
}

/** No name is a part of another: the stand-in knows conversations by them. */
function nameOf(what: string): string {
  return `Case <${what}>`;
}
