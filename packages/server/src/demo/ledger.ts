import { priceResponse } from '@claude-optimizer/core';
import type { ResponseTokens } from './tokens.js';

/** In a dollar. */
const PICODOLLARS = 1_000_000_000_000;

type BilledTokens = {
  inputTokens: number;
  outputTokens: number;
  cacheWrite5mTokens: number;
  cacheWrite1hTokens: number;
  cacheReadTokens: number;
};

type ModelSum = BilledTokens & { thinkingTokens: number; picodollars: number };

/** Which kind of cache write a response's new tokens are billed as. */
function billed(tokens: ResponseTokens, cache: '5m' | '1h'): BilledTokens {
  return {
    inputTokens: tokens.inputTokens,
    outputTokens: tokens.outputTokens,
    cacheWrite5mTokens: cache === '5m' ? tokens.cacheWriteTokens : 0,
    cacheWrite1hTokens: cache === '1h' ? tokens.cacheWriteTokens : 0,
    cacheReadTokens: tokens.cacheReadTokens,
  };
}

/** The client's own sum of a session, as its `cost-state` line has it. */
export class Ledger {
  readonly #models = new Map<string, ModelSum>();
  #unknown = false;
  apiMs = 0;
  toolMs = 0;
  linesAdded = 0;
  linesRemoved = 0;

  /** Adds a response made at `at` (epoch ms), priced as it stood that day. */
  add(model: string, tokens: ResponseTokens, cache: '5m' | '1h', at: number): void {
    const bill = billed(tokens, cache);
    const use = { model, tokens: bill, webSearches: 0, fast: false };
    const cost = priceResponse(use, at).costPicodollars;
    if (cost === null) this.#unknown = true;
    const before = this.#models.get(model);
    this.#models.set(model, {
      inputTokens: bill.inputTokens + (before?.inputTokens ?? 0),
      outputTokens: bill.outputTokens + (before?.outputTokens ?? 0),
      cacheWrite5mTokens: bill.cacheWrite5mTokens + (before?.cacheWrite5mTokens ?? 0),
      cacheWrite1hTokens: bill.cacheWrite1hTokens + (before?.cacheWrite1hTokens ?? 0),
      cacheReadTokens: bill.cacheReadTokens + (before?.cacheReadTokens ?? 0),
      thinkingTokens: tokens.thinkingTokens + (before?.thinkingTokens ?? 0),
      picodollars: (cost ?? 0) + (before?.picodollars ?? 0),
    });
  }

  /** The `cost-state` line of a session that ran from `startedAt` to `endedAt` (epoch ms). */
  costState(sessionId: string, startedAt: number, endedAt: number): Record<string, unknown> {
    const sums = [...this.#models.values()];
    return {
      type: 'cost-state',
      sessionId,
      totalCostUSD: dollars(sums.reduce((sum, model) => sum + model.picodollars, 0)),
      totalAPIDuration: this.apiMs,
      totalAPIDurationWithoutRetries: this.apiMs,
      totalToolDuration: this.toolMs,
      totalLinesAdded: this.linesAdded,
      totalLinesRemoved: this.linesRemoved,
      totalDuration: endedAt - startedAt,
      startTime: startedAt,
      modelUsage: Object.fromEntries(
        [...this.#models].map(([model, sum]) => [model, modelUsage(sum)]),
      ),
      hasUnknownModelCost: this.#unknown,
    };
  }
}

function modelUsage(sum: ModelSum): Record<string, number> {
  return {
    inputTokens: sum.inputTokens,
    outputTokens: sum.outputTokens,
    thinkingTokens: sum.thinkingTokens,
    cacheReadInputTokens: sum.cacheReadTokens,
    cacheCreationInputTokens: sum.cacheWrite5mTokens + sum.cacheWrite1hTokens,
    cacheCreationEphemeral5mInputTokens: sum.cacheWrite5mTokens,
    cacheCreationEphemeral1hInputTokens: sum.cacheWrite1hTokens,
    webSearchRequests: 0,
    costUSD: dollars(sum.picodollars),
  };
}

function dollars(picodollars: number): number {
  return picodollars / PICODOLLARS;
}
