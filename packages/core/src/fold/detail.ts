import type { SessionDetail, SessionEvent } from '@claude-optimizer/protocol';
import { exactCosts, withModel, withSlot } from './exact-usage.js';
import { foldSession } from './state.js';
import { sessionStatus } from './status.js';
import { emptySummary } from './summary.js';

/** How many of the newest events the page keeps; older ones are a request away. */
const ACTIVITY_LIMIT = 1_000;

/**
 * A session's detail after more of its events; those already folded in are skipped. Pure; parts
 * that the events don't touch are the same objects as before.
 */
export function foldDetail(before: SessionDetail, events: readonly SessionEvent[]): SessionDetail {
  const fresh = events.filter(
    (event) => event.seq > before.seq && event.sessionId === before.state.summary.id,
  );
  const last = fresh.at(-1);
  if (!last) return before;
  const costs = exactCosts(before.state.summary, fresh);
  return {
    seq: last.seq,
    slotMs: before.slotMs,
    state: fresh.reduce(foldSession, before.state),
    usage: costs.reduce((usage, cost) => withSlot(usage, cost, before.slotMs), before.usage),
    usageByModel: costs.reduce(withModel, before.usageByModel),
    activity: [...before.activity, ...fresh].slice(-ACTIVITY_LIMIT),
  };
}

/** A session's detail before its first event, from which all of them can be folded. */
export function detailBefore(
  id: string,
  first: SessionEvent | undefined,
  slotMs: number,
): SessionDetail {
  const summary = emptySummary(id, first?.timestamp ?? 0);
  return {
    seq: (first?.seq ?? 1) - 1,
    state: { summary, objectives: [], tools: [], agents: [], files: [] },
    slotMs,
    usage: [],
    usageByModel: [],
    activity: [],
  };
}

/** The detail with its status as at `now` (epoch ms). */
export function detailAt(detail: SessionDetail, now: number): SessionDetail {
  const { summary } = detail.state;
  const status = sessionStatus(summary, now);
  if (status === summary.status) return detail;
  return { ...detail, state: { ...detail.state, summary: { ...summary, status } } };
}
