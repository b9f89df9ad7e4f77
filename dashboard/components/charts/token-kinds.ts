import type { UsagePoint } from '@claude-optimizer/protocol';

/** The kinds of tokens a chart tells apart, in the order in which they are stacked. */
export const TOKEN_KINDS = [
  { kind: 'output', name: 'Output', color: 'var(--chart-output)' },
  { kind: 'input', name: 'Input', color: 'var(--chart-input)' },
  { kind: 'cacheWrite', name: 'Cache write', color: 'var(--chart-cache-write)' },
  { kind: 'cacheRead', name: 'Cache read', color: 'var(--chart-cache-read)' },
] as const;

export type TokenKind = (typeof TOKEN_KINDS)[number]['kind'];

/** Tokens of one slot of time (`at`, epoch ms) by kind. */
export type ChartRow = { at: number } & Record<TokenKind, number>;

/** The rows of a chart: each slot by itself, or the total up to and with it. */
export function chartRows(usage: readonly UsagePoint[], isCumulative: boolean): ChartRow[] {
  let before: ChartRow = { at: 0, output: 0, input: 0, cacheWrite: 0, cacheRead: 0 };
  return usage.map(({ at, usage: slot }) => {
    const row = {
      at,
      output: slot.outputTokens,
      input: slot.inputTokens,
      cacheWrite: slot.cacheWrite5mTokens + slot.cacheWrite1hTokens,
      cacheRead: slot.cacheReadTokens,
    };
    if (!isCumulative) return row;
    before = {
      at,
      output: before.output + row.output,
      input: before.input + row.input,
      cacheWrite: before.cacheWrite + row.cacheWrite,
      cacheRead: before.cacheRead + row.cacheRead,
    };
    return before;
  });
}
