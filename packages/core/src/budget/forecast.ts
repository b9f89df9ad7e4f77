import type { UsagePoint } from '@claude-optimizer/protocol';

/** Only spending of the last minutes tells where it is going. */
const TREND_MS = 15 * 60_000;
/** One response is no trend: the span is taken for at least a minute. */
const LEAST_SPAN_MS = 60_000;

/**
 * When the spending of the last 15 minutes, going on evenly from its first moment until now,
 * passes the budget (epoch ms). Of a slot that began before, only its part in that time counts.
 * Null without a budget, when it is passed already, or when nothing was spent in that time.
 */
export function forecastBudget(options: {
  usage: readonly UsagePoint[];
  slotMs: number;
  spentMicrodollars: number | null;
  budgetMicrodollars: number | null;
  now: number;
}): { at: number } | null {
  const { usage, slotMs, spentMicrodollars, budgetMicrodollars, now } = options;
  if (budgetMicrodollars === null || spentMicrodollars === null) return null;
  const left = budgetMicrodollars - spentMicrodollars;
  const since = now - TREND_MS;
  const recent = usage.filter((point) => point.at + slotMs > since && point.at <= now);
  const first = recent[0];
  const spent = recent.reduce((sum, point) => sum + spentSince(point, slotMs, since, now), 0);
  if (left <= 0 || first === undefined || spent <= 0) return null;
  const span = Math.max(LEAST_SPAN_MS, now - Math.max(first.at, since));
  return { at: Math.round(now + (left / spent) * span) };
}

function spentSince(point: UsagePoint, slotMs: number, since: number, now: number): number {
  // A slot that isn't over yet is spread over what has passed of it.
  const passed = Math.max(1, Math.min(slotMs, now - point.at));
  const inTrend = Math.min(1, (point.at + passed - since) / passed);
  return (point.usage.costMicrodollars ?? 0) * Math.max(0, inTrend);
}
