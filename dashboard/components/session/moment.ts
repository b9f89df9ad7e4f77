import type { SessionDetail, SessionEvent } from '@claude-optimizer/protocol';

/** A moment of a session's past: all up to the event `seq`, which was at `at` (epoch ms). */
export type Moment = { seq: number; at: number };

/** What each tab of the session page gets. `moment` is null while the session is shown live. */
export type TabProps = {
  id: string;
  /** As it was at the moment. */
  detail: SessionDetail;
  moment: Moment | null;
};

/** The events that had happened by the moment. */
export function eventsUntil(
  events: readonly SessionEvent[],
  moment: Moment | null,
): readonly SessionEvent[] {
  if (moment === null || (events.at(-1)?.seq ?? 0) <= moment.seq) return events;
  return events.slice(0, events.findLastIndex(({ seq }) => seq <= moment.seq) + 1);
}
