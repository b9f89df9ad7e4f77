import type { Busy, Entry, Plan, PlanProblem } from '@claude-optimizer/protocol';

export type ReadRequest = {
  source: string;
  /** Texts of calendars. */
  objects: string[];
  /** The window, epoch ms. */
  from: number;
  to: number;
  /** IANA zone of times that name none. */
  zone: string;
  /** Mail addresses that are the person's. */
  me: string[];
};

/** Makes plans of calendars' texts, event by event; what can't be read is a problem. */
export type ReadCalendars = (
  request: ReadRequest,
) => Promise<{ plans: Plan[]; busy: Busy[]; problems: PlanProblem[] }>;

/**
 * Entries of our own schedule as a calendar's text: all of them, or for other eyes (`private`)
 * when and which project, without objectives and paths.
 */
export type WriteEntries = (entries: readonly Entry[], detail: 'all' | 'private') => string;
