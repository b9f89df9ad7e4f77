import { expect, test } from 'vitest';
import { countUntil, rowAt, rowOf, rowsOf, type Arrangement } from './rows';

const counts: Record<string, number> = { main: 4, a: 2, b: 1, z: 2 };
const plain: Arrangement = {
  open: new Map(),
  lines: [],
  abandoned: [],
  openBranches: new Set(),
  countOf: (thread) => counts[thread] ?? 0,
};

function shown(arrangement: Partial<Arrangement>): string[] {
  const rows = rowsOf({ ...plain, ...arrangement });
  expect(rowAt(rows, rows.count)).toBeNull();
  return Array.from({ length: rows.count }, (_, at) => {
    const row = rowAt(rows, at);
    if (row?.kind === 'passage') expect(rowOf(rows, row)).toBe(at);
    const depth = '>'.repeat(row?.depth ?? 9);
    switch (row?.kind) {
      case 'passage':
        return `${depth}${row.thread}${row.index}`;
      case 'head':
        return `${depth}${row.thread}`;
      case 'branch':
        return `${depth}branch of ${row.branch.count}`;
      case undefined:
        return 'nothing';
    }
  });
}

test('nests opened threads under their call, the others under lines of their own', () => {
  const open = new Map([
    ['a', { thread: 'main', index: 1 }],
    ['b', { thread: 'a', index: 0 }],
    ['z', null],
  ]);
  const lines = [
    { thread: 'z', after: 4 },
    { thread: 'y', after: 1 },
  ];
  expect(shown({ open, lines })).toEqual([
    ...['main0', 'y', 'main1', '>a0', '>>b0', '>a1', 'main2', 'main3', 'z', '>z0', '>z1'],
  ]);
  expect(rowOf(rowsOf({ ...plain, open }), { thread: 'main', index: 9 })).toBe(-1);
});

test('a thread that hangs beyond what is shown is not shown either', () => {
  const open = new Map([['a', { thread: 'main', index: 9 }]]);
  expect(shown({ open })).toHaveLength(4);
});

test('lines without a place, or beyond the end, come last', () => {
  const lines = [
    { thread: 'y', after: 99 },
    { thread: 'x', after: 0 },
  ];
  expect(shown({ lines })).toEqual(['x', 'main0', 'main1', 'main2', 'main3', 'y']);
});

test('an abandoned branch is one line, and its passages when it is open', () => {
  const abandoned = [{ from: 1, count: 2 }];
  expect(shown({ abandoned })).toEqual(['main0', 'branch of 2', 'main3']);
  const lines = [{ thread: 'y', after: 2 }];
  const open = new Map([['a', { thread: 'main', index: 2 }]]);
  expect(shown({ abandoned, open, lines })).toEqual(['main0', 'branch of 2', 'y', 'main3']);
  expect(shown({ abandoned, open, lines, openBranches: new Set([1]) })).toEqual([
    ...['main0', 'branch of 2', '>main1', '>y', '>main2', '>>a0', '>>a1', 'main3'],
  ]);
});

test('at a moment before the person went back, nothing was abandoned yet', () => {
  expect(shown({ abandoned: [{ from: 2, count: 2 }] })).toEqual([
    'main0',
    'main1',
    'main2',
    'main3',
  ]);
});

test('counts what came until a moment', () => {
  expect([-1, 0, 4, 5, 99].map((at) => countUntil([0, 5, 5, 9], at))).toEqual([0, 1, 1, 3, 4]);
});
