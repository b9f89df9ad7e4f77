import { NO_USAGE } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { chartRows } from './token-kinds';

const usage = [
  { at: 1_000, usage: { ...NO_USAGE, inputTokens: 3, outputTokens: 20, cacheWrite5mTokens: 5 } },
  { at: 2_000, usage: { ...NO_USAGE, outputTokens: 1, cacheWrite1hTokens: 7, cacheReadTokens: 9 } },
];

describe('chartRows', () => {
  it('gives each slot by kind, both lives of cache writes together', () => {
    expect(chartRows(usage, false)).toEqual([
      { at: 1_000, output: 20, input: 3, cacheWrite: 5, cacheRead: 0 },
      { at: 2_000, output: 1, input: 0, cacheWrite: 7, cacheRead: 9 },
    ]);
  });

  it('adds up', () => {
    expect(chartRows(usage, true).at(-1)).toEqual({
      at: 2_000,
      output: 21,
      input: 3,
      cacheWrite: 12,
      cacheRead: 9,
    });
    expect(chartRows([], true)).toEqual([]);
  });
});
