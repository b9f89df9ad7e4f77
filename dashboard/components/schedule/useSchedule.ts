'use client';

import type { Schedule } from '@claude-optimizer/protocol';
import { useCallback, useMemo } from 'react';
import { useAnswer } from '@/hooks/useAnswer';
import { useLoopNews } from '@/lib/loop/loop-news';
import { withNewestRuns } from '@/lib/schedule/plan-words';
import { fetchSchedule } from '@/lib/schedule/schedule-api';
import { fetchSettings } from '@/lib/settings-api';

/** The schedule of a stretch (epoch ms), kept up to date, its runs by the moment. */
export function useSchedule(from: number, to: number) {
  const ask = useCallback(
    async () => ({ from, schedule: await fetchSchedule(from, to) }),
    [from, to],
  );
  const news = useLoopNews(({ scheduleNews }) => scheduleNews);
  const runs = useLoopNews((all) => all.runs);
  const { value, error, reload } = useAnswer(ask, news);
  const schedule = useMemo((): Schedule | null => {
    if (!value) return null;
    return { ...value.schedule, plans: withNewestRuns(value.schedule.plans, runs) };
  }, [value, runs]);
  return { schedule, isStale: value?.from !== from, answer: value, error, reload };
}

/** What the person has set; null until it is known. */
export function usePersonSettings() {
  const news = useLoopNews(({ scheduleNews }) => scheduleNews);
  return useAnswer(fetchSettings, news);
}
