import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { inRepo } from '../../scripts/lib/places.mjs';
import { fetchAllEvents, fetchDetail } from '../support/api.js';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { health, startDaemon } from '../support/daemon.js';
import { readStored } from '../support/stored.js';
import { until } from '../support/until.js';
import { newSession, reply, watch } from './watched.js';

const defer = undoAfter('each');
const BUILD = inRepo('packages/cli/build');

it('reads no byte twice: what was read may turn to rubbish', async () => {
  const { claudeDir, dataDir, project, daemon, responses } = await watch(defer);
  const { id, file, transcript } = newSession(project);
  fs.writeFileSync(file, transcript.prompt('Begin'));
  for (let n = 0; n < 200; n += 1) fs.appendFileSync(file, reply(transcript, 10));
  expect(await responses(id, 200)).toBe(2_000);
  await daemon.stop();
  const before = readStored(dataDir);

  // All but the end of what was read is overwritten; only a second reading could notice.
  const { atime, mtime, size } = fs.statSync(file);
  const rubbish = fs.openSync(file, 'r+');
  fs.writeSync(rubbish, Buffer.alloc(size - 8_192, 'rubbish\n'));
  fs.closeSync(rubbish);
  fs.utimesSync(file, atime, mtime);

  const second = await startDaemon({ claudeDir, dataDir }, defer);
  await second.ready();
  expect(readStored(dataDir)).toEqual(before);
  fs.appendFileSync(file, reply(transcript, 11));
  const grown = await fetchWhen(second.url, id, 201);
  expect(grown.state.summary.usage.outputTokens).toBe(2_011);
  expect((await health(second.url)).malformedLines).toBe(0);
});

it('catches up with what happened while it was away', async () => {
  const { claudeDir, dataDir, project, daemon, responses } = await watch(defer);
  const kept = newSession(project);
  fs.writeFileSync(kept.file, kept.transcript.prompt('Begin') + reply(kept.transcript, 10));
  await responses(kept.id, 1);
  expect(await daemon.stop('SIGINT')).toBe(0);

  fs.appendFileSync(kept.file, reply(kept.transcript, 20));
  const added = newSession(path.join(claudeDir, 'projects', '-home-dev-later'));
  fs.mkdirSync(path.dirname(added.file));
  fs.writeFileSync(added.file, added.transcript.prompt('Begin') + reply(added.transcript, 5));

  const second = await startDaemon({ claudeDir, dataDir }, defer);
  await second.ready();
  expect((await fetchWhen(second.url, kept.id, 2)).state.summary.usage.outputTokens).toBe(30);
  expect((await fetchWhen(second.url, added.id, 1)).state.summary.usage.outputTokens).toBe(5);
  const starts = (await fetchAllEvents(second.url, kept.id)).filter(
    ({ type }) => type === 'session:start',
  );
  expect(starts).toHaveLength(1);
});

it.each(['SIGINT', 'SIGTERM'] as const)(
  'ends by %s within two seconds while it indexes, and goes on where it was',
  async (signal) => {
    const claudeDir = path.join(tempFolder(defer), '.claude');
    const project = path.join(claudeDir, 'projects', '-home-dev-shop');
    fs.mkdirSync(project, { recursive: true });
    let expected = 0;
    for (let n = 0; n < 300; n += 1) {
      const { file, transcript } = newSession(project);
      let lines = transcript.prompt('Begin');
      for (let m = 0; m < 40; m += 1) lines += reply(transcript, 1);
      expected += 40;
      fs.writeFileSync(file, lines);
    }
    const dataDir = tempFolder(defer);
    const daemon = await startDaemon({ claudeDir, dataDir }, defer);
    const asked = Date.now();
    expect(await daemon.stop(signal)).toBe(0);
    expect(Date.now() - asked).toBeLessThan(2_000);
    const second = await startDaemon({ claudeDir, dataDir }, defer);
    await second.ready();
    await second.stop();
    expect(readStored(dataDir).usage).toHaveLength(expected);
  },
);

function fetchWhen(url: string, id: string, messages: number) {
  return until(`${messages} responses`, async () => {
    const detail = await fetchDetail(url, id);
    return detail?.state.summary.usage.messages === messages ? detail : null;
  });
}

it('starts with what V8 has kept of the command, and keeps nothing anew', async () => {
  const kept = () =>
    fs
      .readdirSync(BUILD)
      .filter((name) => /^main\.js\.\d+\.compiled$/u.test(name))
      .map((name) => ({ name, at: fs.statSync(path.join(BUILD, name)).mtimeMs }));
  const { daemon } = await watch(defer);
  await daemon.stop();
  const before = kept();
  expect(before).toHaveLength(1);
  const { daemon: second } = await watch(defer);
  await second.stop();
  expect(kept()).toEqual(before);
});
