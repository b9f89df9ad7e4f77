import { NO_USAGE, type UsagePoint } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { evenSlots } from './even-slots';

const point = (at: number, outputTokens: number): UsagePoint => ({
  at,
  usage: { ...NO_USAGE, messages: 1, outputTokens, costMicrodollars: null },
});
const outputs = (usage: UsagePoint[]) => usage.map((slot) => [slot.at, slot.usage.outputTokens]);

describe('evenSlots', () => {
  it('fills the silence between slots, whatever their order', () => {
    const even = evenSlots([point(4_000, 3), point(1_000, 5)], 1_000);
    expect(even.slotMs).toBe(1_000);
    expect(outputs(even.usage)).toEqual([
      [1_000, 5],
      [2_000, 0],
      [3_000, 0],
      [4_000, 3],
    ]);
    expect(even.usage[0]?.usage.costMicrodollars).toBeNull();
  });

  it('widens the slots of a long session and loses no token', () => {
    const day = 86_400_000;
    const { usage, slotMs } = evenSlots([point(0, 1), point(1_000, 2), point(day, 4)], 1_000);
    expect(slotMs).toBe(361_000);
    expect(usage.length).toBeLessThanOrEqual(241);
    expect(usage[0]?.usage.outputTokens).toBe(3);
    expect(usage.at(-1)?.usage.outputTokens).toBe(4);
  });

  it('has nothing where there is nothing', () => {
    expect(evenSlots([], 1_000)).toEqual({ usage: [], slotMs: 1_000 });
  });
});
