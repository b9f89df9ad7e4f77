import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runAnswerSchema, scheduleSchema, type SettingsBody } from '@claude-optimizer/protocol';
import { expect, it } from 'vitest';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { startDaemon, type Daemon } from '../support/daemon.js';
import { until } from '../support/until.js';
import { allRuns, ended, launch, OBJECTIVE, post, prepareLaunch, tokenOf } from './launched.js';
import { scriptedClient } from './scripted-client.js';

const defer = undoAfter('each');
/** Each moment so many times; more by the environment, as a whole run of them takes minutes. */
const TIMES = Number(process.env.KILLS ?? 1);
/** Ms after the run was asked for: before and after claim, keeper, spawn, first output, end. */
const MOMENTS = [2, 8, 20, 40, 70, 120, 200, 350, 600, 900];
/** The same from the time at which a plan starts by itself. */
const AROUND_START = [15, 150, -200, 5, 40, 80, 300, 600];
const DAY = 86_400_000;
const MANY: SettingsBody = {
  caps: { runsPerDay: null },
  launcher: { concurrent: 20, perProject: 10 },
};

it(
  'a daemon that is killed starts nothing twice, loses nothing and leaves no process behind',
  async () => {
    const { binary, env, starts } = scriptedClient(defer);
    const prepared = await prepareLaunch({ binary, settings: MANY, env }, defer);
    let daemon = await prepared.start();
    // What is asked of a client once and kept has been asked by then.
    const answered = [(await ended(daemon, await launch(daemon))).id];
    let asked = 1;
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
    expect(runs.length).toBeGreaterThanOrEqual(2 * TIMES + 1);
    expect(runs.map(({ id }) => id)).toEqual(expect.arrayContaining(answered));
    for (const run of runs) expect(run).toMatchObject({ state: 'succeeded', attempt: 1 });
    const started = starts().map(({ sessionId }) => sessionId);
    expect(started.toSorted()).toEqual(runs.map(({ sessionId }) => sessionId).toSorted());
    await nothingIsLeft(prepared.dataDir);
    const [kills, kept] = [String(asked - 1), String(runs.length - 1)];
    console.log(`${kills} daemons killed, ${kept} runs accepted, each started once, none lost`);
  },
  TIMES * MOMENTS.length * 6_000 + 30_000,
);

it(
  'a plan whose daemon is killed around its start is started once',
  async () => {
    const { binary, env, starts } = scriptedClient(defer);
    const file = path.join(tempFolder(defer), 'plans.ics');
    const source = { id: 'plans', kind: 'ics-file', name: 'Plans', trust: 'automatic', path: file };
    const settings = { ...MANY, calendar: { sources: [source] } } as SettingsBody;
    fs.writeFileSync(file, icsOf([]));
    const prepared = await prepareLaunch({ binary, settings, env }, defer);
    let daemon = await prepared.start();
    const startsAt: number[] = [];
    for (let time = 0; time < TIMES; time += 1) {
      for (const moment of TIMES > 1 ? AROUND_START : AROUND_START.slice(0, 2)) {
        startsAt.push(Math.ceil(Date.now() / 1_000) * 1_000 + 2_000);
        fs.writeFileSync(file, icsOf(startsAt));
        const count = startsAt.length;
        await until('the plan to be read', async () => (await plansOf(daemon)).length === count);
        await sleep(Math.max(0, (startsAt.at(-1) ?? 0) + moment - Date.now()));
        await daemon.stop('SIGKILL');
        daemon = await prepared.start();
      }
    }
    const runs = await until('all runs to end', async () => {
      const all = await allRuns(daemon);
      const isOver = all.length === startsAt.length && all.every(({ endedAt }) => endedAt !== null);
      return isOver ? all : null;
    });
    for (const run of runs) expect(run).toMatchObject({ state: 'succeeded', attempt: 1 });
    expect(new Set(runs.map(({ planId }) => planId)).size).toBe(startsAt.length);
    const started = starts().map(({ sessionId }) => sessionId);
    expect(started.toSorted()).toEqual(runs.map(({ sessionId }) => sessionId).toSorted());
    await nothingIsLeft(prepared.dataDir);
    console.log(`${String(startsAt.length)} daemons killed at the start of a plan, each run once`);
  },
  TIMES * AROUND_START.length * 9_000 + 40_000,
);

it('a keeper that is killed leaves no client behind, and its run says so', async () => {
  const { binary, env, starts } = scriptedClient(defer, { lastsMs: 60_000, endsWithInput: false });
  const { start, dataDir } = await prepareLaunch({ binary, env }, defer);
  const daemon = await start();
  const launched = await launch(daemon);
  await until('the client to start', () => starts().length > 0);
  const file = path.join(dataDir, 'runs', `${launched.id}-1`, 'keeper.json');
  const { pid } = JSON.parse(fs.readFileSync(file, 'utf8')) as { pid: number };
  process.kill(pid, 'SIGKILL');
  expect(await ended(daemon, launched)).toMatchObject({ state: 'failed', cause: 'keeper_lost' });
  const client = starts()[0]?.pid ?? 0;
  await until('the client to be gone', () => !isAlive(client));
});

it('a run goes on while no daemon is there', async () => {
  const { binary, env, starts } = scriptedClient(defer, { lastsMs: 1_500 });
  const { start, dataDir, home, client } = await prepareLaunch({ binary, env }, defer);
  const daemon = await start();
  const launched = await launch(daemon);
  await until('the client to start', () => starts().length > 0);
  expect(await daemon.stop()).toBe(0);
  expect(isAlive(starts()[0]?.pid ?? 0)).toBe(true);
  const second = await startDaemon(
    { claudeDir: path.join(home, '.claude'), dataDir, env: client.env },
    defer,
  );
  expect(await ended(second, launched)).toMatchObject({ state: 'succeeded' });
  expect(starts()).toHaveLength(1);
});

async function nothingIsLeft(dataDir: string): Promise<void> {
  const left = () => fs.readdirSync(path.join(dataDir, 'runs'));
  await until('the folders to be cleared away', () => left().length === 0);
  await until('the keepers to be gone', () => processesOf(dataDir).length === 0);
}

async function plansOf({ url }: Daemon) {
  const [from, to] = [Date.now() - DAY, Date.now() + DAY];
  const answer = await fetch(`${url}/api/schedule?from=${String(from)}&to=${String(to)}`);
  return scheduleSchema.parse(await answer.json()).plans;
}

function icsOf(startsAt: readonly number[]): string {
  const stamp = (at: number) => `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/gu, '')}Z`;
  const events = startsAt.flatMap((at) => [
    ...['BEGIN:VEVENT', `UID:at-${String(at)}`, `DTSTART:${stamp(at)}`, 'SUMMARY:Claude: gate'],
    ...[`DTEND:${stamp(at + 600_000)}`, `DESCRIPTION:- [ ] ${OBJECTIVE}`, 'END:VEVENT'],
  ]);
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events, 'END:VCALENDAR', ''].join('\r\n');
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
