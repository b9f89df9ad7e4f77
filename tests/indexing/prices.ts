import type { Tokens } from './recount.js';

/** Hundredths of a micro-dollar a token (USD per million × 100), in the order of `Tokens`. */
const RATES: Record<string, Tokens> = {
  'claude-sonnet-4-5-20250929': [300, 1500, 375, 600, 30],
  'claude-opus-4-5-20251101': [500, 2500, 625, 1000, 50],
  'claude-haiku-4-5-20251001': [100, 500, 125, 200, 10],
};

/** What one response costs exactly, in hundredths of a micro-dollar; null: no price is known. */
export function exactCost(model: string, tokens: Tokens): number | null {
  const rates = RATES[model];
  return rates ? tokens.reduce((sum, count, kind) => sum + count * (rates[kind] ?? 0), 0) : null;
}

/** A sum of exact costs in micro-dollars, rounded half up once. */
export function inMicrodollars(hundredths: number | null): number | null {
  return hundredths === null ? null : Math.floor((hundredths + 50) / 100);
}
