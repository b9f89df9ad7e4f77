import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { leadersWith, markOf, signalGroup } from './process-mark.js';
import { RunFolder } from './run-folder.js';
import { sweepRuns } from './sweep-runs.js';

let dataDir: string;
beforeEach(() => (dataDir = fs.mkdtempSync(path.join(tmpdir(), 'optimizer-sweep-'))));
afterEach(() => fs.rmSync(dataDir, { recursive: true }));

function folderOf(runId: string): RunFolder {
  const folder = RunFolder.of(dataDir, runId, 1);
  folder.make();
  return folder;
}

function sleeper(...words: string[]) {
  const args = ['-e', 'setInterval(() => {}, 1_000)', '--', ...words];
  const child = spawn(process.execPath, args, { detached: true, stdio: 'ignore' });
  return { pid: child.pid ?? 0, ended: once(child, 'exit') };
}

it('clears away what has ended, and lets be what has not', () => {
  const [over, active] = [folderOf('over'), folderOf('active')];
  sweepRuns(dataDir, [active]);
  expect(fs.existsSync(over.folder)).toBe(false);
  expect(fs.existsSync(active.folder)).toBe(true);
});

it('ends a client whose keeper is gone, and asks a keeper that lives', async () => {
  const client = sleeper();
  const [lost, kept] = [folderOf('lost'), folderOf('kept')];
  lost.putClient(markOf(client.pid));
  kept.claim(markOf(process.pid));
  sweepRuns(dataDir, []);
  expect((await client.ended)[1]).toBe('SIGKILL');
  expect(fs.existsSync(lost.folder)).toBe(false);
  expect(kept.told()).toEqual([{ type: 'stop' }]);
});

it('finds a client by the session that it was started with, and no other', async () => {
  const session = `--session-id=${path.basename(dataDir)}`;
  const [client, other] = [sleeper(session), sleeper(`${session}-other`)];
  expect(leadersWith(session)).toEqual([client.pid]);
  for (const { pid } of [client, other]) signalGroup(pid, 'SIGKILL');
  await Promise.all([client.ended, other.ended]);
  expect(leadersWith(session)).toEqual([]);
});
