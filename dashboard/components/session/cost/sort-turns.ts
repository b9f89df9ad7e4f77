import type { TurnCost } from '@claude-optimizer/core/story';
import type { Sort } from './SortHead';

export type TurnColumn =
  'number' | 'input' | 'output' | 'write' | 'read' | 'context' | 'hit' | 'agents' | 'cost';

/** The turns in the order that the person chose; what isn't known comes last either way. */
export function sortTurns(rows: readonly TurnCost[], sort: Sort<TurnColumn>): TurnCost[] {
  const sign = sort.isUp ? 1 : -1;
  return [...rows].sort((a, b) => {
    const [left, right] = [valueOf(a, sort.column), valueOf(b, sort.column)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * (left - right) || (a.turn?.number ?? 0) - (b.turn?.number ?? 0);
  });
}

function valueOf(row: TurnCost, column: TurnColumn): number | null {
  switch (column) {
    case 'number':
      return row.turn?.number ?? 0;
    case 'input':
      return row.usage.inputTokens;
    case 'output':
      return row.usage.outputTokens;
    case 'write':
      return row.usage.cacheWrite5mTokens + row.usage.cacheWrite1hTokens;
    case 'read':
      return row.usage.cacheReadTokens;
    case 'context':
      return row.context;
    case 'hit':
      return row.cacheHit;
    case 'agents':
      return row.share.agent;
    case 'cost':
      return row.cost;
  }
}
