import {
  PICODOLLARS_PER_MICRODOLLAR,
  roundCost,
  type UsageTotals,
} from '@claude-optimizer/protocol';

/** A sum of usage as a store gives it; the keys that weren't asked for are null. */
export type SummedUsage = {
  /** Days since 1970-01-01 in local time. */
  day: number | null;
  /** Start of a quarter of an hour, epoch ms. */
  slot: number | null;
  model: string | null;
  project: string | null;
  sessionId: string | null;
  /** Exact. */
  costPicodollars: number;
} & Omit<UsageTotals, 'costMicrodollars'>;

/** Of no response, by no key. */
export const NO_SUM: SummedUsage = {
  day: null,
  slot: null,
  model: null,
  project: null,
  sessionId: null,
  inputTokens: 0,
  outputTokens: 0,
  cacheWrite5mTokens: 0,
  cacheWrite1hTokens: 0,
  cacheReadTokens: 0,
  messages: 0,
  costPicodollars: 0,
  unpricedMessages: 0,
  unpricedTokens: 0,
  estimatedMessages: 0,
  incompleteMessages: 0,
};

const COUNTS = [
  'inputTokens',
  'outputTokens',
  'cacheWrite5mTokens',
  'cacheWrite1hTokens',
  'cacheReadTokens',
  'messages',
  'unpricedTokens',
  'unpricedMessages',
  'estimatedMessages',
  'incompleteMessages',
] as const;

/** Adds up without losing a pico-dollar: what is beyond whole micro-dollars is kept apart. */
export class TotalUsage {
  readonly #counts = new Map<(typeof COUNTS)[number], number>();
  #microdollars = 0;
  #fraction = 0;

  add(summed: SummedUsage): void {
    for (const count of COUNTS) this.#counts.set(count, this.#of(count) + summed[count]);
    const fraction = summed.costPicodollars % PICODOLLARS_PER_MICRODOLLAR;
    this.#microdollars += (summed.costPicodollars - fraction) / PICODOLLARS_PER_MICRODOLLAR;
    this.#fraction += fraction;
  }

  totals(): UsageTotals {
    const counts = Object.fromEntries(COUNTS.map((count) => [count, this.#of(count)]));
    const isUnknown =
      this.#of('messages') > 0 && this.#of('messages') === this.#of('unpricedMessages');
    const cost = this.#microdollars + roundCost(this.#fraction).microdollars;
    return {
      ...(counts as Record<(typeof COUNTS)[number], number>),
      costMicrodollars: isUnknown ? null : cost,
    };
  }

  #of(count: (typeof COUNTS)[number]): number {
    return this.#counts.get(count) ?? 0;
  }
}
