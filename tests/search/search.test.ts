import fs from 'node:fs';
import path from 'node:path';
import { errorBodySchema, sessionListSchema, type SessionList } from '@claude-optimizer/protocol';
import { expect, it } from 'vitest';
import { bytesIn, cli, failing, post, untilKept } from '../archive/kept.js';
import { newSession, reply, watch } from '../indexing/watched.js';
import { undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { until } from '../support/until.js';

const defer = undoAfter('each');

async function list(url: string, query: Record<string, string>): Promise<SessionList> {
  const params = new URLSearchParams({ sort: 'relevance', ...query });
  const response = await fetch(`${url}/api/sessions?${params.toString()}`);
  return sessionListSchema.parse(await response.json());
}

function found(url: string, search: string, ids: readonly string[]) {
  return until(`${search} in ${String(ids.length)} sessions`, async () => {
    const { sessions } = await list(url, { search });
    const same =
      sessions
        .map(({ id }) => id)
        .sort()
        .join() === [...ids].sort().join();
    return same ? { sessions } : false;
  });
}

async function searched() {
  const watched = await watch(defer);
  const write = (text: string) => {
    const session = newSession(watched.project);
    fs.writeFileSync(session.file, session.transcript.prompt(text) + reply(session.transcript, 5));
    return session;
  };
  const horse = write('The horse is called Zanzibar');
  const donkey = write('The donkey is called Zanzibar, too');
  await found(watched.daemon.url, 'zanzibar ', [horse.id, donkey.id]);
  return { ...watched, horse, donkey };
}

it('finds what was said as it is said, and says what it can’t understand', async () => {
  const { daemon, horse, donkey } = await searched();
  fs.appendFileSync(horse.file, horse.transcript.prompt('Feed it oats'));
  const { sessions } = await found(daemon.url, 'oats -donkey', [horse.id]);
  const [hit] = sessions[0]?.hits ?? [];
  expect(hit).toMatchObject({ kind: 'prompt', snippet: { text: 'Feed it oats' } });
  const line = fs.readFileSync(horse.file).subarray(hit?.byteOffset).toString().split('\n')[0];
  expect(JSON.parse(line ?? '')).toMatchObject({ uuid: hit?.recordId });
  expect((await list(daemon.url, { search: 'zanzibar cost:>100' })).total).toBe(0);
  expect((await list(daemon.url, { search: '-oats', facets: 'true' })).sessions).toMatchObject([
    { id: donkey.id },
  ]);
  const wrong = await fetch(`${daemon.url}/api/sessions?search=${encodeURIComponent('x cost:y')}`);
  expect(wrong.status).toBe(400);
  const { error } = errorBodySchema.parse(await wrong.json());
  expect(error.message).toContain('at character 3');
});

it('finds what Claude Code has deleted, and nothing that was deleted here', async () => {
  const { daemon, horse, donkey, ...folders } = await searched();
  await untilKept(daemon.url, bytesIn(folders.claudeDir));
  fs.rmSync(horse.file);
  await daemon.stop();
  // Nothing but the archive is left to make the index of.
  for (const end of ['', '-wal', '-shm']) {
    fs.rmSync(path.join(folders.dataDir, `search.db${end}`), { force: true });
  }
  const again = await startDaemon(folders, defer);
  await again.ready();
  const { sessions } = await found(again.url, '"horse is called"', [horse.id]);
  expect(sessions[0]?.hits?.[0]?.snippet?.text).toBe('The horse is called Zanzibar');
  await found(again.url, 'zanzibar ', [horse.id, donkey.id]);
  const listed = JSON.parse(
    await cli(folders, 'sessions', 'search', 'donkey', '--json'),
  ) as unknown;
  expect(sessionListSchema.parse(listed).sessions).toMatchObject([{ id: donkey.id }]);
  expect((await post(again.url, `/api/sessions/${horse.id}/delete`)).status).toBe(200);
  await found(again.url, 'zanzibar ', [donkey.id]);
  await again.stop();

  // Without a daemon, too.
  expect(await cli(folders, 'sessions', 'search', 'zanzibar')).toMatch(
    /donkey is called Zanzibar/u,
  );
  expect(await cli(folders, 'sessions')).toMatch(/1 session\n$/u);
  expect(await cli(folders, 'sessions', 'show', donkey.id.slice(0, 8))).toContain(donkey.id);
  expect((await failing(folders, 'sessions', 'show', horse.id)).stderr).toContain('no session');
  expect((await failing(folders, 'sessions', 'end', donkey.id)).stderr).toContain('No daemon runs');
  expect((await failing(folders, 'sessions', 'search', 'status:x')).stderr).toContain(
    'character 1',
  );
});
