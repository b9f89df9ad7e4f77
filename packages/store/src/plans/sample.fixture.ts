import { planSchema, runSchema, type Plan, type Run } from '@claude-optimizer/protocol';

const ORDER = {
  project: 'shop',
  path: null,
  phase: null,
  model: null,
  limits: {},
  objectives: ['Build auth'],
};

/** A plan of source `s`. */
export function planOf(facts: Partial<Plan>): Plan {
  return planSchema.parse({
    ...ORDER,
    id: 'p',
    source: 's',
    uid: 'u',
    recurrence: null,
    title: 'Claude: shop',
    startsAt: 10,
    endsAt: 20,
    allDay: false,
    zone: 'UTC',
    problems: [],
    contentHash: 'h',
    ...facts,
  });
}

/** A run that has not been started. */
export function runOf(facts: Partial<Run>): Run {
  return runSchema.parse({
    id: 'r',
    planId: null,
    origin: 'command',
    sessionId: null,
    state: 'scheduled',
    cause: null,
    reason: null,
    order: ORDER,
    cwd: null,
    onLimit: 'stop',
    limits: {},
    spent: { costMicrodollars: 0, tokens: 0, turns: 0, wallMs: 0 },
    warnedPercent: 0,
    overshoot: null,
    scheduledAt: 1,
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
    objectives: { completed: 0, total: 1 },
    revision: 0,
    ...facts,
  });
}
