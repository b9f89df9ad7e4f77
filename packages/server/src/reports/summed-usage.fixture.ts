import { NO_SUM, type SummedUsage } from '@claude-optimizer/core/report';

/** One message's sum of usage, as a store gives it, of nothing but what is said. */
export function used(sum: Partial<SummedUsage>): SummedUsage {
  return { ...NO_SUM, messages: 1, ...sum };
}
