import { RATE_MINUTES } from '@claude-optimizer/core/fold';
import type { SessionSummary } from '@claude-optimizer/protocol';

const MINUTE = 60_000;

/** Fresh tokens of each of the last 30 minutes up to `now` (epoch ms), the current one last. */
export function lastMinutes(rate: SessionSummary['rate'], now: number): number[] {
  const last = Math.floor(now / MINUTE);
  const byMinute = new Map(rate.map(({ minute, tokens }) => [minute, tokens]));
  return Array.from(
    { length: RATE_MINUTES },
    (_, at) => byMinute.get(last - RATE_MINUTES + 1 + at) ?? 0,
  );
}

/**
 * Fresh tokens in the sixty seconds up to `now`: the current minute, and of the one before the
 * share that still lies within.
 */
export function tokensAMinute(rate: SessionSummary['rate'], now: number): number {
  const [before = 0, current = 0] = lastMinutes(rate, now).slice(-2);
  return Math.max(0, Math.round(current + before * (1 - (now % MINUTE) / MINUTE)));
}
