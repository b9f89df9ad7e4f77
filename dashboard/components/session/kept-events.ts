import type { SessionEvent } from '@claude-optimizer/protocol';

/** So many live events are kept; what was loaded on demand comes on top. */
const MOST_KEPT = 5_000;

/**
 * What the feed shows after news. `activity` is the page's newest events, of which the oldest
 * drop out as it goes on: those stay here. An answer that doesn't join on to what was kept (after
 * a long absence, or from another history) replaces it, or events between would seem not to be.
 */
export function withNews(
  kept: readonly SessionEvent[],
  activity: readonly SessionEvent[],
): readonly SessionEvent[] {
  const from = activity[0]?.seq;
  const joint = kept.findIndex(({ seq }) => seq === from);
  if (joint <= 0) return activity;
  const most = Math.max(MOST_KEPT, kept.length);
  return [...kept.slice(0, joint), ...activity].slice(-most);
}

/** The same with a page of older events before it. */
export function withOlder(
  kept: readonly SessionEvent[],
  older: readonly SessionEvent[],
): readonly SessionEvent[] {
  const from = kept[0]?.seq ?? Infinity;
  return [...older.filter(({ seq }) => seq < from), ...kept];
}

/** Whether nothing older can be asked for: every session's first event is its start. */
export const isFromStart = (kept: readonly SessionEvent[]): boolean =>
  kept[0]?.type === 'session:start';
