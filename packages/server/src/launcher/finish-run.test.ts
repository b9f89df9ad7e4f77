import type { Run } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { retryAt } from './finish-run.js';
import { Spending } from './spending.js';

describe('a temporary failure', () => {
  const failed = {
    state: 'failed',
    cause: 'overloaded',
    reason: 'r',
    temporary: true,
  } as const;
  const run = { attempt: 1, claimedAt: 0, endsAt: null } as Run;
  const at = (facts: Partial<Run>, resetsAt: number | null = null) =>
    retryAt({ ...run, ...facts }, failed, { resetsAt, now: 1_000 });

  it('is tried again later each time, five times in all', () => {
    const waits = [1, 2, 3, 4, 5].map((attempt) => at({ attempt }));
    expect(waits).toEqual([61_000, 121_000, 241_000, 481_000, null]);
  });

  it('waits for the reset where it is named', () => {
    expect(at({}, 500_000)).toBe(500_000);
  });

  it('is not tried beyond the end of its plan, or an hour without one', () => {
    expect(at({ endsAt: 400_000 }, 500_000)).toBeNull();
    expect(at({}, 3_600_000)).toBeNull();
  });

  it('is only tried again when it is one', () => {
    const resetsAt = 500_000;
    expect(retryAt(run, { ...failed, temporary: false }, { resetsAt, now: 0 })).toBeNull();
  });
});

describe('what is spent', () => {
  const usage = { input_tokens: 500, output_tokens: 4_900 };
  const use = (messageId: string) => ({ messageId, model: 'claude-sonnet-5-5', usage });
  const totals = {
    ...{ inputTokens: 500, outputTokens: 4_900, cacheWrite5mTokens: 0 },
    ...{ cacheWrite1hTokens: 0, cacheReadTokens: 0, costMicrodollars: 50_000 },
  };

  it('counts a response once, told by the stream and then by the transcript', () => {
    const spending = new Spending(2);
    spending.turn('a');
    spending.see(use('a'), Date.UTC(2026, 0, 1));
    const seen = spending.spent(7);
    expect(seen).toEqual({ costMicrodollars: 50_000, tokens: 5_400, turns: 3, wallMs: 7 });
    spending.store({ messageId: 'a', totals } as never);
    spending.see(use('a'), Date.UTC(2026, 0, 1));
    expect(spending.spent(7)).toEqual(seen);
  });
});
