import { expect, test } from 'vitest';
import { sideRows } from './diff-sides';

test('sets what was removed beside what came in its place', () => {
  const lines = [' a', '-b', '-c', '+B', ' d', '+e', '-f', '+F'];
  const rows = sideRows({ oldStart: 5, newStart: 9, lines });
  const side = (one: { number: number; text: string } | null) =>
    one === null ? '·' : `${one.number}${one.text}`;
  expect(
    rows.map(({ before, after, isChanged }) => [side(before), side(after), isChanged]),
  ).toEqual([
    ['5a', '9a', false],
    ['6b', '10B', true],
    ['7c', '·', true],
    ['8d', '11d', false],
    ['·', '12e', true],
    ['9f', '13F', true],
  ]);
});
