import type { SummedUsage } from '@claude-optimizer/core/report';

/** One message's sum of usage, as a store gives it, of nothing but what is said. */
export function used(sum: Partial<SummedUsage>): SummedUsage {
  return {
    day: null,
    slot: null,
    model: null,
    project: null,
    sessionId: null,
    inputTokens: 0,
    outputTokens: 0,
    cacheWrite5mTokens: 0,
    cacheWrite1hTokens: 0,
    cacheReadTokens: 0,
    messages: 1,
    costPicodollars: 0,
    unpricedMessages: 0,
    unpricedTokens: 0,
    estimatedMessages: 0,
    incompleteMessages: 0,
    ...sum,
  };
}
