import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSessions, type Sessions } from './sessions/open-sessions.js';
import { DemoStage } from './stage.js';

const settings = { now: () => Date.now(), version: '1.0.0', log: pino({ level: 'silent' }) };
/** Demos' folders: the test has a folder for temporary files of its own. */
const demoFolders = async () =>
  (await readdir(os.tmpdir())).filter((name) => name.startsWith('claude-optimizer-demo-'));

let folder = '';
let own: Sessions;
let stage: DemoStage;
const TEMP = process.env['TMPDIR'];

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'stage-'));
  process.env['TMPDIR'] = folder;
  own = await openSessions({ ...settings, storeFile: ':memory:', claudeDirs: [folder] });
  await own.begin();
  stage = new DemoStage(own.history, settings);
});
afterEach(async () => {
  await stage.stopDemo();
  await own.close();
  if (TEMP === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = TEMP;
  await rm(folder, { recursive: true, force: true });
});

describe('DemoStage', () => {
  it('shows the own history until a demo runs, and again when it has ended', async () => {
    const told: boolean[] = [];
    const unsubscribe = stage.onSwitch(() => told.push(stage.demo().running));
    expect(stage.current()).toBe(own.history);
    expect(stage.demo()).toEqual({ running: false, speed: 1 });
    await stage.startDemo(16);
    const demo = stage.current();
    expect(stage.demo()).toEqual({ running: true, speed: 16 });
    expect(demo).not.toBe(own.history);
    expect(demo.epoch).not.toBe(own.history.epoch);
    await expect
      .poll(async () => (await demo.snapshot()).sessionsTotal, { timeout: 8_000 })
      .toBeGreaterThan(0);
    expect((await own.history.snapshot()).sessionsTotal).toBe(0);
    expect(existsSync(path.join(folder, 'projects'))).toBe(false);
    expect(await demoFolders()).toHaveLength(1);
    await stage.stopDemo();
    expect(stage.current()).toBe(own.history);
    expect(await demoFolders()).toEqual([]);
    expect(told).toEqual([true, false]);
    unsubscribe();
    await stage.startDemo(4);
    expect(told).toHaveLength(2);
  });

  it('only changes the speed of a demo that runs', async () => {
    await stage.startDemo(1);
    const demo = stage.current();
    await stage.startDemo(4);
    expect(stage.current()).toBe(demo);
    expect(stage.demo()).toEqual({ running: true, speed: 4 });
  });

  it('does one thing after the other, however fast it is asked', async () => {
    await Promise.all([
      stage.startDemo(4),
      stage.stopDemo(),
      stage.stopDemo(),
      stage.startDemo(16),
    ]);
    expect(stage.demo()).toEqual({ running: true, speed: 16 });
    expect(await demoFolders()).toHaveLength(1);
    await Promise.all([stage.stopDemo(), stage.startDemo(1), stage.stopDemo()]);
    expect(stage.demo().running).toBe(false);
    expect(await demoFolders()).toEqual([]);
  });
});
