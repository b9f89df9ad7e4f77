import { setTimeout as sleep } from 'node:timers/promises';
import { judge } from '@claude-optimizer/core/budget';
import { completedOf, moveRun, type Ending } from '@claude-optimizer/core/run';
import type { Run, SessionDetail } from '@claude-optimizer/protocol';

/** Overloaded or over a limit: tried again as often, and not before. */
const MOST_ATTEMPTS = 5;
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** For a run without a plan, whose end says until when it makes sense. */
const PATIENCE_MS = 60 * 60_000;
/** The client's last lines are on the disk when it ends; they are read within that time. */
const SETTLE_MS = 2_000;

/** When a run that failed for a time is tried again (epoch ms); null when it isn't. */
export function retryAt(
  run: Run,
  { temporary }: Ending,
  {
    resetsAt,
    now,
    firstWaitMs = FIRST_WAIT_MS,
  }: { resetsAt: number | null; now: number; firstWaitMs?: number },
): number | null {
  if (!temporary || run.attempt >= MOST_ATTEMPTS) return null;
  const wait = Math.min(firstWaitMs * 2 ** (run.attempt - 1), LONGEST_WAIT_MS);
  const at = resetsAt ?? now + wait;
  return at < (run.endsAt ?? (run.claimedAt ?? now) + PATIENCE_MS) ? at : null;
}

/** The session as it is once all that the client wrote has been read; null when it wrote nothing. */
export async function settledSession(
  detail: (id: string) => Promise<SessionDetail | null>,
  sessionId: string | null,
  clientCostUsd: number | null,
): Promise<SessionDetail | null> {
  if (sessionId === null) return null;
  // A session that was gone on with has the closing sum of each of its processes.
  const closing = clientCostUsd === null ? 0 : Math.round(clientCostUsd * 1_000_000) - 1;
  const until = performance.now() + SETTLE_MS;
  for (;;) {
    const session = await detail(sessionId);
    const sum = session?.state.summary.clientCost?.microdollars ?? -1;
    if (sum >= closing || performance.now() >= until) return session;
    await sleep(50);
  }
}

/** The run at its end, with what came of it. */
export function finished(
  run: Run,
  ending: Ending,
  facts: {
    session: SessionDetail | null;
    exitCode: number | null;
    signal: string | null;
    endedAt: number;
    clientCostUsd: number | null;
  },
): Run {
  const { session, clientCostUsd, exitCode, signal, endedAt } = facts;
  const summary = session?.state.summary;
  const done = completedOf(run.order.objectives, session?.state.objectives ?? []);
  const cost = summary?.usage.costMicrodollars ?? run.spent.costMicrodollars;
  const spent = { ...run.spent, costMicrodollars: cost };
  return moveRun(run, ending.state, {
    cause: ending.cause,
    reason: ending.reason,
    endedAt,
    exitCode,
    signal,
    heldUntil: null,
    spent,
    overshoot: judge(run.limits, spent).overshoot,
    clientCostMicrodollars: clientCostUsd === null ? null : Math.round(clientCostUsd * 1_000_000),
    objectives: { completed: done.filter(Boolean).length, total: done.length },
  });
}
