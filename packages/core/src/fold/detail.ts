import {
  addUsage,
  NO_USAGE,
  type EventOf,
  type SessionDetail,
  type SessionEvent,
} from '@claude-optimizer/protocol';
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
  const tokens = fresh.filter((event) => event.type === 'session:tokens');
  return {
    seq: last.seq,
    slotMs: before.slotMs,
    state: fresh.reduce(foldSession, before.state),
    usage: tokens.reduce((usage, event) => withSlot(usage, event, before.slotMs), before.usage),
    usageByModel: tokens.reduce(withModel, before.usageByModel),
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

function withSlot(
  usage: SessionDetail['usage'],
  event: EventOf<'session:tokens'>,
  slotMs: number,
): SessionDetail['usage'] {
  const at = Math.floor(event.timestamp / slotMs) * slotMs;
  const known = usage.findLast((slot) => slot.at === at);
  const next = { at, usage: addUsage(known?.usage ?? NO_USAGE, event.change) };
  if (known) return usage.map((slot) => (slot === known ? next : slot));
  return [...usage, next].sort((a, b) => a.at - b.at);
}

function withModel(
  byModel: SessionDetail['usageByModel'],
  event: EventOf<'session:tokens'>,
): SessionDetail['usageByModel'] {
  const known = byModel.find((entry) => entry.model === event.model);
  const next = {
    model: event.model,
    usage: addUsage(known?.usage ?? NO_USAGE, event.change),
  };
  return known ? byModel.map((entry) => (entry === known ? next : entry)) : [...byModel, next];
}
