import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { chance } from '../indexing/chance.js';
import { newSession, reply } from '../indexing/watched.js';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { say } from '../support/transcript.js';
import { until } from '../support/until.js';
import { archiveStatus, bytesIn, cli, hashes, untilKept } from './kept.js';

const KILLS = 8;
const SESSIONS = 25;
const defer = undoAfter('each');

it(`stays readable and whole through ${KILLS} kills while it is written`, async () => {
  const claudeDir = path.join(tempFolder(defer), '.claude');
  const project = path.join(claudeDir, 'projects', '-home-dev-shop');
  fs.mkdirSync(project, { recursive: true });
  const dataDir = tempFolder(defer);
  const folders = { claudeDir, dataDir };
  const seed = Date.now();
  const { between } = chance(seed);
  const sessions = Array.from({ length: SESSIONS }, () => newSession(project));
  const grow = (bytes: number) => {
    for (const { file, transcript } of sessions) {
      const blocks = [say(randomBytes(between(50, bytes / 2)).toString('hex'))];
      fs.appendFileSync(file, transcript.reply({ usage: { input: 1, output: 1 }, blocks }));
    }
  };
  for (const { file, transcript } of sessions) fs.writeFileSync(file, reply(transcript, 1));
  grow(600_000);
  for (let kill = 0; kill < KILLS; kill += 1) {
    const daemon = await startDaemon(folders, defer);
    await until('the archive to work', async () => {
      const { state, files } = await archiveStatus(daemon.url);
      return state === 'working' || (state === 'idle' && files > 0);
    });
    await sleep(between(0, 250));
    grow(kill % 3 === 0 ? 200_000 : 2_000);
    await sleep(between(0, 2_000));
    await daemon.stop('SIGKILL');
    expectBeginnings(await restoredAll(folders), claudeDir, seed);
  }
  const daemon = await startDaemon(folders, defer);
  await daemon.ready();
  await untilKept(daemon.url, bytesIn(claudeDir));
  const before = hashes(claudeDir);
  fs.rmSync(path.join(claudeDir, 'projects'), { recursive: true });
  expect(hashes(await restoredAll(folders)), `seed ${String(seed)}`).toEqual(before);
}, 120_000);

async function restoredAll(folders: { claudeDir: string; dataDir: string }): Promise<string> {
  const to = tempFolder(defer);
  const { kept } = JSON.parse(await cli(folders, 'archive', 'status', '--sessions', '--json')) as {
    kept: { sessionId: string }[];
  };
  const ids = kept.map(({ sessionId }) => sessionId);
  if (ids.length > 0) await cli(folders, 'archive', 'restore', ...ids, '--to', to);
  return to;
}

/** What is kept of each file is its beginning, byte for byte. */
function expectBeginnings(restored: string, claudeDir: string, seed: number): void {
  for (const name of Object.keys(hashes(restored))) {
    const kept = fs.readFileSync(path.join(restored, name));
    const whole = fs.readFileSync(path.join(claudeDir, name));
    const isSame = kept.equals(whole.subarray(0, kept.length));
    expect(isSame, `${name}, seed ${String(seed)}`).toBe(true);
  }
}
