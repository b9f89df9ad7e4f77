import {
  DAY_MS,
  dayText,
  startOfDay,
  weekText,
  zoneOffset,
  type Zone,
} from '@claude-optimizer/core/report';
import type { Schedule } from '@claude-optimizer/protocol';
import type { PlanStore } from '@claude-optimizer/store';

/**
 * What launched runs have cost on the local day and in the week (from Monday) of `now`, by the day
 * on which each was started, and how many were started today. Runs of unknown cost count 0.
 */
export async function usedByRuns(
  store: Pick<PlanStore, 'runsStarted'>,
  now: number,
  zone: Zone,
): Promise<Schedule['used']> {
  const day = Math.floor((now + zoneOffset(zone, now)) / DAY_MS);
  const today = startOfDay(zone, dayText(day));
  const runs = await store.runsStarted(startOfDay(zone, weekText(day)), now + 1);
  const costFrom = (from: number) =>
    runs
      .filter(({ startedAt }) => startedAt !== null && startedAt >= from)
      .reduce((sum, { spent }) => sum + (spent.costMicrodollars ?? 0), 0);
  return {
    dayMicrodollars: costFrom(today),
    weekMicrodollars: costFrom(-Infinity),
    runsToday: runs.filter(({ startedAt }) => (startedAt ?? 0) >= today).length,
  };
}
