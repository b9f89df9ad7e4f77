import { modelTerms, priceResponse, type ResponseUse } from '@claude-optimizer/core';
import { roundCost } from '@claude-optimizer/protocol';
import type { LedgerRow } from '@claude-optimizer/store';

/** A response of the ledger by the prices of now, or null where it has them already. */
export function repriced(row: LedgerRow): LedgerRow | null {
  const { costPicodollars, basis } = priceResponse(useOf(row), row.at);
  if (costPicodollars === row.costPicodollars && basis === row.basis) return null;
  const costMicrodollars =
    costPicodollars === null ? null : roundCost(costPicodollars).microdollars;
  return { ...row, basis, costPicodollars, usage: { ...row.usage, costMicrodollars } };
}

/** The weakest basis of each session's responses by the prices of now. */
export function basesAfter(rows: readonly LedgerRow[]): Map<string, LedgerRow['basis']> {
  const bases = new Map<string, LedgerRow['basis']>();
  for (const row of rows) {
    const { basis } = repriced(row) ?? row;
    const known = bases.get(row.sessionId);
    if (known === undefined || RANK[basis] > RANK[known]) bases.set(row.sessionId, basis);
  }
  return bases;
}

const RANK = { exact: 0, estimate: 1, unknown: 2 } as const;

function useOf(
  row: LedgerRow,
): Pick<ResponseUse, 'model' | 'tokens' | 'webSearches' | 'fast' | 'batch'> {
  const { model, webSearches, usage, billing } = row;
  const { inputTokens, outputTokens, cacheReadTokens, cacheWrite5mTokens, cacheWrite1hTokens } =
    usage;
  return {
    model,
    webSearches,
    tokens: { inputTokens, outputTokens, cacheReadTokens, cacheWrite5mTokens, cacheWrite1hTokens },
    fast: billing === 'fast' || (billing === null && wasFast(row)),
    batch: billing === 'batch',
  };
}

// Earlier versions didn't keep it: what had no price although its model has one by the library or
// by measurement was fast.
function wasFast({ model, at, costPicodollars }: LedgerRow): boolean {
  if (costPicodollars !== null) return false;
  const { source } = modelTerms(model, at);
  return source === 'addition' || source === 'library';
}
