import type { Rates, TieredRates } from './rates.js';

/** When and with which client what stands here was measured. */
export const MEASURED = { on: '2026-11-27', client: '2.1.330' } as const;

/**
 * Prices that the library doesn't know under the model's own name, or knows otherwise than the
 * client bills them, in USD per million tokens.
 * Measured by running Claude Code with one kind of token at a time against a stand-in of the model
 * API and reading its `total_cost_usd` (`npm run prices:check`).
 */
export const ADDITIONS: Readonly<Record<string, TieredRates>> = {
  'claude-sonnet-5-5': flat(rates(2, 10, 0.1, 2.5, 4)),
  // 100,000 tokens of prompt, cache and all, are billed at the first price, one more at the second.
  'claude-haiku-5-5': {
    base: rates(0.1, 0.5, 0.01, 0.125, 0.2),
    tiers: [{ above: 100_000, rates: rates(0.5, 2.5, 0.05, 0.625, 1) }],
  },
  'claude-fable-5-2': flat(rates(8, 40, 0.2, 10, 16)),
  'claude-mythos-5': flat(rates(10, 50, 1, 12.5, 20)),
  // The library doubles it above 200,000 tokens; the client bills 1,000,000 at the list price.
  'claude-sonnet-4-5': flat(rates(3, 15, 0.3, 3.75, 6)),
};

/**
 * How many times its price each kind of token costs in fast mode (`speed: "fast"`), measured in the
 * same way. Of a model that isn't here it is unknown.
 */
export const FAST_TIMES: Readonly<Record<string, number>> = {
  'claude-opus-4-6': 6,
  'claude-opus-4-7': 6,
  'claude-opus-4-8': 2,
  'claude-opus-5': 2,
  'claude-opus-5-5': 2,
  'claude-fable-5-2': 2,
  // The client bills these as ever, should a response say that it was fast.
  'claude-3-5-haiku': 1,
  'claude-3-5-sonnet': 1,
  'claude-3-7-sonnet': 1,
  'claude-fable-5': 1,
  'claude-fable-5-1': 1,
  'claude-haiku-4-5': 1,
  'claude-haiku-5-5': 1,
  'claude-mythos-5': 1,
  'claude-opus-4-5': 1,
  'claude-sonnet-4': 1,
  'claude-sonnet-4-0': 1,
  'claude-sonnet-4-5': 1,
  'claude-sonnet-4-6': 1,
  'claude-sonnet-5': 1,
  'claude-sonnet-5-5': 1,
};

function flat(base: Rates): TieredRates {
  return { base, tiers: [] };
}

function rates(
  input: number,
  output: number,
  cacheRead: number,
  cacheWrite5m: number,
  cacheWrite1h: number,
): Rates {
  return { input, output, cacheRead, cacheWrite5m, cacheWrite1h, webSearch: 0.01 };
}
