import { foldSession } from '@claude-optimizer/core/fold';
import {
  addUsage,
  NO_USAGE,
  type SessionDetail,
  type SessionEvent,
} from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { NOW, prompted, started, tokensUsed, turnEnded, usageOf } from './event.fixture';
import { detailAt, foldDetail } from './fold-detail';

const SLOT = 60_000;

function detailOf(events: SessionEvent[]): SessionDetail {
  const state = events.slice(1).reduce(foldSession, foldSession(null, started(1, 'a')));
  return { seq: 1, state, slotMs: SLOT, usage: [], usageByModel: [], activity: [] };
}

const fresh = detailOf([started(1, 'a')]);

describe('foldDetail', () => {
  it('folds its own events that are new, and only those', () => {
    const next = foldDetail(fresh, [started(1, 'a'), prompted(2, 'a'), prompted(3, 'b')]);
    expect(next.seq).toBe(2);
    expect(next.state.summary.counts.prompts).toBe(1);
    expect(next.activity.map(({ seq }) => seq)).toEqual([2]);
    expect(next.usage).toBe(fresh.usage);
    expect(foldDetail(next, [prompted(2, 'a')])).toBe(next);
  });

  it('adds usage to its slot of time and to its model', () => {
    const events = [
      tokensUsed(2, 'a', usageOf(5, 10), { at: NOW + 1 }),
      tokensUsed(3, 'a', usageOf(7, 20), { at: NOW + SLOT - 1 }),
      tokensUsed(4, 'a', usageOf(1, 1), { at: NOW - SLOT, model: 'claude-haiku-4-5' }),
      tokensUsed(5, 'a', usageOf(2, 2), { at: NOW + SLOT }),
    ];
    const next = foldDetail(foldDetail(fresh, events.slice(0, 2)), events.slice(2));
    expect(next.usage.map(({ at, usage }) => [at - NOW, usage.outputTokens])).toEqual([
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
    const many = Array.from({ length: 1_200 }, (_, at) => prompted(at + 2, 'a'));
    const next = foldDetail(fresh, many);
    expect(next.activity).toHaveLength(1_000);
    expect(next.activity.at(-1)?.seq).toBe(1_201);
  });
});

it('detailAt sets the status of the clock', () => {
  const waiting = foldDetail(fresh, [prompted(2, 'a'), turnEnded(3, 'a')]);
  expect(detailAt(waiting, NOW + 1)).toBe(waiting);
  expect(detailAt(waiting, NOW + 30 * 60_000).state.summary.status).toBe('idle');
});
