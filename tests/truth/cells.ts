import { priceResponse } from '@claude-optimizer/core';
import type { Store, UsageSum } from '@claude-optimizer/store';
import type { Counted } from './count.js';

/** Sums of one day × model or of one session; cost in pico-dollars, of what has a price. */
export type Cell = {
  tokens: number[];
  messages: number;
  picodollars: number;
  unpriced: number;
};
export type Cells = Record<string, Cell>;

const ALL_TIME = [{ from: 0, to: Date.UTC(2100, 0, 1), offsetMs: 0 }];
const DAY = 86_400_000;

/** Counted responses by UTC day and model (`2026-05-01|claude-…`). */
export function cellsOf(responses: readonly Counted[]): Cells {
  return grouped(responses, ({ at, model }) => `${dayOf(at / DAY)}|${model}`);
}

/** Counted responses by session. */
export function sessionsOf(responses: readonly Counted[]): Cells {
  return grouped(responses, ({ sessionId }) => sessionId);
}

/** The same as the product has them. */
export async function productCells(source: Pick<Store, 'usageSums'>): Promise<Cells> {
  const sums = await source.usageSums({ periods: ALL_TIME, by: ['day', 'model'] });
  return fromSums(sums, ({ day, model }) => `${dayOf(day ?? 0)}|${model ?? ''}`);
}

/** The same by session as the product has them. */
export async function productSessions(source: Pick<Store, 'usageSums'>): Promise<Cells> {
  const sums = await source.usageSums({ periods: ALL_TIME, by: ['session'] });
  return fromSums(sums, ({ sessionId }) => sessionId ?? '');
}

/** What differs, one line for each cell; empty when all is the same. */
export function differences(ours: Cells, truth: Cells): string[] {
  const keys = new Set([...Object.keys(ours), ...Object.keys(truth)]);
  return [...keys].sort().flatMap((key) => {
    const [a, b] = [shown(ours[key]), shown(truth[key])];
    return a === b ? [] : [`${key}: product ${a}, truth ${b}`];
  });
}

function grouped(responses: readonly Counted[], keyOf: (one: Counted) => string): Cells {
  const cells: Cells = {};
  for (const response of responses) {
    const { model, tokens, webSearches, fast, at } = response;
    const [inputTokens, outputTokens, cacheWrite5mTokens, cacheWrite1hTokens, cacheReadTokens] =
      tokens;
    const cost = priceResponse(
      {
        model,
        webSearches,
        fast,
        tokens: {
          inputTokens,
          outputTokens,
          cacheWrite5mTokens,
          cacheWrite1hTokens,
          cacheReadTokens,
        },
      },
      at,
    ).costPicodollars;
    const cell = (cells[keyOf(response)] ??= emptyCell());
    cell.tokens = sumOf(cell.tokens, tokens);
    cell.messages += 1;
    cell.picodollars += cost ?? 0;
    cell.unpriced += cost === null ? 1 : 0;
  }
  return cells;
}

function fromSums(sums: readonly UsageSum[], keyOf: (sum: UsageSum) => string): Cells {
  const cells: Cells = {};
  for (const sum of sums) {
    const cell = (cells[keyOf(sum)] ??= emptyCell());
    const tokens = [
      sum.inputTokens,
      sum.outputTokens,
      sum.cacheWrite5mTokens,
      sum.cacheWrite1hTokens,
      sum.cacheReadTokens,
    ];
    cell.tokens = sumOf(cell.tokens, tokens);
    cell.messages += sum.messages;
    cell.picodollars += sum.costPicodollars;
    cell.unpriced += sum.unpricedMessages;
  }
  return cells;
}

const emptyCell = (): Cell => ({
  tokens: [0, 0, 0, 0, 0],
  messages: 0,
  picodollars: 0,
  unpriced: 0,
});

function dayOf(days: number): string {
  return new Date(Math.floor(days) * DAY).toISOString().slice(0, 10);
}

function sumOf(a: readonly number[], b: readonly number[]): number[] {
  return a.map((count, kind) => count + (b[kind] ?? 0));
}

function shown(cell: Cell | undefined): string {
  return cell ? JSON.stringify(cell) : 'nothing';
}
