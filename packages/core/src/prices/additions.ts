import type { Rates } from './rates.js';

/** When and with which client the additions were measured. */
export const MEASURED = { on: '2026-11-23', client: '2.1.330' } as const;

/**
 * Prices that the library doesn't know under the model's own name, or knows otherwise than the
 * client bills them, in USD per million tokens.
 * Measured on 2026-11-23 by running Claude Code 2.1.330 with one kind of token at a time against a
 * stand-in of the model API and reading its `total_cost_usd`.
 */
export const ADDITIONS: Readonly<Record<string, Rates>> = {
  'claude-sonnet-5-5': rates(2, 10, 0.1, 2.5, 4),
  'claude-haiku-5-5': rates(0.1, 0.5, 0.01, 0.125, 0.2),
  'claude-fable-5-2': rates(8, 40, 0.2, 10, 16),
  'claude-mythos-5': rates(10, 50, 1, 12.5, 20),
  // The library doubles it above 200,000 tokens; the client bills 1,000,000 at the list price.
  'claude-sonnet-4-5': rates(3, 15, 0.3, 3.75, 6),
};

function rates(
  input: number,
  output: number,
  cacheRead: number,
  cacheWrite5m: number,
  cacheWrite1h: number,
): Rates {
  return { input, output, cacheRead, cacheWrite5m, cacheWrite1h, webSearch: 0.01 };
}
