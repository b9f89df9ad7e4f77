import { foldSummary, STATUS_RULES } from '@claude-optimizer/core/fold';
import {
  addUsage,
  totalTokens,
  type SessionEvent,
  type SessionSummary,
  type Today,
  type Unpriced,
  type Usage,
} from '@claude-optimizer/protocol';
import type { FeedState } from './state';

/** What became of a batch: the new state, a gap in `seq`, sessions that must be asked for. */
export type Folded = { state: FeedState; gap: boolean; unknown: readonly string[] };

/**
 * The state after a batch of events, in order of `seq`; those already folded in are skipped.
 * At a gap it stops. `now` (epoch ms) decides which unknown sessions matter: old ones are being
 * indexed and have no card.
 */
export function foldEvents(
  before: FeedState,
  events: readonly SessionEvent[],
  now: number,
): Folded {
  const sessions = new Map(before.sessions);
  const unknown = new Set<string>();
  const recentFrom = now - STATUS_RULES.idleForMs;
  let { seq, today, sessionsTotal } = before;
  let gap = false;
  for (const event of events) {
    if (event.seq <= seq) continue;
    if (event.seq !== seq + 1) {
      gap = true;
      break;
    }
    seq = event.seq;
    const known = sessions.get(event.sessionId) ?? null;
    today = withToday(today, event, known);
    if (becomesVisible(event, known?.visible ?? false)) sessionsTotal += 1;
    if (known && event.seq <= known.seq) continue;
    if (known || event.type === 'session:start') {
      sessions.set(event.sessionId, foldSummary(known, event));
    } else if (event.timestamp >= recentFrom) {
      unknown.add(event.sessionId);
    }
  }
  return { state: { ...before, sessions, seq, today, sessionsTotal }, gap, unknown: [...unknown] };
}

function becomesVisible(event: SessionEvent, was: boolean): boolean {
  const tells = event.type === 'session:start' || event.type === 'session:info';
  return tells && event.visible === true && !was;
}

function withToday(
  today: Today | null,
  event: SessionEvent,
  known: SessionSummary | null,
): Today | null {
  if (!today || event.type !== 'session:tokens' || event.timestamp < today.startsAt) return today;
  const { usage, unpriced, startsAt } = today;
  const isFirst = known !== null && (known.lastUsageAt ?? 0) < startsAt;
  return {
    startsAt,
    usage: addUsage(usage, event.change),
    unpriced: event.basis === 'unknown' ? withUnpriced(unpriced, event.change) : unpriced,
    sessions: today.sessions + (isFirst ? 1 : 0),
  };
}

function withUnpriced(unpriced: Unpriced, change: Usage): Unpriced {
  return {
    messages: unpriced.messages + change.messages,
    tokens: unpriced.tokens + totalTokens(change),
  };
}
