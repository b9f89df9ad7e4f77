import { PICODOLLARS_PER_MICRODOLLAR, promptTokens } from '@claude-optimizer/protocol';
import type { ResponseTokens } from '../transcript/observation.js';

/** USD per million tokens of each kind, and USD per web search. */
export type Rates = {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite5m: number;
  cacheWrite1h: number;
  webSearch: number;
};

/** Rates that change when the prompt (input and cache) is longer than `above` tokens. */
export type TieredRates = { base: Rates; tiers: readonly { above: number; rates: Rates }[] };

// 1 USD per million tokens is a micro-dollar a token.
const PICODOLLARS = PICODOLLARS_PER_MICRODOLLAR;

/**
 * Cost of one response in pico-dollars, exact: prices are decimal fractions of a micro-dollar a
 * token, and rounding each response would add up (to a cent in 100,000 of them). Tokens may cost
 * several `times` as much as usual, or half; web searches never do.
 */
export function responseCost(
  tokens: ResponseTokens,
  webSearches: number,
  { base, tiers }: TieredRates,
  times = 1,
): number {
  const rates = tiers.length === 0 ? base : (tierOf(tokens, tiers)?.rates ?? base);
  const exact =
    tokens.inputTokens * perToken(rates.input) +
    tokens.outputTokens * perToken(rates.output) +
    tokens.cacheReadTokens * perToken(rates.cacheRead) +
    tokens.cacheWrite5mTokens * perToken(rates.cacheWrite5m) +
    tokens.cacheWrite1hTokens * perToken(rates.cacheWrite1h);
  const searches = webSearches * Math.round(rates.webSearch * 1_000_000 * PICODOLLARS);
  return Math.round(exact * times) + searches;
}

function tierOf(tokens: ResponseTokens, tiers: TieredRates['tiers']) {
  const prompt = promptTokens({ ...tokens, messages: 1, costMicrodollars: 0 });
  return tiers.findLast((tier) => prompt > tier.above);
}

function perToken(usdPerMillion: number): number {
  return Math.round(usdPerMillion * PICODOLLARS);
}
