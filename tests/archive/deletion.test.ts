import fs from 'node:fs';
import path from 'node:path';
import {
  deletionSchema,
  errorBodySchema,
  sessionListSchema,
  usageReportSchema,
} from '@claude-optimizer/protocol';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { newSession, reply, watch } from '../indexing/watched.js';
import { fetchDetail, fetchSnapshot } from '../support/api.js';
import { undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { follow } from '../support/follower.js';
import { until } from '../support/until.js';
import { archiveStatus, bytesIn, cli, hashes, post, untilKept } from './kept.js';

const defer = undoAfter('each');
const SECRET = 'the horse is called Zanzibar';

async function twoSessions() {
  const watched = await watch(defer);
  const write = (text: string, tokens: number) => {
    const session = newSession(watched.project);
    const { file, transcript } = session;
    fs.writeFileSync(file, transcript.prompt(text) + reply(transcript, tokens));
    return session;
  };
  const [wanted, other] = [write(SECRET, 100), write('Something else', 7)];
  await watched.responses(wanted.id, 1);
  await watched.responses(other.id, 1);
  await untilKept(watched.daemon.url, bytesIn(watched.claudeDir));
  return { ...watched, wanted, other };
}

const listed = async (url: string) => {
  const answer: unknown = await (await fetch(`${url}/api/sessions`)).json();
  return sessionListSchema.parse(answer).sessions.map(({ id }) => id);
};
const output = async (url: string) => {
  const answer: unknown = await (await fetch(`${url}/api/usage`)).json();
  return usageReportSchema
    .parse(answer)
    .rows.reduce((sum, { outputTokens }) => sum + outputTokens, 0);
};
const today = async (url: string) => (await fetchSnapshot(url)).today.usage.outputTokens;

it('takes a session out of everything at once, and puts it back with what came meanwhile', async () => {
  const { daemon, wanted, other, responses } = await twoSessions();
  const { url } = daemon;
  const page = await follow(url, defer);
  const answer = await post(url, `/api/sessions/${wanted.id}/delete`);
  expect(deletionSchema.parse(await answer.json()).sessionId).toBe(wanted.id);
  expect(await listed(url)).toEqual([other.id]);
  expect(await fetchDetail(url, wanted.id)).toBeNull();
  expect([await today(url), await output(url)]).toEqual([7, 7]);
  // Pages that are open forget it.
  await until('another snapshot', () => page.snapshots.length > 1);
  expect(page.snapshots.at(-1)?.active.map(({ id }) => id)).toEqual([other.id]);
  expect(page.snapshots.at(-1)?.epoch).not.toBe(page.snapshots[0]?.epoch);
  // What is written now isn't taken in; a later line of the other is.
  fs.appendFileSync(wanted.file, reply(wanted.transcript, 50));
  fs.appendFileSync(other.file, reply(other.transcript, 1));
  expect(await responses(other.id, 2)).toBe(8);
  expect((await post(url, `/api/sessions/${wanted.id}/delete`)).status).toBe(404);
  expect((await post(url, `/api/sessions/${wanted.id}/end`)).status).toBe(404);

  expect((await post(url, `/api/sessions/${wanted.id}/undelete`)).status).toBe(204);
  expect(await responses(wanted.id, 2)).toBe(150);
  expect([await today(url), await output(url)]).toEqual([158, 158]);
  expect((await listed(url)).sort()).toEqual([wanted.id, other.id].sort());
});

it('removes every trace when the time to undo is over, also over a restart, and reads it no more', async () => {
  const { claudeDir, dataDir, daemon, wanted, other } = await twoSessions();
  await post(daemon.url, `/api/sessions/${wanted.id}/delete`);
  await daemon.stop('SIGKILL');
  // As if the undo time had passed while it was away.
  const store = new Database(path.join(dataDir, 'optimizer.db'));
  store.prepare('update deleted_sessions set at = at - 60000').run();
  store.close();
  const before = hashes(claudeDir);
  const second = await startDaemon({ claudeDir, dataDir }, defer);
  await second.ready();
  await until(
    'the archive to forget it',
    async () => (await archiveStatus(second.url)).sessions === 1,
  );
  await until('the store to forget it', () => removedAt(dataDir, wanted.id));
  const refusal = await post(second.url, `/api/sessions/${wanted.id}/undelete`);
  expect(errorBodySchema.parse(await refusal.json()).error.fix).toContain('30 seconds');
  fs.appendFileSync(wanted.file, wanted.transcript.prompt(SECRET) + reply(wanted.transcript, 9));
  fs.appendFileSync(other.file, reply(other.transcript, 1));
  await until('the other to go on', async () => (await today(second.url)) === 8);
  expect(await listed(second.url)).toEqual([other.id]);
  await second.stop();
  expect(filesWith(dataDir, SECRET)).toEqual([]);

  // Neither the next start nor a report without a daemon takes it in again.
  const report = await cli({ claudeDir, dataDir }, 'report', 'daily', '--json');
  expect(JSON.stringify(JSON.parse(report))).toContain('"outputTokens":8');
  const third = await startDaemon({ claudeDir, dataDir }, defer);
  await third.ready();
  expect(await listed(third.url)).toEqual([other.id]);
  expect(await today(third.url)).toBe(8);
  expect(filesWith(dataDir, SECRET)).toEqual([]);
  // Claude Code's own files stand as they are.
  expect(Object.keys(hashes(claudeDir))).toEqual(Object.keys(before));
});

it('leaves a hidden session out of lists, but not out of sums', async () => {
  const { daemon, wanted, other } = await twoSessions();
  const { url } = daemon;
  expect((await post(url, `/api/sessions/${wanted.id}/hide`)).status).toBe(204);
  expect(await listed(url)).toEqual([other.id]);
  expect([await today(url), await output(url)]).toEqual([107, 107]);
  fs.appendFileSync(wanted.file, reply(wanted.transcript, 3));
  await until('it to go on', async () => (await today(url)) === 110);
  expect(await listed(url)).toEqual([other.id]);
  expect((await fetchDetail(url, wanted.id))?.state.summary.usage.outputTokens).toBe(103);
  expect((await post(url, `/api/sessions/${wanted.id}/unhide`)).status).toBe(204);
  expect(await listed(url)).toContain(wanted.id);
  expect((await post(url, '/api/sessions/unknown/hide')).status).toBe(404);
  expect((await fetch(`${url}/api/sessions/${wanted.id}/delete`, { method: 'POST' })).status).toBe(
    403,
  );
});

function removedAt(dataDir: string, id: string): unknown {
  const store = new Database(path.join(dataDir, 'optimizer.db'), { readonly: true });
  try {
    const row = store.prepare('select removed_at from deleted_sessions where id = ?');
    return row.pluck().get(id);
  } finally {
    store.close();
  }
}

/** Files of the data folder in which a text stands as it is. */
function filesWith(folder: string, text: string): string[] {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => {
    const file = path.join(folder, name);
    return fs.statSync(file).isFile() && fs.readFileSync(file).includes(text);
  });
}
