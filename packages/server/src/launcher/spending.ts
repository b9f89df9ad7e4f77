import { priceResponse, responseUses } from '@claude-optimizer/core';
import type { StreamUse } from '@claude-optimizer/core/run';
import {
  roundCost,
  type EventOf,
  type SessionSummary,
  type Spent,
} from '@claude-optimizer/protocol';

type Use = { tokens: number; costPicodollars: number | null };

/**
 * What a run has spent: its session's own totals, and what the stream has told of responses that
 * its transcript doesn't have yet. A response counts once, by its id.
 */
export class Spending {
  #tokens = 0;
  #costMicrodollars: number | null = 0;
  readonly #stored = new Set<string>();
  readonly #ahead = new Map<string, Use>();
  readonly #turns = new Set<string>();
  readonly #turnsBefore: number;

  /** `turnsBefore`: those of earlier attempts, which the stream doesn't tell again. */
  constructor(turnsBefore = 0) {
    this.#turnsBefore = turnsBefore;
  }

  /** The session's totals as they are known when it is taken up. */
  take({ usage }: Pick<SessionSummary, 'usage'>): void {
    this.#total(usage);
  }

  /** A response of the transcript; its totals hold all before it. */
  store({ messageId, totals }: EventOf<'session:tokens'>): void {
    this.#stored.add(messageId);
    this.#ahead.delete(messageId);
    this.#total(totals);
  }

  /** A response as the stream tells it, before it is written. */
  see({ messageId, model, usage }: StreamUse, at: number): void {
    if (this.#stored.has(messageId)) return;
    const uses = responseUses({}, { id: messageId, model, usage }, messageId);
    const costs = uses.map((use) => priceResponse(use, at).costPicodollars);
    this.#ahead.set(messageId, {
      tokens: uses.reduce((sum, { tokens }) => sum + totalOf(tokens), 0),
      costPicodollars: costs.includes(null)
        ? null
        : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0),
    });
  }

  /** A response of the main thread: a turn. */
  turn(messageId: string): void {
    this.#turns.add(messageId);
  }

  /** Whether the transcript has all that the stream has told. */
  isSettled(): boolean {
    return this.#ahead.size === 0;
  }

  spent(wallMs: number): Spent {
    const ahead = [...this.#ahead.values()];
    const extra = ahead.reduce((sum, use) => sum + (use.costPicodollars ?? 0), 0);
    const known = this.#costMicrodollars;
    return {
      costMicrodollars: known === null ? null : known + roundCost(extra).microdollars,
      tokens: ahead.reduce((sum, { tokens }) => sum + tokens, this.#tokens),
      turns: this.#turnsBefore + this.#turns.size,
      wallMs,
    };
  }

  #total(usage: SessionSummary['usage']): void {
    this.#tokens = totalOf(usage);
    this.#costMicrodollars = usage.costMicrodollars;
  }
}

function totalOf(usage: {
  inputTokens: number;
  outputTokens: number;
  cacheWrite5mTokens: number;
  cacheWrite1hTokens: number;
  cacheReadTokens: number;
}): number {
  return (
    usage.inputTokens +
    usage.outputTokens +
    usage.cacheWrite5mTokens +
    usage.cacheWrite1hTokens +
    usage.cacheReadTokens
  );
}
