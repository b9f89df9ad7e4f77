import type { FoundFile } from './find-transcripts.js';

/** The files of a session, newest first. */
export type SessionFiles = { sessionId: string; files: FoundFile[] };

/**
 * Parts files (newest last) into whole sessions of which nothing was read yet, the newest last, and
 * the rest: files whose place doesn't say whose they are, and copies of another.
 */
export function newSessions(
  found: readonly FoundFile[],
  place: {
    /** Whose file it is by its place, null where only its lines tell or something of it was read. */
    sessionOf: (path: string) => string | null;
    /** Which part of its session it is. */
    threadOf: (path: string) => string;
  },
): { sessions: SessionFiles[]; rest: FoundFile[] } {
  const sessions = new Map<string, SessionFiles>();
  const rest: FoundFile[] = [];
  for (const file of found.toReversed()) {
    const sessionId = place.sessionOf(file.path);
    if (sessionId === null) {
      rest.push(file);
      continue;
    }
    const known = sessions.get(sessionId);
    if (known) known.files.push(file);
    else sessions.set(sessionId, { sessionId, files: [file] });
  }
  for (const { sessionId, files } of sessions.values()) {
    if (new Set(files.map(({ path }) => place.threadOf(path))).size === files.length) continue;
    sessions.delete(sessionId);
    rest.push(...files);
  }
  return { sessions: [...sessions.values()].reverse(), rest: byAge(rest) };
}

/**
 * Newest last; of the same age by their paths, so that every reading has the same order, a session's
 * own file behind those of its subagents: what is last is read first.
 */
export function byAge(files: FoundFile[]): FoundFile[] {
  return files.sort((a, b) => a.modifiedAt - b.modifiedAt || (a.path < b.path ? 1 : -1));
}
