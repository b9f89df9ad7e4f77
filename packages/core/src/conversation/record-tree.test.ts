import { expect, test } from 'vitest';
import { parseLine } from '../transcript/parse-line.js';
import { emptyOutline, outlineLine } from './outline.js';
import { abandonedBranches } from './record-tree.js';

const line = (uuid: string, parentUuid: string | null, record: object) =>
  JSON.stringify({ uuid, parentUuid, ...record });
const said = (uuid: string, parent: string | null, content: unknown = uuid, more: object = {}) =>
  line(uuid, parent, { type: 'user', message: { role: 'user', content }, ...more });
const answer = (uuid: string, parent: string | null, block?: object) =>
  line(uuid, parent, {
    type: 'assistant',
    message: { id: `m-${uuid}`, model: 'm', content: [block ?? { type: 'text', text: uuid }] },
  });
const use = (uuid: string, parent: string) =>
  answer(uuid, parent, { type: 'tool_use', id: `t-${uuid}`, name: 'Bash', input: {} });
const result = (uuid: string, parent: string, of: string) =>
  said(uuid, parent, [{ type: 'tool_result', tool_use_id: `t-${of}`, content: 'ok' }]);
const system = (uuid: string, parent: string) =>
  line(uuid, parent, { type: 'system', subtype: 'turn_duration' });

/** The branches that were left, by the passages' records. */
function left(...lines: string[]): string[][] {
  const outline = emptyOutline(false);
  lines.forEach((text, at) => {
    outlineLine(outline, parseLine(text), { byte: at * 1_000, bytes: text.length });
  });
  const names = outline.threads.get('main')?.passages.map(({ recordId }) => recordId ?? '?') ?? [];
  const branches = outline.tree === null ? [] : abandonedBranches(outline.tree);
  return branches.map(({ from, count }) => names.slice(from, from + count));
}

const START = [said('p1', null), answer('a1', 'p1'), system('s1', 'a1')];
const BRANCH = [said('p2', 's1'), use('u2', 'p2'), result('r2', 'u2', 'u2'), answer('a2', 'r2')];

test('what the person went back behind is an abandoned branch', () => {
  expect(left(...START, ...BRANCH)).toEqual([]);
  expect(left(...START, ...BRANCH, said('p3', 's1'))).toEqual([['p2', 'u2', 'a2']]);
  expect(left(...START, ...BRANCH, said('p3', 's1'), answer('a3', 'p3'))).toEqual([
    ['p2', 'u2', 'a2'],
  ]);
});

test('gone back twice, and further, all of it was left', () => {
  const twice = [...START, ...BRANCH, said('p3', 's1'), answer('a3', 'p3'), said('p4', 's1')];
  expect(left(...twice)).toEqual([
    ['p2', 'u2', 'a2'],
    ['p3', 'a3'],
  ]);
  const within = [...START, ...BRANCH, said('p3', 'a2'), answer('a3', 'p3'), said('p4', 's1')];
  expect(left(...within)).toEqual([['p2', 'u2', 'a2', 'p3', 'a3']]);
});

test('where the older branch goes on, the other one was left', () => {
  const other = [said('p3', 's1'), said('i3', 'p3', '[Request interrupted by user]')];
  expect(left(...START, ...BRANCH, ...other, answer('a4', 'a2'))).toEqual([['p3', 'i3']]);
});

test('goes on behind a compaction, and a line without a place parts no branch', () => {
  const compacted = line('c', null, {
    type: 'system',
    subtype: 'compact_boundary',
    logicalParentUuid: 'a2',
  });
  const after = said('sum', 'c', 'On with it', { isCompactSummary: true });
  expect(left(...START, ...BRANCH, compacted, after, answer('a3', 'sum'))).toEqual([]);
  const back = [said('p3', 's1'), answer('a3', 'p3')];
  expect(left(...START, ...BRANCH, 'no json', compacted, after, ...back)).toEqual([
    ['p2', 'u2', 'a2', '?', 'c', 'sum'],
  ]);
});

test('what was put in while the answer came, or asked for the compaction, was not left', () => {
  expect(left(...START, said('p2', 's1'), answer('a2', 's1'))).toEqual([]);
  const compacted = line('c', null, {
    type: 'system',
    subtype: 'compact_boundary',
    logicalParentUuid: 's1',
  });
  expect(left(...START, said('/compact', 's1'), compacted, said('p3', 'c'))).toEqual([]);
});

test('parallel calls, commands of the client and other roots are no branches', () => {
  const parallel = [
    ...[use('u1', 's1'), use('u2', 'u1'), result('r1', 'u1', 'u1'), result('r2', 'u2', 'u2')],
    answer('a3', 'r2'),
  ];
  expect(left(...START, ...parallel)).toEqual([]);
  const command = (uuid: string) => said(uuid, 's1', '<command-name>/status</command-name>');
  expect(left(...START, command('k1'), command('k2'), said('p2', 's1'))).toEqual([]);
  expect(left(...START, said('p2', null), answer('a2', 'p2'), said('p3', 'lost'))).toEqual([]);
});
