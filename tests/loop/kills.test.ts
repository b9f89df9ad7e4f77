import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runAnswerSchema } from '@claude-optimizer/protocol';
import { expect, it } from 'vitest';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { until } from '../support/until.js';
import { allRuns, ended, launch, OBJECTIVE, post, prepareLaunch, tokenOf } from './launched.js';

const defer = undoAfter('each');
/** Each moment so many times; more by the environment, as a whole run of them takes minutes. */
const TIMES = Number(process.env.KILLS ?? 1);
/** Ms after the run was asked for: before and after claim, keeper, spawn, first output, end. */
const MOMENTS = [2, 8, 20, 40, 70, 120, 200, 350, 600, 900];

/**
 * A client that speaks the stream as the real one does, in half a second: written down is each
 * start of it, so that a second one of the same session would be seen.
 */
const CLIENT = `#!/usr/bin/env node
const fs = require('node:fs');
const session = process.argv.find((word) => word.startsWith('--session-id=')).slice(13);
fs.appendFileSync(process.env.STARTS, session + ' ' + process.pid + '\\n');
const say = (record) => process.stdout.write(JSON.stringify({ ...record, session_id: session }) + '\\n');
const event = (event) => say({ type: 'stream_event', event, parent_tool_use_id: null });
say({ type: 'system', subtype: 'init' });
setTimeout(() => event({ type: 'message_start', message: { id: 'm', model: 'claude-sonnet-5-5', usage: {} } }), 150);
setTimeout(() => say({ type: 'result', subtype: 'success', is_error: false, result: 'Done', total_cost_usd: 0 }), 450);
process.stdin.on('end', () => process.exit(0)).resume();
`;

it(
  'a daemon that is killed starts nothing twice, loses nothing and leaves no process behind',
  async () => {
    const folder = tempFolder(defer);
    const binary = path.join(folder, 'claude');
    const starts = path.join(folder, 'starts');
    fs.writeFileSync(binary, CLIENT, { mode: 0o755 });
    fs.writeFileSync(starts, '');
    const settings = { caps: { runsPerDay: null }, launcher: { concurrent: 20, perProject: 10 } };
    const prepared = await prepareLaunch({ binary, settings, env: { STARTS: starts } }, defer);
    let daemon = await prepared.start();
    const answered: string[] = [];
    let asked = 0;
    for (let time = 0; time < TIMES; time += 1) {
      for (const moment of MOMENTS) {
        const token = await tokenOf(daemon.url);
        const order = { project: 'gate', objectives: [OBJECTIVE] };
        // Its answer may never come.
        post(daemon.url, token, '/api/runs', order).then(
          (answer) => answered.push(runAnswerSchema.parse(answer).run.id),
          () => undefined,
        );
        asked += 1;
        await sleep(moment);
        await daemon.stop('SIGKILL');
        daemon = await prepared.start();
      }
    }
    const runs = await until('all runs to end', async () => {
      const all = await allRuns(daemon);
      return all.every(({ endedAt }) => endedAt !== null) ? all : null;
    });
    expect(runs.length).toBeLessThanOrEqual(asked);
    // Killed at once, it may not even have been asked; later it always has.
    expect(runs.length).toBeGreaterThanOrEqual(2 * TIMES);
    expect(runs.map(({ id }) => id)).toEqual(expect.arrayContaining(answered));
    for (const run of runs) expect(run).toMatchObject({ state: 'succeeded', attempt: 1 });
    const started = linesOf(starts).map((line) => line.split(' ')[0]);
    expect(started.toSorted()).toEqual(runs.map(({ sessionId }) => sessionId).toSorted());
    const left = () => fs.readdirSync(path.join(prepared.dataDir, 'runs'));
    await until('the folders to be cleared away', () => left().length === 0);
    await until('the keepers to be gone', () => processesOf(prepared.dataDir).length === 0);
  },
  TIMES * MOMENTS.length * 3_000 + 30_000,
);

it('a keeper that is killed leaves no client behind, and its run says so', async () => {
  const folder = tempFolder(defer);
  const binary = path.join(folder, 'claude');
  const starts = path.join(folder, 'starts');
  fs.writeFileSync(
    binary,
    CLIENT.replace('450)', '60000)').replace(
      "on('end', () => process.exit(0))",
      "on('end', () => {})",
    ),
    { mode: 0o755 },
  );
  fs.writeFileSync(starts, '');
  const { start, dataDir } = await prepareLaunch({ binary, env: { STARTS: starts } }, defer);
  const daemon = await start();
  const launched = await launch(daemon);
  await until('the client to start', () => linesOf(starts).length > 0);
  const file = path.join(dataDir, 'runs', `${launched.id}-1`, 'keeper.json');
  const { pid } = JSON.parse(fs.readFileSync(file, 'utf8')) as { pid: number };
  process.kill(pid, 'SIGKILL');
  expect(await ended(daemon, launched)).toMatchObject({ state: 'failed', cause: 'keeper_lost' });
  const client = Number(linesOf(starts)[0]?.split(' ')[1]);
  await until('the client to be gone', () => !isAlive(client));
});

it('a run goes on while no daemon is there', async () => {
  const folder = tempFolder(defer);
  const binary = path.join(folder, 'claude');
  const starts = path.join(folder, 'starts');
  fs.writeFileSync(binary, CLIENT.replace('450)', '1500)'), { mode: 0o755 });
  fs.writeFileSync(starts, '');
  const { start, dataDir, home, client } = await prepareLaunch(
    { binary, env: { STARTS: starts } },
    defer,
  );
  const daemon = await start();
  const launched = await launch(daemon);
  await until('the client to start', () => linesOf(starts).length > 0);
  expect(await daemon.stop()).toBe(0);
  expect(isAlive(Number(linesOf(starts)[0]?.split(' ')[1]))).toBe(true);
  const second = await startDaemon(
    { claudeDir: path.join(home, '.claude'), dataDir, env: client.env },
    defer,
  );
  expect(await ended(second, launched)).toMatchObject({ state: 'succeeded' });
  expect(linesOf(starts)).toHaveLength(1);
});

function linesOf(file: string): string[] {
  return fs.readFileSync(file, 'utf8').split('\n').slice(0, -1);
}

/** Keepers of this data folder that still run. */
function processesOf(dataDir: string): string[] {
  const all = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' });
  return all.split('\n').filter((line) => line.includes(path.join(dataDir, 'runs')));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
