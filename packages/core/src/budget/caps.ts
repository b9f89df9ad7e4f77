import type { Caps } from '@claude-optimizer/protocol';

/** What all launched runs together may still take. */
export type CapsLeft = {
  /** The smaller of what day and week have left, 0 when used up; null without a cap on money. */
  costMicrodollars: number | null;
  /** Runs that may still be started today; null without a cap. */
  runs: number | null;
  /** Which of them is used up, so that nothing more starts; null when none is. */
  reached: 'day_cap' | 'week_cap' | 'runs_per_day' | null;
};

/**
 * Caps less what was used (micro-dollars of the local day and week, runs started today). Unknown
 * costs can't be counted: who sums them says so.
 */
export function capsLeft(
  caps: Caps,
  usedDay: number,
  usedWeek: number,
  runsToday: number,
): CapsLeft {
  const day = left(caps.dayMicrodollars, usedDay);
  const week = left(caps.weekMicrodollars, usedWeek);
  const runs = left(caps.runsPerDay, runsToday);
  const known = [day, week].filter((amount) => amount !== null);
  return {
    costMicrodollars: known.length === 0 ? null : Math.min(...known),
    runs,
    reached: day === 0 ? 'day_cap' : week === 0 ? 'week_cap' : runs === 0 ? 'runs_per_day' : null,
  };
}

function left(cap: number | null, used: number): number | null {
  return cap === null ? null : Math.max(0, cap - used);
}
