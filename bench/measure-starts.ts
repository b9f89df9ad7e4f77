import { spawnSync } from 'node:child_process';
import { inRepo } from '../scripts/lib/places.mjs';
import type { Daemon } from '../tests/support/daemon.js';
import type { Figure } from './figures.js';
import { spreadOf } from './statistics.js';

const REPEATS = 5;
const COMMAND = inRepo('packages/cli/bin/claude-optimizer.js');
/** What the client tells its status line. */
const TOLD = JSON.stringify({
  session_id: '00000000-0000-4000-8000-000000000000',
  model: { id: 'claude-opus-4-6', display_name: 'Opus 4.6' },
  cost: { total_cost_usd: 0.5 },
  context_window: { size: 200_000, used_percentage: 12 },
});

/** From the start of an indexed daemon, nothing having changed, until it is ready. */
export async function measureRestart(start: () => Promise<Daemon>): Promise<Figure[]> {
  const times: number[] = [];
  for (let run = 0; run < REPEATS; run += 1) {
    const began = performance.now();
    const daemon = await start();
    await daemon.ready();
    times.push(performance.now() - began);
    await daemon.stop();
  }
  const part = 'restart';
  return [
    { part, what: 'Node alone, median of 5', value: nodeAlone(), unit: 'ms' },
    { part, what: 'start → ready, median of 5', value: median(times), unit: 'ms', target: 500 },
  ];
}

/** The reports and the status line from an indexed store, no daemon running. */
export function measureCommands(claudeDir: string, dataDir: string): Figure[] {
  const folders = ['--data-dir', dataDir];
  const env = { CLAUDE_CONFIG_DIR: claudeDir, HOME: dataDir };
  const report = timed([COMMAND, 'report', 'daily', ...folders], '', env);
  const line = timed([COMMAND, 'statusline', ...folders], TOLD, env);
  const alone = nodeAlone();
  const part = 'commands';
  return [
    { part, what: 'Node alone, median of 5', value: alone, unit: 'ms' },
    { part, what: 'report daily, median of 5', value: report, unit: 'ms', target: 250 },
    { part, what: 'status line over Node alone', value: line - alone, unit: 'ms', target: 60 },
  ];
}

function nodeAlone(): number {
  return timed(['-e', '0'], '', {});
}

function timed(args: string[], input: string, env: Record<string, string>): number {
  const times = Array.from({ length: REPEATS }, () => {
    const began = performance.now();
    const options = { input, env: { PATH: process.env['PATH'], NO_COLOR: '1', ...env } };
    const { status, stderr } = spawnSync(process.execPath, args, options);
    if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr.toString()}`);
    return performance.now() - began;
  });
  return median(times);
}

function median(times: readonly number[]): number {
  return spreadOf(times).p50;
}
