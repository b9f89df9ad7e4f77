import { addUsage, NO_USAGE, roundCost, type SessionEvent } from '@claude-optimizer/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { detailBefore, foldDetail } from './detail.js';
import { BEGAN, history, tokens, usageOf } from './history.fixture.js';

const SLOT = 60_000;
const MODELS = ['opus', 'haiku'];

type Response = { after: number; model: string; picodollars: number };

/** Events as they are decided: totals are rounded, changes are what lies between two of them. */
function costing(responses: readonly Response[]): SessionEvent[] {
  let fraction = 0;
  let cost = 0;
  return responses.map(({ after, model, picodollars }, at) => {
    const raised = roundCost(fraction + picodollars);
    fraction = raised.fraction;
    cost += raised.microdollars;
    const change = usageOf(1, raised.microdollars);
    const [event] = history([after, tokens(change, { model })]);
    if (event?.type !== 'session:tokens') throw new Error('no event');
    const totals = { ...addUsage(NO_USAGE, change), costMicrodollars: cost };
    return { ...event, seq: at + 1, totals, costFraction: fraction };
  });
}

it('rounds each sum once, however the session’s total was rounded on the way', () => {
  const responses = fc.array(
    fc.record({
      after: fc.integer({ min: -5 * SLOT, max: 5 * SLOT }),
      model: fc.constantFrom(...MODELS),
      picodollars: fc.integer({ min: 0, max: 9_999_999 }),
    }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(responses, fc.nat(60), (all, cut) => {
      const events = costing(all);
      const before = detailBefore('s', events[0], SLOT);
      const detail = foldDetail(foldDetail(before, events.slice(0, cut)), events.slice(cut));
      const costOf = (those: readonly Response[]) =>
        roundCost(those.reduce((sum, { picodollars }) => sum + picodollars, 0));
      for (const { at, usage, costFraction } of detail.usage) {
        const those = all.filter(({ after }) => Math.floor((BEGAN + after) / SLOT) * SLOT === at);
        const { microdollars, fraction } = costOf(those);
        expect([usage.costMicrodollars, costFraction]).toEqual([microdollars, fraction]);
      }
      for (const { model, usage, costFraction } of detail.usageByModel) {
        const { microdollars, fraction } = costOf(all.filter((one) => one.model === model));
        expect([usage.costMicrodollars, costFraction]).toEqual([microdollars, fraction]);
      }
    }),
  );
});

it('doesn’t know the cost of what has no price, also when what has one is gone', () => {
  const [priced] = history([0, tokens(usageOf(5, 10))]);
  const [unpriced] = history([1, tokens(usageOf(3, null))]);
  const [lost] = history([0, tokens({ ...usageOf(-5, -10), messages: -1 })]);
  if (priced?.type !== 'session:tokens' || unpriced?.type !== 'session:tokens') throw new Error('');
  if (lost?.type !== 'session:tokens') throw new Error('no event');
  const one = { messages: 1, tokens: 3 };
  const both = { ...usageOf(8, 10), messages: 2 };
  const detail = foldDetail(detailBefore('s', priced, SLOT), [
    priced,
    { ...unpriced, seq: 2, totals: both, unpriced: one },
    { ...lost, seq: 3, totals: usageOf(3, null), unpriced: one },
  ]);
  const sum = { usage: usageOf(3, null), costFraction: 0, unpriced: 1 };
  expect(detail.usage).toEqual([{ at: expect.any(Number) as number, ...sum }]);
  expect(detail.usageByModel).toEqual([{ model: priced.model, ...sum }]);
});

it('forgets a slot and a model of which no response is left', () => {
  const [first] = history([0, tokens(usageOf(5, 10))]);
  const lost = { ...usageOf(-5, -10), messages: -1 };
  const [second] = history([0, tokens(lost)]);
  if (first?.type !== 'session:tokens' || second?.type !== 'session:tokens')
    throw new Error('none');
  const detail = foldDetail(detailBefore('s', first, SLOT), [
    first,
    { ...second, seq: 2, totals: NO_USAGE },
  ]);
  expect([detail.usage, detail.usageByModel]).toEqual([[], []]);
});
