import type { Unpriced, Usage } from './usage.js';

export const NO_USAGE: Usage = Object.freeze({
  inputTokens: 0,
  outputTokens: 0,
  cacheWrite5mTokens: 0,
  cacheWrite1hTokens: 0,
  cacheReadTokens: 0,
  messages: 0,
  costMicrodollars: 0,
});

export const NOTHING_UNPRICED: Unpriced = Object.freeze({ messages: 0, tokens: 0 });

/**
 * Width of a slot of summed usage (ms). Every time zone's offset from UTC is a multiple of it, so
 * that a day of any zone is made of whole slots.
 */
export const USAGE_SLOT_MS = 900_000;

/**
 * Whether a response's output count is only the placeholder of its beginning, as clients up to
 * 2.1.42 left it: no line says why it ended and none counts more than 8 tokens.
 */
export function isOutputIncomplete(outputTokens: number, stopped: boolean): boolean {
  return !stopped && outputTokens <= 8;
}

/** Input, output, cache writes and cache reads together. */
export function totalTokens(usage: Usage): number {
  return (
    usage.inputTokens +
    usage.outputTokens +
    usage.cacheWrite5mTokens +
    usage.cacheWrite1hTokens +
    usage.cacheReadTokens
  );
}

/** Tokens that were worked on anew: all but cache reads. The measure of speed (tokens a minute). */
export function freshTokens(usage: Usage): number {
  return totalTokens(usage) - usage.cacheReadTokens;
}

/** Tokens that the model had in front of it: input, cache writes and cache reads. */
export function promptTokens(usage: Usage): number {
  return totalTokens(usage) - usage.outputTokens;
}

/**
 * Sum of two usages. An unknown cost adds nothing to a known one (`Unpriced` says how much is
 * missing); two unknown costs stay unknown.
 */
export function addUsage(a: Usage, b: Usage): Usage {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cacheWrite5mTokens: a.cacheWrite5mTokens + b.cacheWrite5mTokens,
    cacheWrite1hTokens: a.cacheWrite1hTokens + b.cacheWrite1hTokens,
    cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
    messages: a.messages + b.messages,
    costMicrodollars: addCost(a, b),
  };
}

function addCost(a: Usage, b: Usage): number | null {
  if (a.messages === 0 && a.costMicrodollars === 0) return b.costMicrodollars;
  if (b.messages === 0 && b.costMicrodollars === 0) return a.costMicrodollars;
  if (a.costMicrodollars === null) return b.costMicrodollars;
  return a.costMicrodollars + (b.costMicrodollars ?? 0);
}

/**
 * The change that turns `before` into `after`; the cost is null when both are unknown. A price that
 * is forgotten, or turns out to be nothing, can't be told by a sum: `Unpriced` tells it.
 */
export function usageChange(before: Usage, after: Usage): Usage {
  return {
    inputTokens: after.inputTokens - before.inputTokens,
    outputTokens: after.outputTokens - before.outputTokens,
    cacheWrite5mTokens: after.cacheWrite5mTokens - before.cacheWrite5mTokens,
    cacheWrite1hTokens: after.cacheWrite1hTokens - before.cacheWrite1hTokens,
    cacheReadTokens: after.cacheReadTokens - before.cacheReadTokens,
    messages: after.messages - before.messages,
    costMicrodollars:
      after.costMicrodollars === null && (before.costMicrodollars === null || before.messages === 0)
        ? null
        : (after.costMicrodollars ?? 0) - (before.costMicrodollars ?? 0),
  };
}
