import fs from 'node:fs';
import path from 'node:path';
import { OptimizerError } from '@claude-optimizer/protocol';
import { openArchiveReader, type ArchiveIndex, type KeptFile } from '@claude-optimizer/store';
import { readMember } from './frame-file.js';
import { archiveFolder, indexFile, partFile } from './places.js';

/** How often a file is tried. */
const TRIES = 4;

/** What became of one file: written, left as it stands, or not to be had whole. */
export type Restored = {
  sessionId: string;
  path: string;
  bytes: number;
  outcome: 'written' | 'stands' | 'damaged';
};

export type RestoreOptions = {
  /** Sessions by id or the beginning of it. */
  sessions: readonly string[];
  /** A folder that gets `projects/…` as the Claude folder has it; null: where they stood. */
  to: string | null;
  /** Also what stood in a file before it was replaced, beside it with the generation's number. */
  replaced: boolean;
  dryRun: boolean;
};

/**
 * Writes kept transcripts of sessions back, each whole or not at all; a file that is there is never
 * touched. Throws `not_found` for a session of which nothing is kept, `conflict` where several fit.
 */
export function restoreTranscripts(dataDir: string, options: RestoreOptions): Restored[] {
  const folder = archiveFolder(dataDir);
  const index = openArchiveReader(indexFile(folder));
  if (index === null) throw nothingKept(options.sessions[0] ?? '', folder);
  try {
    const kept = index.all().filter(({ pruned, rawBytes }) => !pruned && rawBytes > 0);
    const ids = new Set(options.sessions.map((wanted) => sessionOf(kept, wanted, folder)));
    return kept
      .filter(
        ({ sessionId, superseded }) => ids.has(sessionId) && (options.replaced || !superseded),
      )
      .map((file) => restoreFile({ folder, index, file, options }));
  } finally {
    index.close();
  }
}

function sessionOf(kept: readonly KeptFile[], wanted: string, folder: string): string {
  const ids = new Set(kept.map(({ sessionId }) => sessionId));
  if (ids.has(wanted)) return wanted;
  const fitting = [...ids].filter((id) => wanted !== '' && id.startsWith(wanted));
  const [only] = fitting;
  if (only === undefined) throw nothingKept(wanted, folder);
  if (fitting.length === 1) return only;
  throw new OptimizerError('conflict', `${String(fitting.length)} sessions begin with ${wanted}.`, {
    fix: `Write more of the id: ${fitting.slice(0, 5).join(', ')}.`,
  });
}

type Restore = { folder: string; index: ArchiveIndex; file: KeptFile; options: RestoreOptions };

function restoreFile({ folder, index, file, options }: Restore): Restored {
  const target = targetOf(file, options.to);
  const restored = { sessionId: file.sessionId, path: target, bytes: file.rawBytes };
  if (fs.existsSync(target)) return { ...restored, outcome: 'stands' };
  if (options.dryRun) return { ...restored, outcome: 'written' };
  fs.mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
  const unfinished = `${target}.${String(process.pid)}.restoring`;
  try {
    const bytes = writeWholly(unfinished, { folder, index, file });
    if (bytes === null) return { ...restored, outcome: 'damaged' };
    const changed = new Date(file.changedAt);
    fs.utimesSync(unfinished, changed, changed);
    // A link appears whole, and only where there is nothing yet.
    fs.linkSync(unfinished, target);
    return { ...restored, bytes, outcome: 'written' };
  } finally {
    fs.rmSync(unfinished, { force: true });
  }
}

/** Bytes written; null when damaged. A daemon may pack members anew meanwhile: then once more. */
function writeWholly(place: string, kept: Omit<Restore, 'options'>): number | null {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const bytes = writeAll(place, kept);
    if (bytes !== null) return bytes;
  }
  return null;
}

function writeAll(place: string, { folder, index, file }: Omit<Restore, 'options'>): number | null {
  const fd = fs.openSync(place, 'w', 0o600);
  try {
    let written = 0;
    for (const member of index.members(file.id)) {
      const raw = readMember(partFile(folder, file, member.part), member);
      if (raw === null || member.rawOffset !== written) return null;
      written += fs.writeSync(fd, raw, 0, raw.length, written);
    }
    fs.fdatasyncSync(fd);
    return written >= file.rawBytes ? written : null;
  } finally {
    fs.closeSync(fd);
  }
}

function targetOf({ path: file, root, generation, superseded }: KeptFile, to: string | null) {
  const suffix = superseded ? `.${String(generation)}` : '';
  if (to === null) return file + suffix;
  const relative = path.relative(root, file);
  const isBelow = !relative.startsWith('..') && !path.isAbsolute(relative);
  return path.join(to, isBelow ? relative : path.join('projects', path.basename(file))) + suffix;
}

function nothingKept(wanted: string, folder: string): OptimizerError {
  return new OptimizerError('not_found', `Nothing is kept of session ${JSON.stringify(wanted)}.`, {
    fix: `\`claude-optimizer archive status --sessions\` lists those kept in ${folder}.`,
  });
}
