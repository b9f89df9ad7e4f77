import { readdirSync, statSync, type Dirent } from 'node:fs';
import path from 'node:path';
import {
  isMissing,
  mayBeTranscript,
  mayHoldTranscripts,
  type FoundFile,
} from '../transcripts/find-transcripts.js';

/** A transcript with its place below its `projects` folder. */
export type UsageFile = FoundFile & { relative: string };

/**
 * All transcripts below the folders' `projects`, at once: for a command that has nothing else to
 * do, this takes a third of the time of asking asynchronously. Throws what can't be read.
 */
export function findUsageFiles(claudeDirs: readonly string[]): UsageFile[] {
  const files: UsageFile[] = [];
  for (const dir of claudeDirs) walk(path.join(dir, 'projects'), '', files);
  return files;
}

function walk(root: string, below: string, files: UsageFile[]): void {
  for (const entry of entriesOf(path.join(root, below))) {
    const relative = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      if (mayHoldTranscripts(entry.name)) walk(root, relative, files);
    } else if (entry.isFile() && mayBeTranscript(entry.name)) {
      const file = `${root}/${relative}`;
      const found = statSync(file, { throwIfNoEntry: false });
      if (found) files.push({ path: file, relative, size: found.size, modifiedAt: found.mtimeMs });
    }
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
