import type { SessionSummary } from '@claude-optimizer/protocol';
import { fetchAllSessions, fetchSnapshot } from '../support/api.js';
import { type Defer, tempFolder } from '../support/cleanup.js';
import { health, startDaemon } from '../support/daemon.js';
import { inMicrodollars } from './prices.js';
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

export type SessionSums = Record<string, { cost: number | null; messages: number }>;

/** Responses by session and their exact cost (in hundredths of a micro-dollar), as stored. */
export function usageBySession(stored: Stored): SessionSums {
  const sums: SessionSums = {};
  for (const { session, cost } of stored.usage) {
    const sum = (sums[session] ??= { cost: null, messages: 0 });
    if (cost !== null) sum.cost = (sum.cost ?? 0) + cost;
    sum.messages += 1;
  }
  return sums;
}

/** What the list should say of its sessions: the same in whole micro-dollars. */
export function rounded(sums: SessionSums): SessionSums {
  const entries = Object.entries(sums);
  return Object.fromEntries(
    entries.map(([id, { cost, messages }]) => [id, { cost: inMicrodollars(cost), messages }]),
  );
}

/** What the sessions of the list say of themselves. */
export function shownBySession(sessions: readonly SessionSummary[]): SessionSums {
  return Object.fromEntries(
    sessions.map(({ id, usage }) => [
      id,
      { cost: usage.costMicrodollars, messages: usage.messages },
    ]),
  );
}

/** The first number of an event that isn't 1, 2, 3 …; null when there is none. */
export function firstGap(stored: Stored): number | null {
  const gap = stored.events.findIndex(({ seq }, index) => seq !== index + 1);
  return gap === -1 ? null : gap + 1;
}
