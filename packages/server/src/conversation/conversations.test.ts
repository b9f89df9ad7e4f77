import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { passagePageSchema, passageSchema } from '@claude-optimizer/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FoundTranscripts } from '../archive/raw-transcripts.js';
import { MemoryHistory, saying } from '../feed/memory-history.fixture.js';
import { transcriptOf } from '../transcripts/transcript-path.js';
import { Conversations } from './conversations.js';

const ID = '11111111-0000-4000-8000-000000000001';
const MAIN = { thread: 'main' };
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let root: string;
let file: string;
let paths: string[];
let conversations: Conversations;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'conversation-'));
  const project = path.join(root, 'projects', '-w');
  mkdirSync(path.join(project, ID, 'subagents'), { recursive: true });
  file = path.join(project, `${ID}.jsonl`);
  paths = [file];
  const history = new MemoryHistory('own');
  history.commit(...saying(ID, 1));
  const known = () =>
    Promise.resolve(
      paths.flatMap((each) => {
        const found = transcriptOf([root], each);
        return found ? [{ ...found, sessionId: ID }] : [];
      }),
    );
  const forget = () => Promise.resolve();
  const raw = new FoundTranscripts({ folder: root, index: () => null, known, forget });
  conversations = new Conversations(raw, history);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

let uuid = 0;
const line = (record: object) =>
  `${JSON.stringify({ uuid: `u${(uuid += 1)}`, timestamp: '2026-05-01T10:00:00.000Z', ...record })}\n`;
const said = (content: unknown, more: object = {}) =>
  line({ type: 'user', message: { role: 'user', content }, ...more });
const answered = (id: string, block: object) =>
  line({ type: 'assistant', message: { id, model: 'm', content: [block] } });
const use = (id: string, name: string, input: object) =>
  answered(`m-${id}`, { type: 'tool_use', id, name, input });
const result = (id: string, content: unknown, more: object = {}) =>
  said([{ type: 'tool_result', tool_use_id: id, content }], more);
const noSignal = new AbortController().signal;

const page = async (thread = 'main') =>
  passagePageSchema.parse(await conversations.passages(ID, { thread, from: 0, limit: 100 }));

test('follows a transcript as it grows, and says what has changed', async () => {
  writeFileSync(file, said('one') + use('t1', 'Bash', { command: 'ls' }));
  const before = await conversations.outline(ID, MAIN);
  expect(before).toMatchObject({ total: 2, from: 0, changed: [] });
  // A line that isn't whole yet waits.
  const next = result('t1', 'done') + said('two');
  appendFileSync(file, next.slice(0, -10));
  const half = await conversations.outline(ID, { ...MAIN, since: before.revision });
  expect(half).toMatchObject({ total: 2, from: 2, changed: [1] });
  appendFileSync(file, next.slice(-10));
  const after = await conversations.outline(ID, { ...MAIN, since: half.revision });
  expect(after).toMatchObject({ total: 3, from: 2, changed: [], weights: [1] });
  expect((await page()).passages[1]).toMatchObject({ result: { text: { text: 'done' } } });
});

test('a file that was replaced is read anew', async () => {
  writeFileSync(file, said('one') + said('two'));
  const { revision } = await conversations.outline(ID, MAIN);
  writeFileSync(file, said('other') + said('words') + said('here'));
  const after = await conversations.outline(ID, { ...MAIN, since: revision });
  expect(after).toMatchObject({ total: 3, from: 0 });
  expect((await page()).passages[0]).toMatchObject({ text: { text: 'other' } });
});

test('nests subagents under their calls, those without one stand by themselves', async () => {
  const agent = (name: string) =>
    path.join(path.dirname(file), ID, 'subagents', `agent-${name}.jsonl`);
  paths.push(agent('a1'), agent('b2'));
  writeFileSync(agent('a1'), said('Look', { parentUuid: null, isSidechain: true }));
  writeFileSync(agent('b2'), said('Lost', { parentUuid: null, isSidechain: true }));
  const twin = { toolUseResult: { agentId: 'a1', status: 'completed' } };
  writeFileSync(file, use('t1', 'Agent', { prompt: 'Look' }) + result('t1', 'ok', twin));
  expect((await page()).passages).toMatchObject([{ kind: 'tool', threads: ['a1'] }]);
  const { threads } = await conversations.outline(ID, MAIN);
  expect(threads).toMatchObject([
    { id: 'a1', toolUseId: 't1' },
    { id: 'b2', toolUseId: null },
  ]);
  expect((await page('a1')).passages).toMatchObject([{ kind: 'prompt', source: 'agent' }]);
});

test('what the client asked for itself are threads, and say what they were and when', async () => {
  const name = (name: string) => path.join(path.dirname(file), ID, 'subagents', `${name}.jsonl`);
  paths.push(name('agent-aside_question-1'), name('agent-warm'));
  const asked = { isSidechain: true, parentUuid: null };
  writeFileSync(name('agent-aside_question-1'), said('What is a till?', asked));
  writeFileSync(name('agent-warm'), said('Warmup', asked));
  writeFileSync(file, said('one'));
  const { threads } = await conversations.outline(ID, MAIN);
  const startedAt = Date.parse('2026-05-01T10:00:00.000Z');
  expect(threads).toMatchObject([
    { id: 'warm', aside: 'warm-up', startedAt },
    { aside: 'question', description: 'What is a till?', toolUseId: null, startedAt },
  ]);
  expect((await page(threads[1]?.id)).passages).toMatchObject([
    { text: { text: 'What is a till?' } },
  ]);
});

test('tells which passages the person went back behind', async () => {
  const answer = (uuid: string, parentUuid: string) =>
    line({ type: 'assistant', uuid, parentUuid, message: { id: uuid, content: 'x' } });
  writeFileSync(
    file,
    said('one', { uuid: 'p1' }) +
      answer('a1', 'p1') +
      said('two', { uuid: 'p2', parentUuid: 'a1' }) +
      answer('a2', 'p2') +
      said('another two', { uuid: 'p3', parentUuid: 'a1' }),
  );
  expect((await conversations.outline(ID, MAIN)).abandoned).toEqual([{ from: 2, count: 2 }]);
});

test('finds words wherever they stand, and places by uuid or tool', async () => {
  writeFileSync(
    file,
    said('Grüße "an" alle') +
      use('t1', 'Bash', { command: 'echo nothing' }) +
      result('t1', 'a HIDDEN word') +
      'no json\n' +
      said('last', { uuid: 'the-last' }),
  );
  const find = async (q: string) => (await conversations.find(ID, q, noSignal)).hits;
  expect(await find('hidden')).toEqual([{ thread: 'main', index: 1 }]);
  expect(await find('GRÜSSE'.replace('SS', 'ß'))).toEqual([{ thread: 'main', index: 0 }]);
  expect(await find('"an"')).toEqual([{ thread: 'main', index: 0 }]);
  expect(await find('uuid')).toEqual([]);
  const last = { thread: 'main', index: 3 };
  expect(await conversations.locate(ID, { record: 'the-last' })).toEqual(last);
  expect((await conversations.toolUse(ID, 't1')).passage.input).toEqual({
    command: 'echo nothing',
  });
  await expect(conversations.locate(ID, { record: 'none' })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('gives the whole of what a page cuts, the raw record, and pictures that are some', async () => {
  const image = (data: string, media_type = 'image/png') => ({
    type: 'image',
    source: { type: 'base64', media_type, data },
  });
  const script = Buffer.from('<svg onload="x"/>').toString('base64');
  writeFileSync(
    file,
    said([
      { type: 'text', text: 'x'.repeat(10_000) },
      image(PIXEL),
      image(script),
      image(script, 'image/svg+xml'),
    ]),
  );
  const at = { thread: 'main', index: 0 };
  expect((await page()).passages[0]).toMatchObject({ text: { length: 10_000 } });
  const whole = await conversations.passage(ID, at);
  expect(whole.kind === 'prompt' && whole.text.text.length).toBe(10_000);
  expect((await conversations.raw(ID, at)).lines[0]?.text).toContain('"media_type"');
  expect((await conversations.picture(ID, { ...at, n: 0 })).mediaType).toBe('image/png');
  for (const n of [1, 2, 3]) {
    await expect(conversations.picture(ID, { ...at, n })).rejects.toMatchObject({
      code: 'not_found',
    });
  }
});

test('gives every kind of passage that there is, each by its schema', async () => {
  const system = (subtype: string, more: object = {}) => line({ type: 'system', subtype, ...more });
  const synthetic = {
    id: 's1',
    model: '<synthetic>',
    content: [{ type: 'text', text: 'API Error: 500' }],
  };
  writeFileSync(
    file,
    [
      said('typed'),
      line({ type: 'attachment', attachment: { type: 'queued_command', prompt: 'queued' } }),
      line({ type: 'attachment', attachment: { type: 'plan_mode' } }),
      said('<command-name>/review</command-name>'),
      said('<bash-stdout>out</bash-stdout><bash-stderr>err</bash-stderr>'),
      answered('m1', { type: 'thinking', thinking: 'hm' }),
      answered('m1', { type: 'redacted_thinking', data: 'x' }),
      answered('m1', { type: 'text', text: '# Yes' }),
      use('t1', 'Edit', { file_path: '/a', old_string: 'a', new_string: 'b' }),
      result('t1', 'ok', {
        toolUseResult: { structuredPatch: [{ oldStart: 1, newStart: 1, lines: ['-a', '+b'] }] },
      }),
      system('compact_boundary', { compactMetadata: { trigger: 'manual', preTokens: 7 } }),
      said('This session is being continued', { isCompactSummary: true }),
      said('[Request interrupted by user]'),
      system('api_error', { error: { status: 529 }, retryAttempt: 1 }),
      line({ type: 'assistant', isApiErrorMessage: true, message: synthetic }),
      said(
        '<task-notification><status>completed</status><summary>ready</summary></task-notification>',
      ),
      said('<teammate-message teammate_id="ann">hello</teammate-message>'),
      line({ type: 'ai-title', aiTitle: 'Titled' }),
      line({ type: 'of-tomorrow' }),
      'no json\n',
    ].join(''),
  );
  const kinds = new Set((await page()).passages.map(({ kind }) => kind));
  const all = passageSchema.options.map(({ shape }) => shape.kind.value);
  expect([...kinds].sort()).toEqual([...all].sort());
});

test('gives a long text and a long line piece by piece', async () => {
  const text = 'ä🙂'.repeat(300_000);
  writeFileSync(file, said(text) + `${'x'.repeat(10)}\n`);
  const at = { thread: 'main', index: 0 };
  const whole = async (upTo: number) => {
    const passage = await conversations.passage(ID, { ...at, upTo });
    return passage.kind === 'prompt' ? passage.text : null;
  };
  expect(await whole(400_000)).toMatchObject({ length: 900_000 });
  expect((await whole(400_000))?.text).toHaveLength(400_000);
  expect((await whole(1_200_000))?.text).toBe(text);
  let read = '';
  let bytes = 1;
  for (let from = 0; from < bytes;) {
    const [line] = (await conversations.raw(ID, { ...at, from })).lines;
    if (!line) throw new Error('no line');
    read += line.text;
    from = line.end;
    bytes = line.bytes;
  }
  expect(read).toContain(text);
  expect(() => JSON.parse(read) as unknown).not.toThrow();
});

test('a page of big passages has fewer of them, and each is there', async () => {
  writeFileSync(file, Array.from({ length: 60 }, () => said('y'.repeat(6_000))).join(''));
  const first = await page();
  expect(first.passages.length).toBeGreaterThan(10);
  expect(first.passages.length).toBeLessThan(60);
  const from = first.passages.length;
  const rest = await conversations.passages(ID, { thread: 'main', from, limit: 100 });
  expect(rest.passages[0]?.index).toBe(from);
});

test('says what is missing', async () => {
  await expect(conversations.outline('nobody', MAIN)).rejects.toMatchObject({ code: 'not_found' });
  await expect(conversations.outline(ID, MAIN)).rejects.toMatchObject({
    message: 'The transcript of this session is gone.',
  });
});

test('gives the beginning of a long transcript before the rest is read', async () => {
  const long = Array.from({ length: 300 }, (_, n) => said(`number ${String(n)}`));
  writeFileSync(file, long.slice(0, -1).join('') + use('t1', 'Bash', {}) + long.slice(-1).join(''));
  const begins = await conversations.outline(ID, { ...MAIN, enough: 10 });
  expect(begins).toMatchObject({ whole: false, total: 10, from: 0 });
  expect((await conversations.passages(ID, { ...MAIN, from: 8, limit: 4 })).passages).toHaveLength(
    4,
  );
  // Nobody is told of a beginning that others have read on.
  const again = await conversations.outline(ID, { ...MAIN, enough: 11 });
  expect(again).toMatchObject({ whole: false, total: 200 });
  const rest = await conversations.outline(ID, { ...MAIN, since: begins.revision });
  expect(rest).toMatchObject({ whole: true, total: 301, from: 10, changed: [] });
  expect(rest.times).toHaveLength(291);
  // Once it was read to its end, what comes later is part of it.
  appendFileSync(file, result('t1', 'done') + said('last'));
  const grown = await conversations.outline(ID, { ...MAIN, enough: 10 });
  expect(grown).toMatchObject({ whole: true, total: 302 });
});

test('has the result of the last call on a page, however little was read before', async () => {
  writeFileSync(file, said('one') + use('t1', 'Bash', {}) + result('t1', 'done') + said('two'));
  expect(await conversations.outline(ID, { ...MAIN, enough: 1 })).toMatchObject({ total: 1 });
  const { passages } = await conversations.passages(ID, { ...MAIN, from: 0, limit: 2 });
  expect(passages[1]).toMatchObject({ result: { text: { text: 'done' } } });
});

test('says of a short transcript that its beginning is all', async () => {
  writeFileSync(file, said('one') + said('two'));
  expect(await conversations.outline(ID, { ...MAIN, enough: 2 })).toMatchObject({
    ...{ whole: true, total: 2 },
  });
  expect(await conversations.outline(ID, { ...MAIN, enough: 200 })).toMatchObject({ whole: true });
});
