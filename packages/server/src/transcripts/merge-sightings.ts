import { promptTokens, type Usage } from '@claude-optimizer/protocol';
import type { LedgerRow } from '@claude-optimizer/store';

type Owned = Pick<LedgerRow, 'sessionId' | 'bornAt' | 'agentId' | 'at' | 'stopped'>;

/**
 * One response from two sightings of it, in whatever order they come: the greatest output that any
 * line gave, for the session whose file is the oldest, at the time of the first line.
 */
export function mergeSightings<T extends Owned & { usage: Usage }>(before: T, seen: T): T {
  const better = isBetter(seen.usage, before.usage) ? seen : before;
  const older =
    seen.bornAt < before.bornAt ||
    (seen.bornAt === before.bornAt && seen.sessionId < before.sessionId);
  const owner = older ? seen : before;
  return {
    ...better,
    sessionId: owner.sessionId,
    bornAt: owner.bornAt,
    agentId: before.sessionId === owner.sessionId ? before.agentId : seen.agentId,
    at: Math.min(before.at, seen.at),
    stopped: before.stopped || seen.stopped,
  };
}

// Output grows from line to line; on a tie the fuller count, whatever order the files come in.
function isBetter(a: Usage, b: Usage): boolean {
  if (a.outputTokens !== b.outputTokens) return a.outputTokens > b.outputTokens;
  return promptTokens(a) > promptTokens(b);
}
