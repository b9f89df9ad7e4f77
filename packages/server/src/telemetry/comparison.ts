import { roundCost, type ComparedRequests } from '@claude-optimizer/protocol';
import type { ComparedRequest } from '@claude-optimizer/store';

/** The client's count of each request beside ours; sums are of those that both have counted. */
export function comparison(requests: readonly ComparedRequest[]): ComparedRequests {
  const both = requests.filter(({ ours }) => ours !== null);
  const costs = both.map(({ ours }) => ours?.costPicodollars ?? null);
  return {
    requests: requests.map(({ requestId, model, at, ours, ...client }) => ({
      requestId,
      model,
      at,
      client: { tokens: tokensOf(client), costMicrodollars: client.costMicrodollars },
      ours: ours && { tokens: ours.tokens, costMicrodollars: inMicrodollars(ours.costPicodollars) },
    })),
    compared: {
      requests: both.length,
      clientMicrodollars: both.reduce((sum, { costMicrodollars }) => sum + costMicrodollars, 0),
      oursMicrodollars: costs.includes(null)
        ? null
        : inMicrodollars(costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0)),
    },
  };
}

function inMicrodollars(picodollars: number | null): number | null {
  return picodollars === null ? null : roundCost(picodollars).microdollars;
}

type Tokens = Pick<
  ComparedRequest,
  'inputTokens' | 'outputTokens' | 'cacheWrite5mTokens' | 'cacheWrite1hTokens' | 'cacheReadTokens'
>;

function tokensOf(tokens: Tokens): number {
  const { inputTokens, outputTokens, cacheWrite5mTokens, cacheWrite1hTokens } = tokens;
  return (
    inputTokens + outputTokens + cacheWrite5mTokens + cacheWrite1hTokens + tokens.cacheReadTokens
  );
}
