import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { limitsSchema } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { inRepo } from '../../scripts/lib/places.mjs';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { until } from '../support/until.js';

const defer = undoAfter('each');
const BINARY = inRepo('packages/cli/bin/claude-optimizer.js');
const SESSION = '11111111-2222-4333-8444-555555555555';
const HOUR_S = 3_600;

/** Runs the built command to its end, as the client does. */
function run(home: string, args: string[], input: string | Buffer = '') {
  const env = { PATH: process.env.PATH, HOME: home, NO_COLOR: '1' };
  const ran = spawnSync(process.execPath, [BINARY, 'statusline', ...args], { input, env });
  return { status: ran.status, stdout: String(ran.stdout), stderr: String(ran.stderr) };
}

/** A session with one response of 100,000 input tokens ($0.30), now. */
function writeSession(claudeDir: string): void {
  const folder = path.join(claudeDir, 'projects', '-shop');
  fs.mkdirSync(folder, { recursive: true });
  const line = {
    ...{ type: 'assistant', uuid: 'a', sessionId: SESSION, cwd: '/shop', version: '2.1.330' },
    timestamp: new Date().toISOString(),
    requestId: 'req_1',
    message: {
      ...{ id: 'msg_1', role: 'assistant', model: 'claude-sonnet-4-5', stop_reason: 'end_turn' },
      content: [{ type: 'text', text: 'Done.' }],
      usage: { input_tokens: 100_000, output_tokens: 0 },
    },
  };
  fs.writeFileSync(path.join(folder, `${SESSION}.jsonl`), `${JSON.stringify(line)}\n`);
}

describe('the status line as a process', () => {
  it('tells the day with the daemon and without, and hands the limits over to it', async () => {
    const home = tempFolder(defer);
    const dataDir = path.join(home, 'data');
    const claudeDir = path.join(home, '.claude');
    writeSession(claudeDir);
    const daemon = await startDaemon({ claudeDir, dataDir }, defer);
    await daemon.ready();

    const resets_at = Math.round(Date.now() / 1_000) + 2 * HOUR_S;
    const rate_limits = { five_hour: { used_percentage: 42.5, resets_at } };
    const input = { model: { display_name: 'Opus' }, cost: { total_cost_usd: 1.5 }, rate_limits };
    const told = run(home, ['--data-dir', dataDir], JSON.stringify(input));
    expect(told).toMatchObject({ status: 0, stderr: '' });
    expect(told.stdout).toMatch(
      /^Opus · \$1\.50 session \$0\.30 today \$0\.30\/h · 5 h 4[23] %, .*\n$/u,
    );

    const { windows } = await until('the limits', async () => {
      const limits = limitsSchema.parse(await (await fetch(`${daemon.url}/api/limits`)).json());
      return limits.windows.some(({ source }) => source === 'reported') ? limits : null;
    });
    const [five] = windows;
    expect(five).toMatchObject({ usedPercentage: 42.5, endsAt: resets_at * 1_000 });

    await daemon.stop();
    const alone = run(home, [`--data-dir=${dataDir}`], '{}');
    expect(alone).toMatchObject({ status: 0, stderr: '' });
    expect(alone.stdout).toMatch(/^\$0\.30 today \$0\.30\/h · 5 h window: about .* left\n$/u);
  });

  it.each([
    ['nothing', ''],
    ['half a JSON', '{"model":'],
    ['no text', Buffer.from([0, 255, 254, 10, 27])],
    ['what has other types', '{"model":7,"cost":[],"rate_limits":{"five_hour":"no"}}'],
  ])('prints one line for %s, also beside a damaged store', (_, input) => {
    const home = tempFolder(defer);
    fs.writeFileSync(path.join(home, 'optimizer.db'), 'no database at all '.repeat(500));
    const told = run(home, ['--data-dir', home], input);
    expect(told).toEqual({ status: 0, stdout: 'Claude Code Optimizer\n', stderr: '' });
  });

  it('is installed and taken out with the data folder that was named', () => {
    const home = tempFolder(defer);
    const file = path.join(home, '.claude', 'settings.json');
    fs.mkdirSync(path.dirname(file));
    const before =
      '{\n  "statusLine": {\n    "type": "command",\n    "command": "mine.sh"\n  }\n}\n';
    fs.writeFileSync(file, before);
    const data = path.join(home, 'a data folder');

    const shown = run(home, ['install', '--data-dir', data, '--dry-run']);
    expect(shown.stdout).toContain('-     "command": "mine.sh"\n+     "command": ');
    expect([fs.readFileSync(file, 'utf8'), fs.existsSync(data)]).toEqual([before, false]);

    expect(run(home, ['install', '--data-dir', data])).toMatchObject({ status: 0, stderr: '' });
    const { statusLine } = JSON.parse(fs.readFileSync(file, 'utf8')) as {
      statusLine: { command: string };
    };
    expect(statusLine.command).toContain(`statusline --data-dir "${data}"`);
    const ran = spawnSync('/bin/sh', ['-c', statusLine.command], { input: '{}', env: {} });
    expect([ran.status, String(ran.stdout)]).toEqual([0, 'Claude Code Optimizer\n']);

    expect(run(home, ['uninstall'])).toMatchObject({ status: 0, stderr: '' });
    expect(fs.readFileSync(file, 'utf8')).toBe(before);
  });
});
