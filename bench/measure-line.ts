import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startDaemon } from '../tests/support/daemon.js';
import { say, Transcript } from '../tests/support/transcript.js';
import type { Figure } from './figures.js';
import { newSessions } from './live-sessions.js';
import { cpuOf } from './processor.js';
import { spreadOf } from './statistics.js';
import type { Undo } from './undo.js';

const LINES = 200;
/** A line is read, stored and told within it. */
const SETTLE_MS = 60;
const INDEX_PATIENCE_MS = 10 * 60_000;
/** What goes on behind the index has ended when so little is done in a second. */
const IDLE_MS = 10;
const WORDS = 'The quick brown fox jumps over the lazy dog. '.repeat(7);

/** What one appended line costs a daemon with a small and one with a large history, in turns. */
export async function measureLine(small: string, large: string, undo: Undo): Promise<Figure[]> {
  const [one, other] = [await openLive(small, undo), await openLive(large, undo)];
  for (let line = 0; line < LINES; line += 1) {
    // What the first of a pair leaves in the caches is neither's advantage.
    for (const each of line % 2 === 0 ? [one, other] : [other, one]) await each.append();
  }
  const part = 'line';
  const what = `processor time of a line, median of ${String(LINES)}`;
  const [few, many] = [spreadOf(one.costs).p50, spreadOf(other.costs).p50];
  return [
    { part, what: `${what}, ${one.files}`, value: few, unit: 'ms' },
    { part, what: `${what}, ${other.files}`, value: many, unit: 'ms' },
    { part, what: 'the large over the small', value: many / few, unit: '×', target: 1.1 },
  ];
}

/** A daemon that has indexed the tree and has nothing else to do, and a session to be written. */
async function openLive(tree: string, undo: Undo) {
  const liveDir = undo.folder('line');
  const [session] = newSessions(liveDir, 1);
  if (!session) throw new Error('no session to write');
  const { path: file, sessionId, cwd } = session;
  const transcript = new Transcript({ sessionId, cwd });
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, transcript.prompt('One line after another'));
  const folders = { claudeDir: `${tree},${liveDir}`, dataDir: undo.folder('line-data') };
  const { pid, ready } = await startDaemon(folders, undo.defer);
  await ready(INDEX_PATIENCE_MS);
  await untilIdle(pid);
  const costs: number[] = [];
  const append = async (): Promise<void> => {
    transcript.at = Date.now();
    const line = transcript.reply({ usage: { input: 3, output: 100 }, blocks: [say(WORDS)] });
    const before = cpuOf(pid);
    fs.appendFileSync(file, line);
    await sleep(SETTLE_MS);
    costs.push(cpuOf(pid) - before);
  };
  return { files: countFiles(tree), costs, append };
}

async function untilIdle(pid: number): Promise<void> {
  const deadline = performance.now() + INDEX_PATIENCE_MS;
  for (let spent = Infinity; spent > IDLE_MS;) {
    if (performance.now() > deadline) throw new Error('the daemon never came to rest');
    const before = cpuOf(pid);
    await sleep(1_000);
    spent = cpuOf(pid) - before;
  }
}

function countFiles(tree: string): string {
  const names = fs.readdirSync(path.join(tree, 'projects'), { recursive: true, encoding: 'utf8' });
  return `${String(names.filter((name) => name.endsWith('.jsonl')).length)} files`;
}
