import { dayKey, readDay } from './local-time';

export const scheduleViews = ['week', 'agenda'] as const;
export type ScheduleView = (typeof scheduleViews)[number];

/** What the schedule's address says: null is what suits the screen, and today. */
export type ScheduleAddress = { view: ScheduleView | null; day: number | null };

/** Reads the query of the schedule's address; what it doesn't know is left out. */
export function readAddress(query: string): ScheduleAddress {
  const given = new URLSearchParams(query);
  const view = scheduleViews.find((each) => each === given.get('view')) ?? null;
  return { view, day: readDay(given.get('day')) };
}

/** The query of an address, empty where all is as usual. */
export function writeAddress({ view, day }: ScheduleAddress): string {
  const query = new URLSearchParams({
    ...(view !== null && { view }),
    ...(day !== null && { day: dayKey(day) }),
  }).toString();
  return query === '' ? '' : `?${query}`;
}
