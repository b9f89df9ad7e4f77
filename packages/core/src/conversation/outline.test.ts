import { expect, test } from 'vitest';
import { parseLine } from '../transcript/parse-line.js';
import { PAGE_BOUNDS } from './bounds.js';
import { emptyOutline, MAIN, outlineLine, type FileOutline } from './outline.js';
import { partAt, passageOf } from './passage.js';

let uuid = 0;
const line = (record: object) =>
  JSON.stringify({ uuid: `u${(uuid += 1)}`, timestamp: '2026-05-01T10:00:00.000Z', ...record });
const said = (content: unknown, more: object = {}) =>
  line({ type: 'user', message: { role: 'user', content }, ...more });
const answered = (id: string, block: object, more: object = {}) =>
  line({
    type: 'assistant',
    message: { id, model: 'claude-opus-4-5-20251101', content: [block] },
    ...more,
  });
const used = (id: string, name: string, input: object) => ({ type: 'tool_use', id, name, input });
const result = (id: string, content: unknown, more: object = {}) =>
  said([{ type: 'tool_result', tool_use_id: id, content, ...more }]);

function outlined(lines: readonly string[], isAgent = false): FileOutline {
  const outline = emptyOutline(isAgent);
  let byte = 0;
  for (const text of lines) {
    outlineLine(outline, parseLine(text), { byte, bytes: text.length });
    byte += text.length + 1;
  }
  return outline;
}

/** The passages of a thread as they'd be shown. */
function shown(lines: readonly string[], thread = MAIN, isAgent = false) {
  const text = lines.join('\n');
  const at = ({ byte, bytes }: { byte: number; bytes: number }) =>
    parseLine(text.slice(byte, byte + bytes)).records;
  const { passages } = outlined(lines, isAgent).threads.get(thread) ?? { passages: [] };
  return passages.map((passage, index) => {
    const inAgent = isAgent || thread !== MAIN;
    const part = partAt(at(passage.place), passage.place, inAgent);
    const place = passage.tool?.result?.place;
    const found = place ? partAt(at(place), place, inAgent) : null;
    const own = found?.kind === 'result' ? found : null;
    return passageOf(passage, index, { part, result: own, threads: [] }, PAGE_BOUNDS);
  });
}
const kinds = (lines: readonly string[]) => shown(lines).map(({ kind }) => kind);

test('one response in several lines is one answer, and its calls have their results', () => {
  const passages = shown([
    said('fix it'),
    answered('m1', { type: 'thinking', thinking: 'hm', signature: 'x' }),
    answered('m1', { type: 'text', text: 'I look.' }),
    answered('m1', used('t1', 'Bash', { command: 'ls' })),
    answered('m1', used('t2', 'Read', { file_path: '/a' })),
    result('t2', 'no such file', { is_error: true }),
    result('t1', [{ type: 'text', text: 'a b' }]),
    answered('m2', { type: 'text', text: 'Done.' }),
  ]);
  expect(passages.map(({ kind }) => kind)).toEqual([
    'prompt',
    'thinking',
    'text',
    'tool',
    'tool',
    'text',
  ]);
  expect(passages.map((passage) => 'opens' in passage && passage.opens)).toEqual([
    false,
    true,
    false,
    false,
    false,
    true,
  ]);
  expect(passages[3]).toMatchObject({
    name: 'Bash',
    label: 'ls',
    result: { outcome: 'ok', text: { text: 'a b', length: 3 } },
  });
  expect(passages[4]).toMatchObject({ result: { outcome: 'error' } });
});

test('tells what was typed from what the client put in', () => {
  const passages = shown([
    said('<command-name>/review</command-name><command-args>now</command-args>'),
    said('<local-command-stdout>done</local-command-stdout>'),
    said('<bash-input>ls</bash-input>'),
    said('<bash-stdout>a</bash-stdout><bash-stderr>b</bash-stderr>'),
    said('<system-reminder>remember</system-reminder>'),
    said('skill text', { isMeta: true }),
    said('[Request interrupted by user for tool use]'),
    said(
      '<task-notification><status>completed</status><summary>ready</summary></task-notification>',
    ),
    said('<teammate-message teammate_id="ann" color="red">hello</teammate-message>'),
    said('This session is being continued…', { isCompactSummary: true }),
    line({ type: 'attachment', attachment: { type: 'queued_command', prompt: 'and tests' } }),
    said('Caveat: The messages below were generated'),
  ]);
  expect(passages).toMatchObject([
    { kind: 'command', shell: false, text: { text: '/review now' } },
    { kind: 'output', failed: false, text: { text: 'done' } },
    { kind: 'command', shell: true, text: { text: 'ls' } },
    { kind: 'output', failed: false },
    { kind: 'output', failed: true, text: { text: 'b' } },
    { kind: 'prompt', source: 'client' },
    { kind: 'prompt', source: 'client', text: { text: 'skill text' } },
    { kind: 'interruption', ofTool: true },
    { kind: 'notification', status: 'completed', text: { text: 'ready' } },
    { kind: 'teammate', from: 'ann', text: { text: 'hello' } },
    { kind: 'summary' },
    { kind: 'prompt', source: 'queued', text: { text: 'and tests' } },
  ]);
});

test('marks compaction, errors, retries and titles, and keeps quiet about books', () => {
  const lines = [
    line({ type: 'system', subtype: 'compact_boundary', compactMetadata: { preTokens: 5.5 } }),
    line({ type: 'system', subtype: 'api_error', error: { status: 529 }, retryAttempt: 1 }),
    line({
      type: 'assistant',
      isApiErrorMessage: true,
      message: { model: '<synthetic>', content: [{ type: 'text', text: 'API Error: 500' }] },
    }),
    line({ type: 'ai-title', aiTitle: 'Fix' }),
    line({ type: 'ai-title', aiTitle: 'Fix' }),
    line({ type: 'file-history-snapshot' }),
    line({ type: 'turn-of-tomorrow' }),
  ];
  expect(shown(lines)).toMatchObject([
    { kind: 'compaction', trigger: 'auto', preTokens: 5 },
    { kind: 'failure', status: 529, fatal: false },
    { kind: 'failure', fatal: true },
    { kind: 'title', text: { text: 'Fix' } },
    { kind: 'other', type: 'turn-of-tomorrow' },
  ]);
});

test('shows a line that can’t be read with its place, and goes on', () => {
  const broken = '{"type":"user","message":';
  expect(shown([said('a'), broken, `${said('b')}${said('c')}`])).toMatchObject([
    { kind: 'prompt' },
    { kind: 'unreadable', byte: said('a').length + 1, bytes: broken.length },
    { kind: 'prompt', text: { text: 'b' } },
    { kind: 'prompt', text: { text: 'c' } },
  ]);
});

test('any shape is taken, whatever stands in its fields', () => {
  const odd = [null, 7, [], {}, [null, 3, { type: 'text' }], [{ type: 'tool_result' }]];
  for (const content of odd) {
    for (const type of ['user', 'assistant', 'system', 'attachment', 'progress', 'result']) {
      expect(() =>
        kinds([line({ type, message: { content }, attachment: content })]),
      ).not.toThrow();
    }
  }
});

test('old clients’ threads within the main file belong to their call', () => {
  const lines = [
    answered('m1', used('t1', 'Task', { description: 'look', prompt: 'Look around' })),
    said('Look around', { isSidechain: true, parentUuid: null, uuid: 's1' }),
    answered('m2', { type: 'text', text: 'Seen.' }, { isSidechain: true, parentUuid: 's1' }),
    result('t1', 'ok'),
  ];
  expect(kinds(lines)).toEqual(['tool']);
  expect(shown(lines, 'use:t1')).toMatchObject([
    { kind: 'prompt', source: 'agent' },
    { kind: 'text', text: { text: 'Seen.' } },
  ]);
});

test('messages of a subagent that its parent’s file repeats are a thread of their own', () => {
  const message = JSON.parse(answered('m9', { type: 'text', text: 'From afar' })) as object;
  const data = { type: 'agent_progress', agentId: 'ab12', message };
  const lines = [said('go'), line({ type: 'progress', data })];
  expect(kinds(lines)).toEqual(['prompt']);
  expect(shown(lines, 'ab12')).toMatchObject([{ kind: 'text', messageId: 'm9' }]);
});

test('a result whose call isn’t in the file is shown by itself, and one told twice once', () => {
  const lines = [result('t7', 'late'), result('t7', 'later')];
  expect(shown(lines)).toMatchObject([
    { kind: 'tool', name: null, result: { text: { text: 'late' } } },
  ]);
});

test('long texts and inputs are cut and say so', () => {
  const long = 'x'.repeat(50_000);
  const [tool, text] = shown([
    answered('m1', used('t1', 'Write', { file_path: '/a', content: long })),
    answered('m1', { type: 'text', text: long }),
    result('t1', long),
  ]);
  expect(tool).toMatchObject({ inputCut: true, result: { text: { length: 50_000 } } });
  expect(text).toMatchObject({ text: { length: 50_000 } });
  expect(JSON.stringify([tool, text]).length).toBeLessThan(20_000);
});

test('changes of earlier passages are told apart from new ones', () => {
  const before = [answered('m1', used('t1', 'Bash', { command: 'ls' }))];
  const outline = outlined([...before, result('t1', 'ok')]);
  expect(outline.threads.get(MAIN)).toMatchObject({ changes: [0] });
});
