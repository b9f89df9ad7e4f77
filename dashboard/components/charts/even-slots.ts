import { addUsage, NO_USAGE, type UsagePoint } from '@claude-optimizer/protocol';

/** More bars than this can't be told apart. */
const MOST_SLOTS = 240;

/**
 * Usage in slots that follow each other without a gap, so that an hour of silence is as wide as
 * an hour of work. A session that has gone on for long gets wider slots: `slotMs` says how wide.
 */
export function evenSlots(
  usage: readonly UsagePoint[],
  slotMs: number,
): { usage: UsagePoint[]; slotMs: number } {
  const times = usage.map(({ at }) => at);
  if (times.length === 0) return { usage: [], slotMs };
  const first = Math.min(...times);
  const last = Math.max(...times);
  const width = slotMs * Math.ceil(((last - first) / slotMs + 1) / MOST_SLOTS);
  const start = Math.floor(first / width) * width;
  const slots: UsagePoint[] = [];
  for (let at = start; at <= last; at += width) slots.push({ at, usage: NO_USAGE });
  for (const point of usage) {
    const slot = slots[Math.floor((point.at - start) / width)];
    if (slot) slot.usage = addUsage(slot.usage, point.usage);
  }
  return { usage: slots, slotMs: width };
}
