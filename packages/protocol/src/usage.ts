import * as z from 'zod';

// Apart, so that what only counts doesn't load what checks.
export * from './usage-sum.js';

const tokens = z.int();

/**
 * Tokens and cost of one response or a sum of them; the one shape on the wire and in reports.
 * `costMicrodollars` is null when nothing in it has a known price. A `change` may be negative.
 */
export const usageSchema = z.object({
  inputTokens: tokens,
  outputTokens: tokens,
  cacheWrite5mTokens: tokens,
  cacheWrite1hTokens: tokens,
  cacheReadTokens: tokens,
  messages: z.int(),
  costMicrodollars: z.int().nullable(),
});
export type Usage = z.infer<typeof usageSchema>;

/** How many of the responses in a sum have no known price, and their tokens. */
export const unpricedSchema = z.object({ messages: z.int(), tokens });
export type Unpriced = z.infer<typeof unpricedSchema>;
