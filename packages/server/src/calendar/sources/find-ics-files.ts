import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { OptimizerError } from '@claude-optimizer/protocol';

const MOST_FILES = 5_000;
const DEEPEST = 4;

export type IcsFile = {
  /** As found; `real` is where it lies when all links are followed. */
  path: string;
  real: string;
  bytes: number;
  /** Changes whenever the file does. */
  stamp: string;
};

export type IcsFiles = { files: IcsFile[]; folders: string[]; isFolder: boolean };

/**
 * The calendar at a path: a file, or every `.ics` below a folder (links to folders aren't
 * followed). Throws `not_found` when it isn't there, `forbidden` when it may not be read.
 */
export async function findIcsFiles(place: string): Promise<IcsFiles> {
  try {
    const found = await stat(place);
    if (!found.isDirectory()) {
      return { files: [await icsFile(place)], folders: [], isFolder: false };
    }
    const files: IcsFile[] = [];
    const folders: string[] = [];
    await walk(await realpath(place), 0, files, folders);
    files.sort((a, b) => (a.path < b.path ? -1 : 1));
    return { files, folders, isFolder: true };
  } catch (error) {
    throw unreadable(place, error);
  }
}

async function walk(folder: string, depth: number, files: IcsFile[], folders: string[]) {
  folders.push(folder);
  for (const name of await readdir(folder)) {
    const full = path.join(folder, name);
    if (name.startsWith('.')) continue;
    const isFolder = await lstat(full).then((entry) => entry.isDirectory(), goneMeanwhile(false));
    if (isFolder && depth < DEEPEST) await walk(full, depth + 1, files, folders);
    if (isFolder || !/\.ics$/i.test(name)) continue;
    const file = await icsFile(full).catch(goneMeanwhile(null));
    if (file) files.push(file);
    if (files.length <= MOST_FILES) continue;
    throw new OptimizerError('bad_request', `${folder} holds more than 5000 .ics files.`, {
      fix: 'Give a folder with the calendar of the sessions alone.',
    });
  }
}

async function icsFile(file: string): Promise<IcsFile> {
  const real = await realpath(file);
  const { size, mtimeNs, ctimeNs, ino } = await stat(real, { bigint: true });
  return { path: file, real, bytes: Number(size), stamp: [size, mtimeNs, ctimeNs, ino].join(' ') };
}

/** Between the look at the folder and at the file, it may be moved away. */
function goneMeanwhile<T>(instead: T) {
  return (error: unknown): T => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return instead;
    throw error;
  };
}

/** What a failed look at a file means to the person. */
export function unreadable(place: string, error: unknown): OptimizerError {
  if (error instanceof OptimizerError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new OptimizerError('not_found', `${place} isn't there (any more).`, {
      fix: 'Put it back, or remove the calendar. What was planned before stands.',
      cause: error,
    });
  }
  return new OptimizerError('forbidden', `${place} can't be read (${code ?? 'unknown'}).`, {
    fix: 'Check its rights. What was planned before stands.',
    cause: error,
  });
}
