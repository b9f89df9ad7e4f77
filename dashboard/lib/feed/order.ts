import { sessionStatus } from '@claude-optimizer/core/fold';
import { attention, attentions, type Attention } from '@claude-optimizer/core/live';
import type { SessionSummary } from '@claude-optimizer/protocol';
import type { ActiveIds, FeedState } from './state';

/** How many finished sessions the page keeps and shows. */
export const RECENT_LIMIT = 20;

/**
 * The state as the clock has it: each session's status at `now`, and the lists in their order.
 * The latest started is first, so that a card doesn't move because it got an event.
 */
export function atTime(state: FeedState, now: number): FeedState {
  const groups = new Map<Attention, SessionSummary[]>(attentions.map((each) => [each, []]));
  const over: SessionSummary[] = [];
  const sessions = new Map(state.sessions);
  let isChanged = false;
  for (const [id, summary] of state.sessions) {
    const status = sessionStatus(summary, now);
    if (status !== summary.status) {
      sessions.set(id, { ...summary, status });
      isChanged = true;
    }
    const why = attention(summary, now);
    const list = why === null ? over : groups.get(why);
    if (summary.visible) list?.push(summary);
  }
  over.sort(byNewest((summary) => summary.lastAt));
  for (const { id } of over.splice(RECENT_LIMIT)) isChanged = sessions.delete(id) || isChanged;
  const recentIds = sameIds(state.recentIds, over);
  const active = activeIds(state.active, groups);
  if (!isChanged && active === state.active && recentIds === state.recentIds) return state;
  return { ...state, sessions: isChanged ? sessions : state.sessions, active, recentIds };
}

function activeIds(before: ActiveIds, groups: Map<Attention, SessionSummary[]>): ActiveIds {
  const ids = (each: Attention) => {
    const group = groups.get(each) ?? [];
    return sameIds(before[each], group.sort(byNewest((summary) => summary.startedAt)));
  };
  const next = {
    answer: ids('answer'),
    failed: ids('failed'),
    prompt: ids('prompt'),
    running: ids('running'),
    idle: ids('idle'),
  };
  return attentions.every((each) => next[each] === before[each]) ? before : next;
}

function byNewest(time: (summary: SessionSummary) => number) {
  return (a: SessionSummary, b: SessionSummary) => time(b) - time(a) || (a.id < b.id ? -1 : 1);
}

function sameIds(before: readonly string[], next: readonly SessionSummary[]): readonly string[] {
  const same = before.length === next.length && next.every(({ id }, at) => id === before[at]);
  return same ? before : next.map(({ id }) => id);
}
