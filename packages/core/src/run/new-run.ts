import type { Run } from '@claude-optimizer/protocol';

type Facts = Pick<
  Run,
  'id' | 'order' | 'origin' | 'planId' | 'scheduledAt' | 'endsAt' | 'cwd' | 'limits' | 'onLimit'
>;

/** A run that nothing is known of yet but what it is to do. */
export function newRun(facts: Facts): Run {
  return {
    ...facts,
    sessionId: null,
    state: 'scheduled',
    cause: null,
    reason: null,
    spent: { costMicrodollars: null, tokens: 0, turns: 0, wallMs: 0 },
    warnedPercent: 0,
    overshoot: null,
    warnedAt: null,
    claimedAt: null,
    startedAt: null,
    firstOutputAt: null,
    endedAt: null,
    heldUntil: null,
    attempt: 1,
    exitCode: null,
    signal: null,
    clientCostMicrodollars: null,
    objectives: { completed: 0, total: facts.order.objectives.length },
    revision: 0,
  };
}
