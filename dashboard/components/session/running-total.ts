import type { UsagePoint } from '@claude-optimizer/protocol';

/** Micro-dollars of a slot, and in all up to its end; null until a price is known. */
export type Total = { at: number; spent: number | null; sum: number | null };

/** What had been spent at the end of each slot. What has no known price adds nothing. */
export function runningTotal(usage: readonly UsagePoint[]): Total[] {
  let sum: number | null = null;
  return usage.map(({ at, usage: { costMicrodollars: spent } }) => {
    if (spent !== null) sum = (sum ?? 0) + spent;
    return { at, spent, sum };
  });
}
