import { addUsage, NO_USAGE, type SessionState, type Usage } from '@claude-optimizer/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldSession } from '../fold/state.js';
import { tokensEvent, type LedgerEntry } from './decide.js';

/** What is known of a response: its output and what it costs exactly; null: not this session's. */
const version = fc.option(
  fc.record({
    output: fc.nat(100_000),
    cost: fc.option(fc.integer({ min: 0, max: 3_000_000_000_000 })),
  }),
);
type Version = NonNullable<typeof version extends fc.Arbitrary<infer V> ? V : never> | null;

function usageOf(known: Version): Usage {
  if (known === null) return NO_USAGE;
  const cost = known.cost === null ? null : Math.floor((known.cost + 500_000) / 1_000_000);
  return { ...NO_USAGE, outputTokens: known.output, messages: 1, costMicrodollars: cost };
}

function entryOf(id: number, before: Version, after: Version): LedgerEntry {
  return {
    ...{ messageId: `m${id}`, model: 'm', agentId: id % 2 === 0 ? null : 'a', at: 1_000 * id },
    ...{ basis: 'exact', context: null },
    ...{ before: usageOf(before), after: usageOf(after) },
    costChange: (after?.cost ?? 0) - (before?.cost ?? 0),
    incompleteChange: 0,
  };
}

describe('tokensEvent', () => {
  it('gives changes that add up to the totals, and totals that are the exact sum rounded once', () => {
    const step = fc.tuple(fc.nat(4), version);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const known = new Map<number, Version>();
        let state: SessionState | null = null;
        let changes = NO_USAGE;
        for (const [seq, [id, after]] of steps.entries()) {
          const event = tokensEvent('s', state, entryOf(id, known.get(id) ?? null, after));
          known.set(id, after);
          if (event === null) continue;
          state = foldSession(state, { ...event, seq: seq + 1 });
          changes = addUsage(changes, event.change);
          // Where all that had a price has lost it, what remains of the sum is nothing.
          expect({ ...changes, costMicrodollars: changes.costMicrodollars ?? 0 }).toEqual({
            ...event.totals,
            costMicrodollars: event.totals.costMicrodollars ?? 0,
          });
        }
        const { usage, unpriced, costFraction } = state?.summary ?? {};
        const counted = [...known.values()].filter((one) => one !== null);
        const free = counted.filter(({ cost }) => cost === null);
        const exact = counted.reduce((sum, { cost }) => sum + BigInt(cost ?? 0), 0n);
        expect(usage?.messages ?? 0).toBe(counted.length);
        expect(unpriced?.messages ?? 0).toBe(free.length);
        expect(unpriced?.tokens ?? 0).toBe(free.reduce((sum, { output }) => sum + output, 0));
        const told = BigInt(usage?.costMicrodollars ?? 0) * 1_000_000n + BigInt(costFraction ?? 0);
        expect(told).toBe(exact);
        if (counted.length > 0)
          expect(usage?.costMicrodollars === null).toBe(free.length === counted.length);
        const ofAgent = state?.agents[0]?.usage.outputTokens ?? 0;
        const agents = [...known].filter(([id]) => id % 2 === 1);
        expect(ofAgent).toBe(agents.reduce((sum, [, one]) => sum + (one?.output ?? 0), 0));
      }),
    );
  });

  it('says nothing when nothing is new', () => {
    const same = { output: 5, cost: 7 };
    expect(tokensEvent('s', null, entryOf(1, same, same))).toBeNull();
    expect(tokensEvent('s', null, entryOf(1, null, null))).toBeNull();
  });
});
