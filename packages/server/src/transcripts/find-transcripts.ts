import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** A transcript file on disk; time in epoch ms. */
export type FoundFile = { path: string; size: number; modifiedAt: number };

/** Folders below `projects/` that never hold transcripts. */
const SKIPPED = new Set(['tool-results', 'memory']);

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
 */
export async function findTranscripts(
  root: string,
  onProblem: (folder: string, error: unknown) => void,
): Promise<{ files: FoundFile[]; folders: string[] }> {
  const files: FoundFile[] = [];
  const folders: string[] = [];
  async function walk(folder: string): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
      if (!isMissing(error)) onProblem(folder, error);
      return null;
    });
    if (entries === null) return;
    folders.push(folder);
    await Promise.all(
      entries.map(async (entry) => {
        const full = path.join(folder, entry.name);
        if (entry.isDirectory() && mayHoldTranscripts(entry.name)) await walk(full);
        if (!entry.isFile() || !mayBeTranscript(entry.name)) return;
        const found = await stat(full).catch(() => null);
        if (found) files.push({ path: full, size: found.size, modifiedAt: found.mtimeMs });
      }),
    );
  }
  await walk(root);
  return { files, folders };
}

/** Whether a file system error says that the file or folder is gone. */
export function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
