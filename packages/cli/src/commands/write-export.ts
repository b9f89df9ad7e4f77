import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { OptimizerError } from '@claude-optimizer/protocol';
import type { OpenExport } from '@claude-optimizer/server/export';
import { showProgress } from '../report/progress.js';

/** Tells on a terminal how many sessions have been written; nothing of it stays. */
export function withProgress(opened: OpenExport, filesTotal: number): OpenExport {
  const progress = showProgress(process.stderr, 'Exporting sessions');
  const pieces = async function* () {
    try {
      for await (const piece of opened.pieces) {
        progress.show({ filesDone: opened.passed(), filesTotal });
        yield piece;
      }
    } finally {
      progress.end();
    }
  };
  return { ...opened, pieces: pieces() };
}

/** Writes it to the file, whole or not at all, or (null) to standard output. */
export async function written(
  { pieces }: OpenExport,
  file: string | null,
  overwrite: boolean,
): Promise<void> {
  if (file === null) {
    await toStandardOutput(pieces);
    return;
  }
  if (existsSync(file) && !overwrite) {
    throw new OptimizerError('conflict', `${file} is there already.`, {
      fix: 'Name another file, or use --force to write over it.',
    });
  }
  // Whole or not at all: a file that was begun has another name.
  const unfinished = `${file}.part`;
  try {
    await pipeline(pieces, createWriteStream(unfinished));
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw unwritable(file, error) ?? error;
  }
  process.stderr.write(`Written: ${file}\n`);
}

/** What a person can do about a place that can't be written; null for any other failure. */
function unwritable(file: string, error: unknown): OptimizerError | null {
  const fixes: Record<string, string> = {
    ENOENT: 'Its folder isn’t there: make it, or name another file.',
    ENOTDIR: 'Name a file in a folder.',
    EISDIR: 'It is a folder: name a file in it.',
    EACCES: 'You may not write there: name another file.',
    EPERM: 'You may not write there: name another file.',
    EROFS: 'Nothing can be written there: name another file.',
    ENOSPC: 'The disk is full: make room, or name a file on another one.',
  };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const fix = fixes[code];
  if (fix === undefined) return null;
  return new OptimizerError('bad_request', `${file} can’t be written (${code}).`, {
    fix,
    cause: error,
  });
}

/** Whoever reads no further (`head`) ends it without an error. */
async function toStandardOutput(pieces: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    await pipeline(pieces, process.stdout, { end: false });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  }
}
