'use client';

import type { UsageReport } from '@claude-optimizer/protocol';
import { useCallback } from 'react';
import { sessionNews, useFigures } from '@/hooks/useFigures';
import { fetchUsage } from '@/lib/usage-api';
import { DEFAULT_RANGE, firstDay, localDay, type UsageRange } from '@/lib/usage-range';

/** Everything that the page shows of a range, each table summed (and rounded) by the server. */
export type UsageFigures = {
  range: UsageRange;
  /** First and last day; `since` is null where nothing bounds. */
  since: string | null;
  today: string;
  bySteps: UsageReport;
  byStepsAndModels: UsageReport;
  byModels: UsageReport;
  byProjects: UsageReport;
  byHours: UsageReport;
};

async function askUsage(range: UsageRange): Promise<UsageFigures> {
  const today = localDay(Date.now());
  const since = firstDay(range.span, today);
  const [bySteps, byStepsAndModels, byModels, byProjects, byHours] = await Promise.all([
    fetchUsage({ by: [range.step], since }),
    fetchUsage({ by: [range.step, 'model'], since }),
    fetchUsage({ by: ['model'], since }),
    fetchUsage({ by: ['project'], since }),
    fetchUsage({ by: ['hour'], since }),
  ]);
  return { range, since, today, bySteps, byStepsAndModels, byModels, byProjects, byHours };
}

/** The figures of a range, fresh; none while the range is null. */
export function useUsage(range: UsageRange | null) {
  const { step, span } = range ?? DEFAULT_RANGE;
  const ask = useCallback(() => askUsage({ step, span }), [step, span]);
  return useFigures(ask, range && `${step} ${span}`);
}

/** How many sessions used anything in the range's span. */
export function useUsedSessions(range: UsageRange | null) {
  const { span } = range ?? DEFAULT_RANGE;
  const ask = useCallback(async () => {
    const since = firstDay(span, localDay(Date.now()));
    return (await fetchUsage({ by: ['session'], since })).rows.length;
  }, [span]);
  return useFigures(ask, range && span, sessionNews);
}
