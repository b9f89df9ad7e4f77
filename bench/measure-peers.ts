import fs from 'node:fs';
import path from 'node:path';
import { inRepo } from '../scripts/lib/places.mjs';
import { startDaemon } from '../tests/support/daemon.js';
import { Transcript } from '../tests/support/transcript.js';
import type { Figure } from './figures.js';
import type { Part } from './options.js';
import { compareCcusage } from './peers/compare-ccusage.js';
import { installPeers, type Peer } from './peers/install.js';
import { printComparison, STEPS, type Compared, type Step } from './peers/print-comparison.js';
import { runOnce, type Run } from './peers/run-once.js';
import { memoryOf } from './memory.js';
import { spreadOf } from './statistics.js';
import type { Undo } from './undo.js';

const ROUNDS = 3;
const PATIENCE_MS = 10 * 60_000;
/** Below it the start of a program is what takes the time: nothing to hold against a target. */
const ENOUGH_BYTES = 300_000_000;
const BINARY = inRepo('packages/cli/bin/claude-optimizer.js');

type Tool = { name: string; run: () => Promise<Omit<Run, 'stdout'>>; forget: () => void };

/** Whether a part compares with others' programs, for which nothing is indexed beforehand. */
export function isComparison(part: Part): boolean {
  return part === 'peers' || part === 'ccusage';
}

/** Runs the chosen comparisons on a copy of the tree in a HOME of its own. */
export async function comparePeers(
  parts: readonly Part[],
  tree: string,
  undo: Undo,
): Promise<Figure[]> {
  if (!parts.some(isComparison)) return [];
  const home = undo.folder('home');
  const claudeDir = path.join(home, '.claude');
  fs.cpSync(tree, claudeDir, { recursive: true, preserveTimestamps: true });
  const peers = await installPeers(undo);
  const ccusage = peers.find(({ name }) => name === 'ccusage');
  if (parts.includes('ccusage') && ccusage) await compareCcusage(ccusage, home);
  if (!parts.includes('peers')) return [];
  const compared = await measure(toolsOf(peers, home, undo), claudeDir);
  printComparison(compared);
  return figuresOf(compared, bytesOf(claudeDir));
}

/** Ours and theirs in turns, so that what else the machine does meets all of them. */
async function measure(tools: readonly Tool[], claudeDir: string): Promise<Compared[]> {
  const runs = new Map(tools.map(({ name }) => [name, [] as Compared['steps'][]]));
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const { name, run, forget } of tools) {
      console.log(`peers: round ${String(round)} of ${String(ROUNDS)}, ${name}`);
      forget();
      const [cold, unchanged] = [await run(), await run()];
      appendLine(claudeDir, round);
      runs.get(name)?.push({ cold, unchanged, 'one line more': await run() });
    }
  }
  return tools.map(({ name }) => ({ name, steps: medians(runs.get(name) ?? []) }));
}

function toolsOf(peers: readonly Peer[], home: string, undo: Undo): Tool[] {
  const claudeDir = path.join(home, '.claude');
  const dataDir = undo.folder('stored');
  const folders = ['--claude-dir', claudeDir, '--data-dir'];
  const report = ['report', 'daily', '--json', '--timezone', 'UTC', ...folders];
  const nothing = () => {};
  return [
    {
      name: 'ours: report daily, nothing stored',
      run: () => runOnce(BINARY, [...report, path.join(home, 'no-store')], home),
      forget: nothing,
    },
    {
      name: 'ours: start until all is stored',
      run: () => startUntilReady(claudeDir, dataDir, undo),
      forget: () => {
        fs.rmSync(dataDir, { recursive: true, force: true });
      },
    },
    {
      name: 'ours: report daily from the store',
      run: () => runOnce(BINARY, [...report, dataDir], home),
      forget: nothing,
    },
    ...peers.map(({ name, version, script, args }) => ({
      name: `${name} ${version}`,
      run: () => runOnce(script, args(claudeDir), home),
      forget: () => {
        forgetAll(home);
      },
    })),
  ];
}

async function startUntilReady(claudeDir: string, dataDir: string, undo: Undo) {
  const began = performance.now();
  const daemon = await startDaemon({ claudeDir, dataDir }, undo.defer);
  await daemon.ready(PATIENCE_MS);
  const seconds = (performance.now() - began) / 1_000;
  const peakMiB = memoryOf(daemon.pid)?.peak ?? 0;
  await daemon.stop();
  return { seconds, peakMiB };
}

/** What a tool may have kept of earlier runs. */
function forgetAll(home: string): void {
  for (const name of fs.readdirSync(home)) {
    if (name !== '.claude') fs.rmSync(path.join(home, name), { recursive: true, force: true });
  }
}

function appendLine(claudeDir: string, round: number): void {
  const [file] = transcriptsOf(claudeDir);
  if (file === undefined) throw new Error(`no transcript below ${claudeDir}`);
  const sessionId = path.basename(file, '.jsonl');
  const line = new Transcript({ sessionId }).reply({ usage: { input: round, output: 20 } });
  fs.appendFileSync(file, line);
}

function medians(rounds: readonly Compared['steps'][]): Compared['steps'] {
  const median = (step: Step) => ({
    seconds: spreadOf(rounds.map((round) => round[step].seconds)).p50,
    peakMiB: spreadOf(rounds.map((round) => round[step].peakMiB)).p50,
  });
  return Object.fromEntries(STEPS.map((step) => [step, median(step)])) as Compared['steps'];
}

function figuresOf(compared: readonly Compared[], bytes: number): Figure[] {
  const cold = (part: string) => compared.find(({ name }) => name.startsWith(part))?.steps.cold;
  const theirs = bytes < ENOUGH_BYTES ? undefined : cold('ccusage')?.seconds;
  const limit = (share: number) => (theirs === undefined ? {} : { target: theirs * share });
  const seconds = (part: string) => cold(part)?.seconds ?? NaN;
  const [report, start] = ['ours: report daily, nothing', 'ours: start'];
  const part = `${(bytes / 1e6).toFixed(0)} MB, against ccusage`;
  return [
    { part, what: 'report daily, cold', value: seconds(report), unit: 's', ...limit(0.7) },
    { part, what: 'start → all stored, cold', value: seconds(start), unit: 's', ...limit(1) },
    { part, what: 'peak of the start', value: cold(start)?.peakMiB ?? NaN, unit: 'MiB' },
  ];
}

function bytesOf(claudeDir: string): number {
  return transcriptsOf(claudeDir).reduce((sum, file) => sum + fs.statSync(file).size, 0);
}

function transcriptsOf(claudeDir: string): string[] {
  const root = path.join(claudeDir, 'projects');
  return fs
    .readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => path.join(root, name));
}
