import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { FileRead } from '@claude-optimizer/store/reader';
import { mayBeTranscript, mayHoldTranscripts } from '../transcripts/find-transcripts.js';

/** How much of the transcripts isn't in the store yet. */
export type Unread = { files: number; bytes: number; bytesInAll: number };

/**
 * Compares every transcript below the folders with how it was when it was last read. Synchronous:
 * a thousand files take a few milliseconds, several times less than with promises.
 */
export function findUnread(
  claudeDirs: readonly string[],
  read: readonly FileRead[],
  isIgnored: (file: string) => boolean = () => false,
): Unread {
  const known = new Map(read.map((file) => [file.path, file]));
  const unread: Unread = { files: 0, bytes: 0, bytesInAll: 0 };
  const look = (file: string) => {
    const found = statSync(file, { throwIfNoEntry: false });
    if (!found || isIgnored(file)) return;
    unread.bytesInAll += found.size;
    const before = known.get(file);
    if (before?.size === found.size && before.modifiedAt === found.mtimeMs) return;
    unread.files += 1;
    unread.bytes += Math.max(found.size - (before?.offset ?? 0), 0);
  };
  for (const dir of claudeDirs) walk(path.join(dir, 'projects'), look);
  return unread;
}

function walk(folder: string, look: (file: string) => void): void {
  for (const entry of entriesOf(folder)) {
    const full = folder + path.sep + entry.name;
    if (entry.isDirectory() && mayHoldTranscripts(entry.name)) walk(full, look);
    else if (entry.isFile() && mayBeTranscript(entry.name)) look(full);
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // Gone meanwhile, not there yet, or closed to us: what the daemon leaves out too.
    return [];
  }
}
