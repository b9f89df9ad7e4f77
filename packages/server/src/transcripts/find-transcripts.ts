import { readdirSync, statSync, type Dirent } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTick } from 'node:timers/promises';

/** A transcript file on disk; time in epoch ms. */
export type FoundFile = { path: string; size: number; modifiedAt: number };

/** Told what folder couldn't be read, and why. */
export type OnProblem = (folder: string, error: unknown) => void;

/** Folders below `projects/` that never hold transcripts. */
const SKIPPED = new Set(['tool-results', 'memory']);
/** So long is looked without a pause: a live line waits no longer. */
const SLICE_MS = 4;

/** Whether a folder of this name may hold transcripts. */
export function mayHoldTranscripts(name: string): boolean {
  return !SKIPPED.has(name);
}

/** Whether a file of this name may be a transcript; its lines decide. */
export function mayBeTranscript(name: string): boolean {
  return name.endsWith('.jsonl');
}

/**
 * All transcripts below `root` (recursively; links are not followed) and the folders passed on the
 * way. What vanishes or can't be read meanwhile is left out; `onProblem` is told what couldn't.
 * `onFolder` is told each folder before it is looked into, so that it can be watched without a gap.
 */
export async function findTranscripts(
  root: string,
  onProblem: OnProblem,
  onFolder?: (folder: string) => void,
): Promise<{ files: FoundFile[]; folders: string[] }> {
  const files: FoundFile[] = [];
  const folders: string[] = [];
  let sliceEnd = performance.now() + SLICE_MS;
  for (const found of walk(root, onProblem, onFolder)) {
    folders.push(found.folder);
    files.push(...found.files);
    if (performance.now() < sliceEnd) continue;
    await nextTick();
    sliceEnd = performance.now() + SLICE_MS;
  }
  return { files, folders };
}

/**
 * Gives each folder from `root` down with its transcripts. Asking the system at once takes a third
 * of the time of asking it asynchronously for thousands of files.
 */
export function* walk(
  root: string,
  onProblem: OnProblem,
  onFolder?: (folder: string) => void,
): Generator<{ folder: string; files: FoundFile[] }, void> {
  if (onFolder && isFolder(root)) onFolder(root);
  const entries = entriesOf(root, onProblem);
  if (entries === null) return;
  const files = entries.flatMap((entry) =>
    entry.isFile() && mayBeTranscript(entry.name) ? found(path.join(root, entry.name)) : [],
  );
  yield { folder: root, files };
  for (const entry of entries) {
    if (!entry.isDirectory() || !mayHoldTranscripts(entry.name)) continue;
    yield* walk(path.join(root, entry.name), onProblem, onFolder);
  }
}

function isFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function entriesOf(folder: string, onProblem: OnProblem): Dirent[] | null {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (!isMissing(error)) onProblem(folder, error);
    return null;
  }
}

function found(file: string): FoundFile[] {
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    return stat ? [{ path: file, size: stat.size, modifiedAt: stat.mtimeMs }] : [];
  } catch {
    return [];
  }
}

/** Whether a file system error says that the file or folder is gone. */
export function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
