import { describe, expect, it } from 'vitest';
import { emptySummary } from '@claude-optimizer/core/fold';
import { shows } from './shows';

describe('shows', () => {
  const summary = emptySummary('s', 0);
  const isSame = shows(['usage', 'basis']);
  const isSameTo = (after: typeof summary) => isSame({ summary }, { summary: after });

  it('is the same while the fields that are shown are', () => {
    expect(isSameTo({ ...summary, seq: 9, lastAt: 9, title: 'Another' })).toBe(true);
  });

  it('is another when one of them is', () => {
    expect(isSameTo({ ...summary, basis: 'estimate' })).toBe(false);
    expect(isSameTo({ ...summary, usage: { ...summary.usage } })).toBe(false);
  });

  it('is another when any other prop is', () => {
    const before = { summary, width: 1 };
    expect(isSame(before, { summary: { ...summary }, width: 1 })).toBe(true);
    expect(isSame(before, { summary, width: 2 })).toBe(false);
  });
});
