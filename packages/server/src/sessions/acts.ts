import { plannedObjective } from '@claude-optimizer/core/run';
import { OptimizerError, type SessionState, type Unnumbered } from '@claude-optimizer/protocol';

/** What a person does to a session, as the event that it becomes; `now` in epoch ms. */
export type Act = (state: SessionState, now: number) => Unnumbered;

/** Ends it here; throws `conflict` where it has ended. */
export const end: Act = ({ summary: { id, phase } }, now) => {
  if (phase === 'ended' || phase === 'exited') {
    throw new OptimizerError('conflict', `Session ${id} has ended already.`, {
      fix: 'Nothing to do. It opens again by itself when Claude Code goes on with it.',
    });
  }
  return {
    type: 'session:complete',
    sessionId: id,
    timestamp: now,
    recordId: `ended:${String(now)}`,
    reason: 'ended',
    clientCostMicrodollars: null,
  };
};

/** Sets its budget; null takes it away. */
export function setBudget(budgetMicrodollars: number | null): Act {
  return ({ summary: { id } }, now) => ({
    type: 'session:budget',
    sessionId: id,
    timestamp: now,
    budgetMicrodollars,
  });
}

/**
 * Makes what was planned at `plannedAt` (epoch ms) an objective. It is as old as its plan, so that
 * nothing the session says of it is taken for older.
 */
export function plan(objective: string, plannedAt: number): Act {
  return ({ summary: { id }, objectives }) => ({
    type: 'session:objective',
    sessionId: id,
    timestamp: plannedAt,
    ...plannedObjective(objectives, objective),
  });
}
