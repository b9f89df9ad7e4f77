import { expect, test } from 'vitest';
import { countUntil, rowAt, rowOf, rowsOf } from './rows';

const counts: Record<string, number> = { main: 4, a: 2, b: 1, z: 2 };
const count = (thread: string) => counts[thread] ?? 0;

test('nests opened threads under their call, the others at the end', () => {
  const open = new Map([
    ['a', { thread: 'main', index: 1 }],
    ['b', { thread: 'a', index: 0 }],
    ['z', null],
  ]);
  const rows = rowsOf(open, ['y', 'z'], count);
  const all = Array.from({ length: rows.count }, (_, at) => rowAt(rows, at));
  expect(
    all.map((row) => (row?.kind === 'passage' ? `${row.thread}${row.index}` : row?.thread)),
  ).toEqual([...['main0', 'main1', 'a0', 'b0', 'a1', 'main2', 'main3'], ...['y', 'z', 'z0', 'z1']]);
  expect(all.map((row) => row?.depth)).toEqual([0, 0, 1, 2, 1, 0, 0, 0, 0, 1, 1]);
  all.forEach((row, at) => {
    if (row?.kind === 'passage') expect(rowOf(rows, row)).toBe(at);
  });
  expect(rowAt(rows, rows.count)).toBeNull();
  expect(rowOf(rows, { thread: 'main', index: 9 })).toBe(-1);
});

test('a thread that hangs beyond what is shown is not shown either', () => {
  const rows = rowsOf(new Map([['a', { thread: 'main', index: 9 }]]), [], () => 3);
  expect(rows.count).toBe(3);
});

test('counts what came until a moment', () => {
  expect([-1, 0, 4, 5, 99].map((at) => countUntil([0, 5, 5, 9], at))).toEqual([0, 1, 1, 3, 4]);
});
