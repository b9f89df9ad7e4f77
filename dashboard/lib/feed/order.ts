import { sessionNeed, sessionStatus, STATUS_RULES } from '@claude-optimizer/core/fold';
import type { SessionSummary } from '@claude-optimizer/protocol';
import type { FeedState } from './state';

/** How many finished sessions the page keeps and shows. */
export const RECENT_LIMIT = 20;

/** Why a session has a card, the most pressing first; null when it has none. */
export type Attention = 'answer' | 'failed' | 'prompt' | 'running' | 'idle';
const RANK: Record<Attention, number> = { answer: 0, failed: 1, prompt: 2, running: 3, idle: 4 };

/** What a session wants from the person at `now`; null for one that is over. */
export function attention(summary: SessionSummary, now: number): Attention | null {
  const need = sessionNeed(summary, now);
  if (need !== null) return need;
  switch (sessionStatus(summary, now)) {
    case 'running':
      return 'running';
    case 'waiting':
      return 'prompt';
    case 'idle':
      return 'idle';
    case 'failed':
      // A failure is news for as long as an idle session would have stayed.
      return now < summary.lastAt + STATUS_RULES.idleForMs ? 'failed' : null;
    case 'completed':
    case 'interrupted':
      return null;
  }
}

/**
 * The state as the clock has it: each session's status at `now`, and both lists in their order.
 * Within a rank the latest started is first, so that a card doesn't move when it gets an event.
 */
export function atTime(state: FeedState, now: number): FeedState {
  const active: { id: string; rank: number; startedAt: number }[] = [];
  const over: SessionSummary[] = [];
  let sessions: Map<string, SessionSummary> | null = null;
  for (const [id, summary] of state.sessions) {
    const status = sessionStatus(summary, now);
    if (status !== summary.status) {
      sessions ??= new Map(state.sessions);
      sessions.set(id, { ...summary, status });
    }
    if (!summary.visible) continue;
    const why = attention(summary, now);
    if (why === null) over.push(summary);
    else active.push({ id, rank: RANK[why], startedAt: summary.startedAt });
  }
  active.sort((a, b) => a.rank - b.rank || b.startedAt - a.startedAt || (a.id < b.id ? -1 : 1));
  over.sort((a, b) => b.lastAt - a.lastAt || (a.id < b.id ? -1 : 1));
  for (const { id } of over.splice(RECENT_LIMIT)) {
    sessions ??= new Map(state.sessions);
    sessions.delete(id);
  }
  const activeIds = sameList(state.activeIds, active);
  const recentIds = sameList(state.recentIds, over);
  if (!sessions && activeIds === state.activeIds && recentIds === state.recentIds) return state;
  return { ...state, sessions: sessions ?? state.sessions, activeIds, recentIds };
}

function sameList(before: readonly string[], next: readonly { id: string }[]): readonly string[] {
  const same = before.length === next.length && next.every(({ id }, at) => id === before[at]);
  return same ? before : next.map(({ id }) => id);
}
