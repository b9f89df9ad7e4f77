import type { UsagePoint } from '@claude-optimizer/protocol';

/** Only spending of the last minutes tells where it is going. */
const TREND_MS = 15 * 60_000;
/** One response is no trend: the span is taken for at least a minute. */
const LEAST_SPAN_MS = 60_000;

/**
 * When the spending of the last 15 minutes, going on evenly, passes the budget (epoch ms). Null
 * without a budget, when it is passed already, or when nothing was spent in that time.
 */
export function forecastBudget(options: {
  usage: readonly UsagePoint[];
  spentMicrodollars: number | null;
  budgetMicrodollars: number | null;
  now: number;
}): { at: number } | null {
  const { usage, spentMicrodollars, budgetMicrodollars, now } = options;
  if (budgetMicrodollars === null || spentMicrodollars === null) return null;
  const left = budgetMicrodollars - spentMicrodollars;
  const recent = usage.filter((point) => point.at > now - TREND_MS);
  const first = recent[0];
  const spent = recent.reduce((sum, point) => sum + (point.usage.costMicrodollars ?? 0), 0);
  if (left <= 0 || first === undefined || spent <= 0) return null;
  const span = Math.max(LEAST_SPAN_MS, now - first.at);
  return { at: Math.round(now + (left / spent) * span) };
}
