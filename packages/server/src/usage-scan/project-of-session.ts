import { closeSync, openSync, readSync } from 'node:fs';
import { parseLine, textAt } from '@claude-optimizer/core/transcript';
import { sessionOfLines } from '../transcripts/session-of-lines.js';
import { transcriptPlace } from '../transcripts/transcript-path.js';
import type { UsageFile } from './find-usage-files.js';

const HEAD = 256 * 1024;

/** The directory in which each session began, as its first conversation record names it. */
export function projectOfSession(files: readonly UsageFile[]): Map<string, string> {
  const projects = new Map<string, string>();
  const places = files.map((file) => ({ file, place: transcriptPlace(file.relative) }));
  // A subagent's worktree says it only where the session's own file is gone.
  places.sort((a, b) => Number(a.place.role !== 'main') - Number(b.place.role !== 'main'));
  for (const { file, place } of places) {
    const id = place.sessionId ?? sessionOfLines(file.path);
    if (id === null || projects.has(id)) continue;
    const project = firstDirectory(file.path);
    if (project !== null) projects.set(id, project);
  }
  return projects;
}

function firstDirectory(file: string): string | null {
  for (const line of headOf(file).split('\n')) {
    if (!line.includes('"cwd"')) continue;
    for (const record of parseLine(line).records) {
      const cwd = textAt(record, 'cwd');
      if (cwd !== null) return cwd;
    }
  }
  return null;
}

function headOf(file: string): string {
  const fd = openSync(file, 'r');
  try {
    const buffer = Buffer.allocUnsafe(HEAD);
    return buffer.toString('utf8', 0, readSync(fd, buffer, 0, HEAD, 0));
  } finally {
    closeSync(fd);
  }
}
