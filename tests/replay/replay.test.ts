import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { inRepo } from '../../scripts/lib/places.mjs';
import { Tree } from '../indexing/tree.js';
import { newSession, reply } from '../indexing/watched.js';
import { fetchAllSessions, fetchDetail } from '../support/api.js';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { use, type Transcript } from '../support/transcript.js';
import { until } from '../support/until.js';
import { expectReplayed } from './replayed.js';

const defer = undoAfter('each');
const CORPUS = inRepo('../shared/corpora');

/** More events than fit into one block, with costs that no micro-dollar holds. */
function longWork(transcript: Transcript, turns: number): string {
  let lines = '';
  for (let turn = 0; turn < turns; turn += 1) {
    const id = `toolu_01${transcript.hex(22)}`;
    const usage = { input: 1, output: 7 + turn, cacheRead: 1_001 + 13 * turn, write5m: turn % 3 };
    const file_path = `/home/dev/shop/${turn % 9}.ts`;
    const input = { file_path, old_string: 'a', new_string: 'b\nc' };
    lines += transcript.later(700).prompt(`Turn ${turn}`);
    lines += transcript.reply({ usage, blocks: [use(id, 'Edit', input)] });
    lines += transcript.later(90).result(id) + reply(transcript, 5);
  }
  return lines;
}

describe('a replay', () => {
  it('ends in the live state, of histories read at once and gone on with line by line', async () => {
    const claudeDir = path.join(tempFolder(defer), '.claude');
    const dataDir = tempFolder(defer);
    new Tree(claudeDir, 7).write(40);
    const project = path.join(claudeDir, 'projects', '-home-dev-shop');
    fs.mkdirSync(project, { recursive: true });
    const { id, file, transcript } = newSession(project);
    transcript.at -= 3_600_000;
    fs.writeFileSync(file, longWork(transcript, 150));
    const daemon = await startDaemon({ claudeDir, dataDir }, defer);
    await daemon.ready();
    const before = (await fetchDetail(daemon.url, id))?.state.summary.usage.messages ?? 0;
    expect(await expectReplayed(daemon.url, id)).toBeGreaterThan(2 * 256);

    // The same response again from before its time, as a copy tells it: its sums move with it.
    const messageId = `msg_01${transcript.hex(22)}`;
    const requestId = `req_011C${transcript.hex(20)}`;
    const moved = { usage: { input: 1, output: 11, cacheRead: 7 }, messageId, requestId };
    fs.appendFileSync(file, longWork(transcript, 5) + transcript.reply(moved));
    const { at } = transcript;
    transcript.at -= 1_800_000;
    fs.appendFileSync(file, transcript.reply(moved));
    transcript.at = at;
    fs.appendFileSync(file, reply(transcript, 1));
    await until('the session to go on', async () => {
      const detail = await fetchDetail(daemon.url, id);
      return detail?.state.summary.usage.messages === before + 12;
    });
    let events = 0;
    const sessions = await fetchAllSessions(daemon.url);
    for (const session of sessions) events += await expectReplayed(daemon.url, session.id);
    expect(sessions).toHaveLength(41);
    expect(events).toBeGreaterThan(1_000);
  });

  it.skipIf(!fs.existsSync(CORPUS))(
    'ends in the live state of every session of the corpus',
    { timeout: 120_000 },
    async () => {
      const claudeDir = path.join(tempFolder(defer), '.claude');
      const maker = path.join(CORPUS, 'mkhome.py');
      const args = [maker, path.join(CORPUS, 'transcripts'), path.dirname(claudeDir)];
      await promisify(execFile)('python3', args);
      const daemon = await startDaemon({ claudeDir, dataDir: tempFolder(defer) }, defer);
      await daemon.ready();
      const sessions = await fetchAllSessions(daemon.url);
      for (const { id } of sessions) await expectReplayed(daemon.url, id);
      expect(sessions.length).toBeGreaterThan(100);
    },
  );
});
