import type { FileStory } from '@claude-optimizer/core/story';
import { hasWords } from '../../../lib/words';

export type FileOrder = 'path' | 'lines' | 'edits' | 'last';

export type FileChoice = { text: string; order: FileOrder; isEditedOnly: boolean };

/** The files that the person wants to see, in their order. */
export function shownFiles(
  files: readonly FileStory[],
  { text, order, isEditedOnly }: FileChoice,
): FileStory[] {
  return files
    .filter(({ path, edits }) => hasWords(path, text.trim()) && (!isEditedOnly || edits.length > 0))
    .sort((a, b) => valueOf(b, order) - valueOf(a, order) || byName(a, b));
}

/** A file as it is shown: below its project, else with its whole path. */
export function shownPath({ path, inProject }: Pick<FileStory, 'path' | 'inProject'>): {
  folder: string;
  name: string;
} {
  const shown = inProject ?? path;
  const cut = Math.max(shown.lastIndexOf('/'), shown.lastIndexOf('\\')) + 1;
  return { folder: shown.slice(0, cut), name: shown.slice(cut) };
}

// Files of the project first, each folder's together.
function byName(a: FileStory, b: FileStory): number {
  if ((a.inProject === null) !== (b.inProject === null)) return a.inProject === null ? 1 : -1;
  const [left, right] = [shownPath(a), shownPath(b)];
  return left.folder === right.folder
    ? compare(left.name, right.name)
    : compare(left.folder, right.folder);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function valueOf(file: FileStory, order: FileOrder): number {
  switch (order) {
    case 'path':
      return 0;
    case 'lines':
      return file.linesAdded + file.linesRemoved;
    case 'edits':
      return file.edits.length;
    case 'last':
      return file.lastAt;
  }
}
