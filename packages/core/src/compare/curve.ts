import { totalTokens, type SessionEvent, type SessionSummary } from '@claude-optimizer/protocol';
import { foldSummary } from '../fold/summary.js';

/** Clocks that sessions of different days share. */
export const COMPARE_CLOCKS = ['elapsed', 'active', 'share'] as const;
export type CompareClock = (typeof COMPARE_CLOCKS)[number];

/** What had been used and spent (micro-dollars; null until a price is known) at `x`. */
export type CurvePoint = { x: number; tokens: number; cost: number | null };

/**
 * A session's tokens and cost over its own clock: ms since its start, ms in which a turn was
 * open, or the share of the way from its first sign of life to its last.
 */
export function curveOf(events: readonly SessionEvent[], clock: CompareClock): CurvePoint[] {
  let summary: SessionSummary | null = null;
  const uses: { x: number; tokens: number; cost: number | null }[] = [];
  for (const event of events) {
    summary = foldSummary(summary, event);
    if (event.type !== 'session:tokens') continue;
    const { change, timestamp } = event;
    const x = clock === 'active' ? summary.activeMs : timestamp;
    uses.push({ x, tokens: totalTokens(change), cost: change.costMicrodollars });
  }
  if (summary === null) return [];
  const { startedAt, lastAt } = summary;
  const scale = clock === 'share' ? Math.max(1, lastAt - startedAt) : 1;
  const start = clock === 'active' ? 0 : startedAt;
  const end = clock === 'active' ? summary.activeMs : lastAt;
  let [tokens, cost]: [number, number | null] = [0, null];
  const points = uses
    .sort((a, b) => a.x - b.x)
    .map((use) => {
      tokens += use.tokens;
      if (use.cost !== null) cost = (cost ?? 0) + use.cost;
      return { x: Math.max(0, use.x - start) / scale, tokens, cost };
    });
  return [{ x: 0, tokens: 0, cost: null }, ...points, { x: (end - start) / scale, tokens, cost }];
}
