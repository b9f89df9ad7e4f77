import { describe, expect, it } from 'vitest';
import { Spending } from './spending.js';

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
