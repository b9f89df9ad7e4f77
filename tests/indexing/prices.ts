import type { Tokens } from './recount.js';

/** Hundredths of a micro-dollar a token (USD per million × 100), in the order of `Tokens`. */
const RATES: Record<string, Tokens> = {
  'claude-sonnet-4-5-20250929': [300, 1500, 375, 600, 30],
  'claude-opus-4-5-20251101': [500, 2500, 625, 1000, 50],
  'claude-haiku-4-5-20251001': [100, 500, 125, 200, 10],
};

/** Cost of one response in micro-dollars by integers alone, rounded half up once. */
export function costOf(model: string, tokens: Tokens): number | null {
  const rates = RATES[model];
  if (!rates) return null;
  const hundredths = tokens.reduce((sum, amount, kind) => sum + amount * (rates[kind] ?? 0), 0);
  return Math.floor((hundredths + 50) / 100);
}
