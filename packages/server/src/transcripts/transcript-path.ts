import path from 'node:path';
import type { FileRole } from '@claude-optimizer/core';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;
/** Calls that the client makes for itself, by the names of their files under subagents/. */
const ASIDE = /^(acompact|aprompt_suggestion|aside_question)-/u;

/** What a transcript's place says about it; `sessionId` is null when only its lines can tell. */
export type TranscriptPlace = { role: FileRole; sessionId: string | null; agentId: string | null };

/**
 * Reads a transcript's path below `projects/` (format reference, "Where files lie"): a main file is
 * named by its session, a subagent's lies in its session's folder or (2.0.28–2.0.55) beside it.
 */
export function transcriptPlace(relativePath: string): TranscriptPlace {
  const parts = relativePath.split(/[\\/]/u);
  const name = path.basename(parts.at(-1) ?? '', '.jsonl');
  const folder = parts.lastIndexOf('subagents');
  const owner = folder > 0 ? (parts[folder - 1] ?? null) : null;
  const agentName = /^agent-(.+)$/u.exec(name)?.[1];
  if (agentName !== undefined) {
    const aside = ASIDE.test(agentName);
    return {
      role: aside ? 'aside' : 'agent',
      sessionId: owner,
      agentId: aside ? null : agentName,
    };
  }
  // A workflow's journal and the like: whatever it holds belongs to the session's folder.
  if (owner !== null) return { role: 'agent', sessionId: owner, agentId: name };
  return { role: 'main', sessionId: UUID.test(name) ? name : null, agentId: null };
}

/** A transcript file of a session, and the folder with `projects` that it lies in. */
export type FollowedFile = {
  path: string;
  root: string;
  sessionId: string;
  role: FileRole;
  agentId: string | null;
};

/** What a file is by its place; null where it lies in none of the folders. */
export function transcriptOf(
  claudeDirs: readonly string[],
  file: string,
): (TranscriptPlace & { path: string; root: string }) | null {
  const root = claudeDirs.find((dir) => file.startsWith(path.join(dir, 'projects') + path.sep));
  if (root === undefined) return null;
  return { path: file, root, ...transcriptPlace(path.relative(path.join(root, 'projects'), file)) };
}
