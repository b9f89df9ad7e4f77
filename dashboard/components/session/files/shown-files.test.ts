import type { FileStory } from '@claude-optimizer/core/story';
import { expect, it } from 'vitest';
import { shownFiles, shownPath } from './shown-files';

const file = (
  inProject: string | null,
  path: string,
  lines: number,
  lastAt: number,
): FileStory => ({
  ...{ path, inProject, edits: [], reads: [], done: 0 },
  ...{ linesAdded: lines, linesRemoved: 0, lastAt },
});
const files = [
  file(null, '/etc/hosts', 0, 4),
  file('src/b/z.ts', '/p/src/b/z.ts', 9, 1),
  file('src/a.ts', '/p/src/a.ts', 2, 3),
  file('README.md', '/p/README.md', 2, 2),
];
const names = (choice: Partial<Parameters<typeof shownFiles>[1]>) =>
  shownFiles(files, { text: '', order: 'path', isEditedOnly: false, ...choice }).map(
    (one) => shownPath(one).folder + shownPath(one).name,
  );

it('stand by folder, those of the project first', () => {
  expect(names({})).toEqual(['README.md', 'src/a.ts', 'src/b/z.ts', '/etc/hosts']);
});

it('are ordered and narrowed as the person chose', () => {
  expect(names({ order: 'lines' })).toEqual(['src/b/z.ts', 'README.md', 'src/a.ts', '/etc/hosts']);
  expect(names({ order: 'last' })[0]).toBe('/etc/hosts');
  expect(names({ text: ' SRC z ' })).toEqual(['src/b/z.ts']);
  expect(names({ isEditedOnly: true })).toEqual([]);
});

it('are cut at their last folder on any system', () => {
  expect(shownPath({ path: 'C:\\dev\\a.ts', inProject: null })).toEqual({
    folder: 'C:\\dev\\',
    name: 'a.ts',
  });
});
