import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lineFor } from './index.js';
import { NO_FIGURES, statusLine } from './line.js';
import { installStatusLine, uninstallStatusLine } from './manage-status-line.js';

const NOW = new Date(2026, 10, 23, 12).getTime();
const MINUTE = 60_000;
const seconds = (ms: number) => ms / 1_000;
const plain = { now: NOW, colors: false };

const INPUT = {
  model: { id: 'claude-opus-5-5', display_name: 'Opus 5.5' },
  cost: { total_cost_usd: 1.2345 },
  context_window: { used_percentage: 72.4 },
  prompt_cache: { warm: true, expires_at: seconds(NOW + 3 * MINUTE) },
  rate_limits: {
    five_hour: { used_percentage: 42.4, resets_at: seconds(NOW + 130 * MINUTE) },
    seven_day: { used_percentage: 91, resets_at: seconds(NOW + 9_000 * MINUTE) },
  },
};

describe('the line', () => {
  it('says what the client and the store know', () => {
    const stored = { today: 4_560_000, lastHour: 2_100_000, windowEndsAt: NOW + MINUTE };
    expect(statusLine(INPUT, stored, plain)).toBe(
      'Opus 5.5 · $1.23 session $4.56 today $2.10/h · context 72 % · cache warm 3 m · ' +
        '5 h 42 %, 2 h 10 m left, week 91 %',
    );
    const colored = statusLine(INPUT, stored, { now: NOW, colors: true });
    expect(colored).toContain('\u001B[33mcontext 72 %\u001B[0m');
    expect(colored).toContain('\u001B[31m5 h 42 %');
  });

  it('estimates the window where the client tells none, and leaves out what nobody knows', () => {
    const stored = { ...NO_FIGURES, windowEndsAt: NOW + 61 * MINUTE };
    const model = { model: { id: 'x\u001B\u009B[2J' } };
    expect(statusLine(model, stored, plain)).toBe('x[2J · 5 h window: about 1 h 1 m left');
    expect(statusLine({ prompt_cache: { warm: false } }, NO_FIGURES, plain)).toBe('cache cold');
  });

  it.each([null, 7, 'text', [], {}, { cost: 3, model: null, rate_limits: 'no' }])(
    'is a line for %j too',
    (odd) => {
      expect(statusLine(odd, NO_FIGURES, plain)).toBe('Claude Code Optimizer');
    },
  );
});

describe('on the machine', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'statusline-'))));
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('hands the limits over, and prints a line without a store, a folder or an input', async () => {
    const options = { ...plain, dataDir: folder };
    expect(await lineFor(JSON.stringify(INPUT), options)).toContain('$1.23 session');
    const kept = JSON.parse(readFileSync(path.join(folder, 'limits.json'), 'utf8')) as object;
    expect(kept).toMatchObject({ five_hour: { usedPercentage: 42.4, reportedAt: NOW } });
    expect(await lineFor('no json', options)).toBe('Claude Code Optimizer');
    const nowhere = { ...plain, dataDir: path.join(folder, 'none') };
    expect(await lineFor(JSON.stringify(INPUT), nowhere)).toContain('Opus 5.5');
    expect(existsSync(nowhere.dataDir)).toBe(false);
  });

  it('is installed beside what else is set, and gives back the line that was there', () => {
    const file = path.join(folder, 'settings.json');
    const where = { claudeDirs: [folder], dataDir: path.join(folder, 'data') };
    const theirs = { model: 'opus', statusLine: { type: 'command', command: 'theirs.sh' } };
    writeFileSync(file, JSON.stringify(theirs, null, 4));
    const settings = () => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    const ours = '"/usr/bin/node" "/opt/bin/claude-optimizer.js" statusline';

    installStatusLine(where, ours, { dryRun: true, now: NOW });
    expect([settings(), readdirSync(folder)]).toEqual([theirs, ['settings.json']]);

    installStatusLine(where, ours, { dryRun: false, now: NOW });
    // Once more, as after an update: theirs stays what was before.
    installStatusLine(where, `${ours} --data-dir "/d"`, { dryRun: false, now: NOW + 1 });
    expect(settings()).toEqual({
      model: 'opus',
      statusLine: { type: 'command', command: `${ours} --data-dir "/d"` },
    });

    uninstallStatusLine(where, { dryRun: false, now: NOW + 2 });
    expect(settings()).toEqual(theirs);
    const [nothing] = uninstallStatusLine(where, { dryRun: false, now: NOW + 3 });
    expect(nothing?.changed).toBe(false);
  });

  it('gives back nothing that they have removed since, and finds what another folder keeps', () => {
    const file = path.join(folder, 'settings.json');
    const data = path.join(folder, 'data');
    const where = { claudeDirs: [folder], dataDir: data };
    const theirs = { statusLine: { type: 'command', command: 'theirs.sh' } };
    const ours = `"/usr/bin/node" "/opt/bin/claude-optimizer.js" statusline --data-dir "${data}"`;
    const settings = () => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    let now = NOW;
    const how = () => ({ dryRun: false, now: (now += 1) });

    writeFileSync(file, JSON.stringify(theirs));
    installStatusLine(where, ours, how());
    uninstallStatusLine({ ...where, dataDir: path.join(folder, 'usual') }, how());
    expect(settings()).toEqual(theirs);

    for (const old of [{ model: 'opus' }, { model: 'haiku' }]) {
      writeFileSync(file, JSON.stringify(theirs));
      installStatusLine(where, ours, how());
      // They take all of it out by hand, and later think better of it.
      writeFileSync(file, JSON.stringify(old));
      installStatusLine(where, ours, how());
      uninstallStatusLine(where, how());
      expect(settings()).toEqual(old);
    }
  });

  it('says what to do when what it kept is damaged, and changes nothing', () => {
    const file = path.join(folder, 'settings.json');
    const where = { claudeDirs: [folder], dataDir: folder };
    const ours = { statusLine: { command: '"/opt/bin/claude-optimizer.js" statusline' } };
    writeFileSync(file, JSON.stringify(ours));
    writeFileSync(path.join(folder, 'status-lines-before.json'), 'nonsense');
    const how = { dryRun: false, now: NOW };
    expect(() => uninstallStatusLine(where, how)).toThrow("status-lines-before.json can't be read");
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(ours);
  });
});
