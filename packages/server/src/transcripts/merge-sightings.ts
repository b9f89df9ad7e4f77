import type { Usage } from '@claude-optimizer/protocol';
import type { ResponseTokens } from '@claude-optimizer/core/transcript';
import type { LedgerRow } from '@claude-optimizer/store';

type Owned = Pick<LedgerRow, 'sessionId' | 'bornAt' | 'agentId' | 'at' | 'stopped'>;

/**
 * One response from two sightings of it, in whatever order they come: the greatest output that any
 * line gave, for the session whose file is the oldest, at the time of the first line.
 */
export function mergeSightings<T extends Owned & { usage: Usage }>(before: T, seen: T): T {
  const better = isBetter(seen.usage, before.usage) ? seen : before;
  const owner = isOlder(seen, before) ? seen : before;
  return {
    ...better,
    sessionId: owner.sessionId,
    bornAt: owner.bornAt,
    agentId: before.sessionId === owner.sessionId ? before.agentId : seen.agentId,
    at: Math.min(before.at, seen.at),
    stopped: before.stopped || seen.stopped,
  };
}

type Born = Pick<LedgerRow, 'sessionId' | 'bornAt'>;

/** Whether `seen` stands in an older file than `before`, which owns what both have. */
export function isOlder(seen: Born, before: Born): boolean {
  if (seen.bornAt !== before.bornAt) return seen.bornAt < before.bornAt;
  return seen.sessionId < before.sessionId;
}

/**
 * Whether `a` is the better count of one response: output grows from line to line; on a tie the
 * fuller count, whatever order the files come in.
 */
export function isBetter(a: ResponseTokens, b: ResponseTokens): boolean {
  if (a.outputTokens !== b.outputTokens) return a.outputTokens > b.outputTokens;
  return promptOf(a) > promptOf(b);
}

function promptOf(tokens: ResponseTokens): number {
  const { inputTokens, cacheWrite5mTokens, cacheWrite1hTokens, cacheReadTokens } = tokens;
  return inputTokens + cacheWrite5mTokens + cacheWrite1hTokens + cacheReadTokens;
}
