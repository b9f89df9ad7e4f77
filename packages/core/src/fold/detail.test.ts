import { addUsage, NO_USAGE, type SessionDetail } from '@claude-optimizer/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detailAt, detailBefore, foldDetail } from './detail.js';
import { BEGAN, histories, history, PROMPT, tokens, TURN_END, usageOf } from './history.fixture.js';
import { foldSession } from './state.js';

const SLOT = 60_000;
const before = (): SessionDetail => detailBefore('s', history([0, PROMPT])[0], SLOT);

describe('foldDetail', () => {
  it('folds its own events that are new, and only those', () => {
    const [first, second] = history([0, PROMPT], [1, PROMPT]);
    if (!first || !second) throw new Error('no events');
    const once = foldDetail(before(), [first]);
    const next = foldDetail(once, [first, second, { ...second, seq: 3, sessionId: 'other' }]);
    expect(next.seq).toBe(2);
    expect(next.state.summary.counts.prompts).toBe(2);
    expect(next.activity.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(next.usage).toBe(once.usage);
    expect(foldDetail(next, [second])).toBe(next);
  });

  it('adds usage to its slot of time and to its model', () => {
    const next = foldDetail(
      before(),
      history(
        [1, tokens(usageOf(5, 10))],
        [SLOT - 1, tokens(usageOf(7, 20))],
        [-SLOT, tokens(usageOf(1, 1), { model: 'claude-haiku-4-5' })],
        [SLOT, tokens(usageOf(2, 2))],
      ),
    );
    expect(next.usage.map(({ at, usage }) => [at - BEGAN, usage.outputTokens])).toEqual([
      [-SLOT, 1],
      [0, 12],
      [SLOT, 2],
    ]);
    const sum = next.usage.reduce((all, { usage }) => addUsage(all, usage), NO_USAGE);
    const byModel = next.usageByModel.reduce((all, { usage }) => addUsage(all, usage), NO_USAGE);
    expect(byModel).toEqual(sum);
    expect(next.usageByModel.map(({ model }) => model)).toHaveLength(2);
  });

  it('keeps the newest activity only', () => {
    const many = history(
      ...Array.from({ length: 1_200 }, (_, at) => [at, PROMPT] as const).map(
        ([at, said]): [number, typeof said] => [at, said],
      ),
    );
    const next = foldDetail(before(), many);
    expect(next.activity).toHaveLength(1_000);
    expect(next.activity.at(-1)?.seq).toBe(1_200);
  });

  it('is the same in one go and in any parts, and its state is the one of foldSession', () => {
    fc.assert(
      fc.property(histories(60), fc.nat(60), (events, cut) => {
        const all = foldDetail(before(), events);
        const parts = foldDetail(foldDetail(before(), events.slice(0, cut)), events.slice(cut));
        expect(parts).toEqual(all);
        expect(all.state).toEqual(events.reduce<SessionDetail['state'] | null>(foldSession, null));
      }),
      { numRuns: 60 },
    );
  });
});

it('detailAt sets the status of the clock', () => {
  const waiting = foldDetail(before(), history([0, PROMPT], [0, TURN_END]));
  expect(detailAt(waiting, BEGAN + 1)).toBe(waiting);
  expect(detailAt(waiting, BEGAN + 30 * 60_000).state.summary.status).toBe('idle');
});
