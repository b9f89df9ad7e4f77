import {
  addUsage,
  NO_USAGE,
  PICODOLLARS_PER_MICRODOLLAR,
  roundCost,
  totalTokens,
  type EventOf,
  type SessionDetail,
  type SessionEvent,
  type SessionSummary,
} from '@claude-optimizer/protocol';

type Slot = SessionDetail['usage'][number];
type OfModel = SessionDetail['usageByModel'][number];
type Sum = Omit<OfModel, 'model'>;
type Total = Pick<SessionSummary, 'usage' | 'costFraction' | 'unpriced'>;

/** What a response adds to sums: its cost to the pico-dollar, and 1 if it has no known price. */
export type ExactCost = {
  event: EventOf<'session:tokens'>;
  picodollars: number;
  unpriced: number;
};

/**
 * What the events add to sums. Their `change` is rounded with the session's total, which other
 * sums are not: the exact cost is what lies between two totals.
 */
export function exactCosts(before: Total, events: readonly SessionEvent[]): ExactCost[] {
  let known = before;
  return events.flatMap((event) => {
    if (event.type !== 'session:tokens') return [];
    const { totals: usage, costFraction, unpriced } = event;
    const picodollars = exactly({ usage, costFraction }) - exactly(known);
    const more = unpriced.messages - known.unpriced.messages;
    known = { usage, costFraction, unpriced };
    return [{ event, picodollars, unpriced: more }];
  });
}

/** The slots of `slotMs` with one response more. */
export function withSlot(slots: Slot[], cost: ExactCost, slotMs: number): Slot[] {
  const at = Math.floor(cost.event.timestamp / slotMs) * slotMs;
  const known = slots.findLast((slot) => slot.at === at);
  const next = { at, ...summed(known, cost) };
  if (isNothing(next)) return slots.filter((slot) => slot !== known);
  if (known) return slots.map((slot) => (slot === known ? next : slot));
  return [...slots, next].sort((a, b) => a.at - b.at);
}

/** The sums by model with one response more. */
export function withModel(byModel: OfModel[], cost: ExactCost): OfModel[] {
  const { model } = cost.event;
  const known = byModel.find((entry) => entry.model === model);
  const next = { model, ...summed(known, cost) };
  if (isNothing(next)) return byModel.filter((entry) => entry !== known);
  return known ? byModel.map((entry) => (entry === known ? next : entry)) : [...byModel, next];
}

function summed(known: Sum | undefined, { event, ...more }: ExactCost): Sum {
  const usage = addUsage(known?.usage ?? NO_USAGE, event.change);
  const unpriced = (known?.unpriced ?? 0) + more.unpriced;
  if (unpriced === usage.messages && unpriced > 0) {
    return { usage: { ...usage, costMicrodollars: null }, costFraction: 0, unpriced };
  }
  const cost = roundCost((known ? exactly(known) : 0) + more.picodollars);
  return {
    usage: { ...usage, costMicrodollars: cost.microdollars },
    costFraction: cost.fraction,
    unpriced,
  };
}

function exactly({ usage, costFraction }: Pick<Sum, 'usage' | 'costFraction'>): number {
  return (usage.costMicrodollars ?? 0) * PICODOLLARS_PER_MICRODOLLAR + costFraction;
}

// All responses of it have turned out to be another session's.
function isNothing({ usage }: Sum): boolean {
  return usage.messages === 0 && totalTokens(usage) === 0;
}
