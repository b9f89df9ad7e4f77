import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FoundTranscripts } from '../archive/raw-transcripts.js';
import type { FollowedFile } from '../transcripts/transcript-path.js';
import { Search } from './search.js';
import { Searching } from './searching.js';

const A = 'aaaaaaaa-0000-4000-8000-000000000001';
const B = 'bbbbbbbb-0000-4000-8000-000000000002';
const AT = Date.UTC(2026, 10, 27, 12);

let folder = '';
let search: Search;
let now = AT;
let all: FollowedFile[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'search-'));
  await mkdir(path.join(folder, 'projects/-p'), { recursive: true });
  now = AT;
  search = open();
});
afterEach(async () => {
  await search.close();
  await rm(folder, { recursive: true, force: true });
});

const open = () =>
  new Search({
    ...{ file: path.join(folder, 'search.db'), archive: path.join(folder, 'archive') },
    ...{ all: () => Promise.resolve(all), now: () => now, log: pino({ level: 'silent' }) },
  });
const begin = (files: FollowedFile[]) => {
  all = files;
  return search.begin();
};
const fileOf = (id: string): FollowedFile => ({
  ...{ path: path.join(folder, 'projects/-p', `${id}.jsonl`), root: folder },
  ...{ sessionId: id, role: 'main', agentId: null },
});
const line = (uuid: string, record: object) =>
  `${JSON.stringify({ uuid, timestamp: new Date(AT).toISOString(), ...record })}\n`;
const prompt = (uuid: string, content: string) =>
  line(uuid, { type: 'user', message: { role: 'user', content } });
const call = (uuid: string, name: string, input: object) =>
  line(uuid, {
    type: 'assistant',
    message: { role: 'assistant', content: [{ type: 'tool_use', id: uuid, name, input }] },
  });
const write = (id: string, ...lines: string[]) => writeFile(fileOf(id).path, lines.join(''));
const idle = () => expect.poll(() => search.state().state).toBe('idle');

async function found(text: string) {
  const transcripts = new FoundTranscripts({
    folder: path.join(folder, 'archive'),
    index: () => null,
    known: () => Promise.resolve([]),
    forget: () => Promise.resolve(),
  });
  const searching = new Searching({
    ...{ reader: () => search.reader(), transcripts },
    ...{ state: () => search.state(), now: () => now },
  });
  const { scope, hitsOf } = searching.ask(text);
  const ids = scope.among?.ids ?? [];
  const hits = await hitsOf(ids);
  return ids.map((id) => ({ id, ...hits.get(id) }));
}

it('indexes what there is and what comes, and leads to the record', async () => {
  await write(A, prompt('u1', 'Why is the café closed?'), call('u2', 'Bash', { command: 'npm t' }));
  await write(B, call('u3', 'Edit', { file_path: '/src/auth.ts', new_string: 'café' }));
  await begin([fileOf(A), fileOf(B)]);
  await idle();
  expect(search.state()).toMatchObject({ sessionsDone: 2, sessionsTotal: 2, problem: null });
  const [first, second] = await found('cafe');
  expect(first).toMatchObject({ id: A, hitsTotal: 1, hits: [{ kind: 'prompt', recordId: 'u1' }] });
  expect(first?.hits?.[0]?.snippet).toEqual({ text: 'Why is the café closed?', marks: [[11, 15]] });
  expect(second).toMatchObject({ id: B, hits: [{ kind: 'input', tool: 'Edit', at: AT }] });
  expect(await found('file:auth')).toMatchObject([
    { id: B, hits: [{ snippet: { text: '/src/auth.ts', marks: [[5, 9]] } }] },
  ]);
  expect(await found('tool:bash npm')).toMatchObject([{ id: A }]);

  const whole = prompt('u4', 'And the bakery?');
  await appendFile(fileOf(A).path, whole.slice(0, 40));
  search.changed(fileOf(A));
  now += 2_000;
  await idle();
  expect(await found('bakery ')).toEqual([]);
  await appendFile(fileOf(A).path, whole.slice(40));
  search.changed(fileOf(A));
  now += 2_000;
  await expect.poll(async () => (await found('bakery '))[0]?.hits?.[0]?.recordId).toBe('u4');
  expect((await found('cafe'))[0]?.hitsTotal).toBe(1);
});

it('goes on after a restart, and begins a replaced file anew', async () => {
  await write(A, prompt('u1', 'wombat'));
  await begin([fileOf(A)]);
  await idle();
  await search.close();
  await appendFile(fileOf(A).path, prompt('u2', 'wombat again'));
  await write(B, prompt('u3', 'wombat too'));
  search = open();
  await begin([fileOf(A), fileOf(B)]);
  await idle();
  expect((await found('wombat')).map(({ hitsTotal }) => hitsTotal).sort()).toEqual([1, 2]);
  await search.close();
  await write(
    A,
    prompt('u9', 'quokka and much more than there was in this file before it'.repeat(4)),
  );
  search = open();
  // Of a session that isn't there any more nothing is kept.
  await begin([fileOf(A)]);
  await idle();
  expect(await found('wombat')).toEqual([]);
  expect(await found('quokka ')).toMatchObject([{ id: A, hitsTotal: 1 }]);
});

it('reads lines of any length, wherever they stand in what is read at once', async () => {
  const texts = Array.from({ length: 160 }, (_, n) => {
    // A prime of letters each, and three that are longer than what is read at once.
    const length = n % 60 === 30 ? 40_000 * n : 24_007;
    return `${`r${String(n)}x `.repeat(3)}${'filler wörd '.repeat(length / 12)}`;
  });
  const said = (n: number, text: string) =>
    line(`u${String(n)}`, {
      type: 'assistant',
      message: { model: 'm', content: [{ type: 'text', text }] },
    });
  await write(A, ...texts.map((text, n) => said(n, text)));
  await begin([fileOf(A)]);
  await idle();
  for (const n of [0, 29, 30, 31, 90, 91, 150, 159]) {
    const [session] = await found(`r${String(n)}x `);
    expect(session).toMatchObject({ hitsTotal: 1, hits: [{ recordId: `u${String(n)}` }] });
  }
  expect((await found('filler '))[0]?.hitsTotal).toBe(160);
});

it('forgets a session, and shows no snippet of a transcript that is gone', async () => {
  await write(A, prompt('u1', 'wombat'));
  await write(B, prompt('u2', 'wombat'));
  await begin([fileOf(A), fileOf(B)]);
  await idle();
  await search.forget(A);
  await rm(fileOf(B).path);
  expect(await found('wombat ')).toMatchObject([
    { id: B, hitsTotal: 1, hits: [{ kind: 'prompt', at: AT, snippet: null }] },
  ]);
});

it('says what is in the way and leaves the rest alone', async () => {
  await search.close();
  await writeFile(
    path.join(folder, 'search.db'),
    'not a database, but long enough to be one'.repeat(99),
  );
  search = open();
  await write(A, prompt('u1', 'wombat'));
  await begin([fileOf(A)]);
  await expect.poll(() => search.state().state).toBe('failed');
  expect(search.state().problem).toContain('search.db');
});
