import { NO_USAGE, NOTHING_UNPRICED } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { NOW, prompted, started, tokensUsed, usageOf } from './event.fixture';
import { foldEvents } from './fold-events';
import { NO_STATE, type FeedState } from './state';

const HOUR = 3_600_000;
const MIDNIGHT = NOW - 12 * HOUR;
const today = { startsAt: MIDNIGHT, usage: NO_USAGE, unpriced: NOTHING_UNPRICED, sessions: 0 };
const empty: FeedState = { ...NO_STATE, epoch: 'own', seq: 10, today, sessionsTotal: 4 };

describe('foldEvents', () => {
  it('folds in order, skips what it has, and leaves the state before as it was', () => {
    const events = [started(10, 'a'), started(11, 'a'), prompted(12, 'a')];
    const { state, gap, unknown } = foldEvents(empty, events, NOW);
    expect(state.seq).toBe(12);
    expect(state.sessions.get('a')).toMatchObject({ status: 'running', firstPrompt: 'Go' });
    expect({ gap, unknown }).toEqual({ gap: false, unknown: [] });
    expect(empty.sessions.size).toBe(0);
    expect(foldEvents(state, events, NOW).state.sessions.get('a')).toBe(state.sessions.get('a'));
  });

  it('stops at a gap', () => {
    const { state, gap } = foldEvents(empty, [started(11, 'a'), prompted(13, 'a')], NOW);
    expect({ gap, seq: state.seq }).toEqual({ gap: true, seq: 11 });
    expect(state.sessions.get('a')).toMatchObject({ counts: { prompts: 0 } });
  });

  it('counts a session once, when it becomes visible', () => {
    const { state } = foldEvents(empty, [started(11, 'a', NOW, false), started(12, 'b')], NOW);
    expect(state.sessionsTotal).toBe(5);
    const shown = foldEvents(
      state,
      [{ seq: 13, sessionId: 'a', timestamp: NOW, type: 'session:info', visible: true }],
      NOW,
    );
    expect(shown.state.sessionsTotal).toBe(6);
    expect(shown.state.sessions.get('a')?.visible).toBe(true);
  });

  it('asks for a session that it does not know, if it lives now', () => {
    const events = [
      prompted(11, 'old', NOW - 2 * HOUR),
      prompted(12, 'back'),
      prompted(13, 'back'),
    ];
    const { state, unknown } = foldEvents(empty, events, NOW);
    expect(unknown).toEqual(['back']);
    expect(state.sessions.size).toBe(0);
    expect(state.seq).toBe(13);
  });

  it('adds to today what was used today, also by sessions that it does not follow', () => {
    const before = MIDNIGHT - 1;
    const events = [
      started(11, 'a', before),
      tokensUsed(12, 'a', usageOf(5, 100), { at: before }),
      tokensUsed(13, 'a', usageOf(7, 200)),
      tokensUsed(14, 'a', usageOf(1, 10)),
      tokensUsed(15, 'elsewhere', usageOf(2, null), { at: MIDNIGHT }),
    ];
    const { state } = foldEvents(empty, events, NOW);
    expect(state.today).toMatchObject({
      usage: { outputTokens: 10, messages: 3, costMicrodollars: 210 },
      unpriced: { messages: 1, tokens: 2 },
      sessions: 1,
    });
  });

  it('leaves alone what a summary already has', () => {
    const { state } = foldEvents(empty, [started(11, 'a')], NOW);
    const known = state.sessions.get('a');
    if (!known) throw new Error('a is missing');
    const ahead = { ...known, seq: 20, title: 'As of 20' };
    const next = foldEvents(
      { ...state, sessions: new Map([['a', ahead]]) },
      [prompted(12, 'a')],
      NOW,
    );
    expect(next.state.sessions.get('a')).toBe(ahead);
    expect(next.state.seq).toBe(12);
  });
});
