import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { spawnDaemon, startDaemon } from '../support/daemon.js';
import { hasStored, readStored } from '../support/stored.js';
import { Transcript, uuidOf } from '../support/transcript.js';
import { chance } from './chance.js';
import { firstGap, usageBySession } from './indexed.js';
import { byDayAndModel, recount } from './recount.js';
import { Tree } from './tree.js';

const KILLS = 50;
const SESSIONS = 150;
const defer = undoAfter('each');

it(`survives ${KILLS} kills at random moments of indexing`, async () => {
  const claudeDir = path.join(tempFolder(defer), '.claude');
  const expected = new Tree(claudeDir, 50).write(SESSIONS);
  const live = startLiveSession(claudeDir);
  const whole = await msToIndex(claudeDir);
  const { between } = chance(Date.now());

  let dataDir = tempFolder(defer);
  for (let kill = 0; kill < KILLS; kill += 1) {
    const daemon = spawnDaemon({ claudeDir, dataDir }, defer);
    await sleep(between(Math.round(whole * 0.2), Math.round(whole)));
    live.append();
    await daemon.stop('SIGKILL');
    // Once all is indexed there is nothing left to interrupt: from the beginning again.
    if (isFullyRead(claudeDir, dataDir)) {
      expectExact(claudeDir, dataDir);
      dataDir = tempFolder(defer);
    }
  }
  const daemon = await startDaemon({ claudeDir, dataDir }, defer);
  await daemon.ready();
  await daemon.stop();
  const stored = expectExact(claudeDir, dataDir);
  expect(usageBySession(stored)).toMatchObject(expected.bySession);
  expect(usageBySession(stored)[live.sessionId]?.messages).toBe(KILLS + 1);
}, 300_000);

/** Compares what is stored with the second implementation. */
function expectExact(claudeDir: string, dataDir: string) {
  const stored = readStored(dataDir);
  expect(byDayAndModel(stored.usage)).toEqual(byDayAndModel(recount(claudeDir).values()));
  expect(firstGap(stored)).toBeNull();
  expect(repeatedEvents(stored)).toEqual([]);
  return stored;
}

/** A message is told once in its session: no line was read twice. */
function repeatedEvents({ events }: ReturnType<typeof readStored>): string[] {
  const seen = new Set<string>();
  return events
    .filter(({ type }) => type === 'session:message')
    .map(({ session, payload }) => `${session} ${payload}`)
    .filter((key) => seen.size === seen.add(key).size);
}

async function msToIndex(claudeDir: string): Promise<number> {
  const startedAt = Date.now();
  const daemon = await startDaemon({ claudeDir, dataDir: tempFolder(defer) }, defer);
  await daemon.ready();
  const took = Date.now() - startedAt;
  await daemon.stop();
  return took;
}

function isFullyRead(claudeDir: string, dataDir: string): boolean {
  if (!hasStored(dataDir)) return false;
  const { offsets } = readStored(dataDir);
  return [...transcripts(claudeDir)].every((file) => offsets.get(file) === fs.statSync(file).size);
}

function* transcripts(claudeDir: string): Generator<string> {
  const names = fs.readdirSync(claudeDir, { recursive: true, encoding: 'utf8' });
  for (const name of names) if (name.endsWith('.jsonl')) yield path.join(claudeDir, name);
}

/** A session that gains a response whenever the test says so. */
function startLiveSession(claudeDir: string) {
  const { hex } = chance(7);
  const sessionId = uuidOf(hex);
  const transcript = new Transcript({ sessionId, at: Date.UTC(2026, 3, 1), hex });
  const file = path.join(claudeDir, 'projects', '-home-dev-shop', `${sessionId}.jsonl`);
  const reply = () => transcript.reply({ usage: { input: 5, output: 70, write5m: 11 } });
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, transcript.prompt('Keep going') + reply());
  return { sessionId, append: () => fs.appendFileSync(file, reply()) };
}
