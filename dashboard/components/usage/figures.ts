import {
  promptTokens,
  totalTokens,
  type Usage,
  type UsageTotals,
} from '@claude-optimizer/protocol';
import { formatExact, formatTokens } from '../../lib/format';

/** Share of the prompts' tokens that came from the cache; null where there were none. */
export function cacheHits(usage: Usage): number | null {
  const prompt = promptTokens(usage);
  return prompt === 0 ? null : usage.cacheReadTokens / prompt;
}

/** 5-minute and 1-hour cache writes together. */
export const cacheWrites = (usage: Usage) => usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;

/** A sum of nothing costs nothing; a sum without any known price is unknown. */
export const knownCost = (usage: Usage) => (usage.messages === 0 ? 0 : usage.costMicrodollars);

const responses = (count: number) =>
  `${formatExact(count)} ${count === 1 ? 'response' : 'responses'}`;

/** In words, how far a sum can be trusted; empty when every part of it is exact. */
export function caveats(totals: UsageTotals): string[] {
  const { unpricedMessages, unpricedTokens, estimatedMessages, incompleteMessages } = totals;
  return [
    ...(unpricedMessages > 0
      ? [
          `${responses(unpricedMessages)} without a known price (${formatTokens(unpricedTokens)} tokens): not in the cost`,
        ]
      : []),
    ...(estimatedMessages > 0
      ? [`${responses(estimatedMessages)} estimated by a similar model’s price`]
      : []),
    ...(incompleteMessages > 0
      ? [`output incomplete in ${responses(incompleteMessages)}: more was used than is known`]
      : []),
  ];
}

/** What of a usage is compared: its cost, or its tokens. */
export type Measure = 'cost' | 'tokens';

/** Micro-dollars (0 where unknown) or tokens. */
export function measured(usage: Usage, measure: Measure): number {
  return measure === 'tokens' ? totalTokens(usage) : (usage.costMicrodollars ?? 0);
}
