import { setTimeout as sleep } from 'node:timers/promises';
import { judge } from '@claude-optimizer/core/budget';
import { completedOf, moveRun, type Ending } from '@claude-optimizer/core/run';
import type { Run, SessionDetail } from '@claude-optimizer/protocol';

/** The client's last lines are on the disk when it ends; they are read within that time. */
const SETTLE_MS = 2_000;

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
