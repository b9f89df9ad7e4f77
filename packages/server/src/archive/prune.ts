import type { ArchiveSettings, PruneAnswer, PruneRequest } from '@claude-optimizer/protocol';
import type { ArchiveIndex, KeptFile } from '@claude-optimizer/store';
import type { KeptBytes } from './kept-bytes.js';

const DAY_MS = 86_400_000;
/** What changed within so long is being worked on and isn't given up for the limit. */
const RECENT_MS = DAY_MS;
/** So much below the limit is made room, so that not every line gives something up. */
const ROOM = 0.02;

/** All that is kept of a session. */
type Whole = {
  sessionId: string;
  changedAt: number;
  bytes: number;
  onlyHere: boolean;
  files: KeptFile[];
};

/** What is to be given up, and how many sessions were spared because they are only here. */
export type PrunePlan = { files: KeptFile[]; sessions: Whole[]; spared: number };

/**
 * What the person asks to give up, oldest session first: those older than asked, then as many as
 * are needed for `maxBytes`. What is only here is spared unless `gone` is asked, too.
 */
export function planPrune(
  kept: readonly KeptFile[],
  { olderThanDays, maxBytes, gone }: Omit<PruneRequest, 'dryRun'>,
  now: number,
): PrunePlan {
  return plan(kept, {
    before: olderThanDays === undefined ? null : now - olderThanDays * DAY_MS,
    limit: maxBytes ?? null,
    target: maxBytes ?? 0,
    spares: ({ onlyHere }) => onlyHere && !gone,
    tooNew: Infinity,
  });
}

/**
 * What the settings give up by themselves: sessions older than the retention, which the person has
 * set for that; then, over the limit, generations that were replaced, then the oldest sessions.
 */
export function planByRule(
  kept: readonly KeptFile[],
  { limitBytes, retentionDays }: Pick<ArchiveSettings, 'limitBytes' | 'retentionDays'>,
  now: number,
): PrunePlan {
  return plan(kept, {
    before: retentionDays === null ? null : now - retentionDays * DAY_MS,
    limit: limitBytes,
    target: (limitBytes ?? 0) * (1 - ROOM),
    spares: () => false,
    tooNew: now - RECENT_MS,
  });
}

type Rule = {
  /** Sessions that changed last before it go (epoch ms). */
  before: number | null;
  /** When all takes more than `limit`, so many sessions go that it takes `target`. */
  limit: number | null;
  target: number;
  spares: (session: Whole) => boolean;
  /** Sessions that changed since don't go for the limit. */
  tooNew: number;
};

function plan(kept: readonly KeptFile[], rule: Rule): PrunePlan {
  const all = sessionsOf(kept);
  const files = new Set<KeptFile>();
  const sessions = new Set<Whole>();
  const spared = new Set<Whole>();
  let left = sum(kept);
  const give = (file: KeptFile) => {
    if (!files.has(file)) left -= sizeOf(file);
    files.add(file);
  };
  const take = (session: Whole) => {
    if (rule.spares(session)) {
      spared.add(session);
      return;
    }
    sessions.add(session);
    session.files.forEach(give);
  };
  for (const session of all) if (session.changedAt < (rule.before ?? -Infinity)) take(session);
  if (rule.limit !== null && left > rule.limit) {
    for (const file of kept) if (left > rule.target && file.superseded) give(file);
    for (const session of all) {
      if (left > rule.target && session.changedAt < rule.tooNew) take(session);
    }
  }
  return { files: [...files], sessions: [...sessions], spared: spared.size };
}

/**
 * Gives files up: their bytes go. A mark stays, so that a transcript that still stands isn't kept
 * again before it grows.
 */
export function prune(
  index: ArchiveIndex,
  bytes: KeptBytes,
  { files, sessions, spared }: PrunePlan,
  dryRun: boolean,
): PruneAnswer {
  const answer = {
    dryRun,
    files: files.length,
    bytes: sum(files),
    sessions: sessions.map(({ files: _files, ...session }) => session),
    spared,
  };
  if (dryRun) return answer;
  for (const file of files) {
    // Marked first: a crash in between leaves bytes that nobody needs, and the next start drops.
    if (file.superseded) index.remove(file.id);
    else {
      const given = { ...file, pruned: true, rawBytes: 0, sealedBytes: 0, tailBytes: 0 };
      index.update(given, { drop: 'all' });
    }
    bytes.drop(file);
  }
  return answer;
}

/** Sessions, the one that changed last at the end; what was given up is no longer of them. */
export function sessionsOf(kept: readonly KeptFile[]): Whole[] {
  const sessions = new Map<string, Whole>();
  for (const file of kept) {
    if (file.pruned) continue;
    const { sessionId } = file;
    const none = { sessionId, changedAt: 0, bytes: 0, onlyHere: true, files: [] };
    const session = sessions.get(sessionId) ?? none;
    sessions.set(sessionId, session);
    session.changedAt = Math.max(session.changedAt, file.changedAt);
    session.bytes += sizeOf(file);
    session.onlyHere &&= file.gone || file.superseded;
    session.files.push(file);
  }
  return [...sessions.values()].sort((a, b) => a.changedAt - b.changedAt);
}

function sizeOf({ sealedBytes, tailBytes }: KeptFile): number {
  return sealedBytes + tailBytes;
}

function sum(files: readonly KeptFile[]): number {
  return files.reduce((all, file) => all + sizeOf(file), 0);
}
