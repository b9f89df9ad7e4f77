import type { SessionSummary } from '@claude-optimizer/protocol';
import { fetchAllSessions, fetchSnapshot } from '../support/api.js';
import { type Defer, tempFolder } from '../support/cleanup.js';
import { health, startDaemon } from '../support/daemon.js';
import { readStored, type Stored } from '../support/stored.js';

export type Indexed = {
  dataDir: string;
  stored: Stored;
  sessions: SessionSummary[];
  sessionsTotal: number;
  malformedLines: number;
};

/** Indexes a whole tree with the real daemon, stops it and says what it found. */
export async function indexTree(
  claudeDir: string,
  defer: Defer,
  { timeoutMs = 60_000, dataDir = tempFolder(defer) } = {},
): Promise<Indexed> {
  const daemon = await startDaemon({ claudeDir, dataDir }, defer);
  await daemon.ready(timeoutMs);
  const sessions = await fetchAllSessions(daemon.url);
  const { sessionsTotal } = await fetchSnapshot(daemon.url);
  const { malformedLines } = await health(daemon.url);
  await daemon.stop();
  return { dataDir, stored: readStored(dataDir), sessions, sessionsTotal, malformedLines };
}

/** Cost (null: no price known) and responses by session, from the stored usage. */
export function usageBySession(
  stored: Stored,
): Record<string, { cost: number | null; messages: number }> {
  const sums: Record<string, { cost: number | null; messages: number }> = {};
  for (const { session, cost } of stored.usage) {
    const sum = (sums[session] ??= { cost: null, messages: 0 });
    if (cost !== null) sum.cost = (sum.cost ?? 0) + cost;
    sum.messages += 1;
  }
  return sums;
}

/** What the sessions of the list say of themselves, in the same shape. */
export function shownBySession(
  sessions: readonly SessionSummary[],
): Record<string, { cost: number | null; messages: number }> {
  return Object.fromEntries(
    sessions.map(({ id, usage }) => [
      id,
      { cost: usage.costMicrodollars, messages: usage.messages },
    ]),
  );
}

/** Asserts-by-value that the numbers of the events are 1, 2, 3 …: the first that isn't, or null. */
export function firstGap(stored: Stored): number | null {
  const gap = stored.events.findIndex(({ seq }, index) => seq !== index + 1);
  return gap === -1 ? null : gap + 1;
}
