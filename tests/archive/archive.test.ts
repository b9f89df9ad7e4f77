import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { newSession, reply, watch } from '../indexing/watched.js';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { Transcript } from '../support/transcript.js';
import { archiveStatus, bytesIn, cli, failing, hashes, untilKept, type Folders } from './kept.js';

const defer = undoAfter('each');

/** A session with subagents in both layouts, as files and as one growing transcript. */
function sessionWithAgents(project: string) {
  const { id, file, transcript } = newSession(project);
  let lines = transcript.prompt('Begin');
  for (let n = 0; n < 40; n += 1) lines += reply(transcript, 10);
  fs.writeFileSync(file, lines);
  const agent = (agentId: string) => new Transcript({ sessionId: id, agentId });
  const [own, beside] = [agent('a1b2c3d'), agent('e5f6a7b')];
  const folder = path.join(project, id, 'subagents');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'agent-a1b2c3d.jsonl'), own.prompt('Look') + reply(own, 3));
  fs.writeFileSync(
    path.join(project, 'agent-e5f6a7b.jsonl'),
    beside.prompt('Search') + reply(beside, 4),
  );
  return { id, file, transcript };
}

/** Restores sessions into a folder of their own, and hashes what stands there. */
async function restored(folders: Folders, ...ids: string[]) {
  const to = tempFolder(defer);
  await cli(folders, 'archive', 'restore', ...ids, '--to', to);
  return hashes(to);
}

it('keeps every byte of a session and its subagents as they grow, when Claude Code deletes them', async () => {
  const { claudeDir, dataDir, project, daemon } = await watch(defer);
  const { id, file, transcript } = sessionWithAgents(project);
  await untilKept(daemon.url, bytesIn(claudeDir));
  fs.appendFileSync(file, reply(transcript, 7) + transcript.prompt('Go on — with “ümläuts” 🙂'));
  const status = await untilKept(daemon.url, bytesIn(claudeDir));
  expect(status).toMatchObject({ files: 3, sessions: 1, onlyHere: 0, problem: null });
  expect(status.bytes).toBeLessThan(status.rawBytes / 2);
  const before = hashes(claudeDir);

  fs.rmSync(path.join(claudeDir, 'projects'), { recursive: true });
  expect(await restored({ claudeDir, dataDir }, id)).toEqual(before);
  // Without a daemon it's the same, and where nothing stands it goes back to its place.
  await daemon.stop();
  expect(await restored({ claudeDir, dataDir }, id.slice(0, 8))).toEqual(before);
  await cli({ claudeDir, dataDir }, 'archive', 'restore', id);
  expect(hashes(claudeDir)).toEqual(before);
  const again: unknown = JSON.parse(
    await cli({ claudeDir, dataDir }, 'archive', 'restore', id, '--json'),
  );
  expect(again).toMatchObject({ files: Array.from({ length: 3 }, () => ({ outcome: 'stands' })) });
});

it('keeps what stood in a file before it was replaced', async () => {
  const { claudeDir, dataDir, project, daemon } = await watch(defer);
  const { id, file, transcript } = newSession(project);
  const first = transcript.prompt('First') + reply(transcript, 1);
  fs.writeFileSync(file, first);
  await untilKept(daemon.url, first.length);
  const second = transcript.prompt('Second, and another one') + reply(transcript, 2);
  fs.writeFileSync(`${file}.new`, second);
  fs.renameSync(`${file}.new`, file);
  await untilKept(daemon.url, first.length + second.length);
  const to = tempFolder(defer);
  await cli({ claudeDir, dataDir }, 'archive', 'restore', id, '--to', to, '--replaced');
  const copy = path.join(to, path.relative(claudeDir, file));
  expect(fs.readFileSync(copy, 'utf8')).toBe(second);
  expect(fs.readFileSync(`${copy}.1`, 'utf8')).toBe(first);
});

it('gives up the oldest when asked, and what is only here when that is asked, too', async () => {
  const { claudeDir, dataDir, project, daemon } = await watch(defer);
  const folders = { claudeDir, dataDir };
  const sessions = ['gone', 'old', 'new'].map((name, days) => {
    const session = newSession(project);
    fs.writeFileSync(session.file, session.transcript.prompt(name) + reply(session.transcript, 5));
    const changed = new Date(Date.now() - (3 - days) * 86_400_000 * 10);
    fs.utimesSync(session.file, changed, changed);
    return session;
  });
  const [gone, old] = sessions.map(({ id }) => id);
  await untilKept(daemon.url, bytesIn(claudeDir));
  fs.rmSync(sessions[0]?.file ?? '');
  const prune = async (...args: string[]) =>
    JSON.parse(await cli(folders, 'archive', 'prune', '--json', ...args)) as unknown;
  const only = (sessionId: string | undefined) => ({ sessions: [{ sessionId }] });

  expect(await prune('--older-than', '15d', '--dry-run')).toMatchObject({
    ...only(old),
    spared: 1,
  });
  expect(await prune('--older-than', '15d')).toMatchObject({ ...only(old), spared: 1 });
  expect(await archiveStatus(daemon.url)).toMatchObject({ sessions: 2, onlyHere: 1 });
  await daemon.stop();
  expect(await prune('--older-than', '15', '--gone')).toMatchObject({ ...only(gone), spared: 0 });
  expect((await failing(folders, 'archive', 'restore', gone ?? '')).stderr).toContain(
    'Nothing is kept',
  );
  expect((await failing(folders, 'archive', 'prune')).stderr).toContain('--older-than 90d');

  // What was given up isn't kept again before it grows.
  const second = await startDaemon(folders, defer);
  await second.ready();
  const [, grown, fresh] = sessions;
  const lengthOf = (file = '') => fs.statSync(file).size;
  await untilKept(second.url, lengthOf(fresh?.file));
  if (grown) fs.appendFileSync(grown.file, reply(grown.transcript, 6));
  await untilKept(second.url, lengthOf(fresh?.file) + lengthOf(grown?.file));
});

it('keeps nothing when switched off, nor in a demo', async () => {
  const claudeDir = path.join(tempFolder(defer), '.claude');
  const dataDir = tempFolder(defer);
  fs.writeFileSync(path.join(dataDir, 'config.json'), '{"archive":{"keep":false}}');
  const daemon = await startDaemon({ claudeDir, dataDir, args: ['--demo'] }, defer);
  await daemon.ready();
  expect(await archiveStatus(daemon.url)).toMatchObject({ state: 'off', files: 0 });
  expect(fs.existsSync(path.join(dataDir, 'archive'))).toBe(false);
  await daemon.stop();
  fs.writeFileSync(path.join(dataDir, 'config.json'), '{}');
  const second = await startDaemon({ claudeDir, dataDir, args: ['--demo'] }, defer);
  await second.ready();
  expect(await archiveStatus(second.url)).toMatchObject({ files: 0 });
});
