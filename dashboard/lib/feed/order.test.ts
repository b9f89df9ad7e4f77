import type { SessionEvent } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { failed, NOW, prompted, started, toolStarted, turnEnded } from './event.fixture';
import { foldEvents } from './fold-events';
import { atTime, RECENT_LIMIT } from './order';
import { NO_STATE, type FeedState } from './state';

const MINUTE = 60_000;

/** Each session started and prompted a minute after the one before, then what is said of it. */
function withSessions(...endings: ((seq: number, id: string) => SessionEvent)[]): FeedState {
  let seq = 0;
  const events = endings.flatMap((ending, at) => {
    const startedAt = NOW - (endings.length - at) * MINUTE;
    const id = `s${at}`;
    return [started(++seq, id, startedAt), prompted(++seq, id, startedAt), ending(++seq, id)];
  });
  return foldEvents({ ...NO_STATE, epoch: 'own' }, events, NOW).state;
}

const asks = (seq: number, id: string) => toolStarted(seq, id, 'AskUserQuestion');
const runs = (seq: number, id: string) => toolStarted(seq, id, 'Bash');

describe('atTime', () => {
  it('sorts by what needs the person, the latest started first', () => {
    const state = atTime(withSessions(turnEnded, runs, asks, failed, runs, asks), NOW);
    expect(state.active).toEqual({
      answer: ['s5', 's2'],
      failed: ['s3'],
      prompt: ['s0'],
      running: ['s4', 's1'],
      idle: [],
    });
    expect(state.recentIds).toEqual([]);
  });

  it('changes statuses by the clock alone', () => {
    const before = atTime(withSessions(turnEnded, failed), NOW);
    const later = atTime(before, NOW + 20 * MINUTE);
    expect(later.active).toMatchObject({ prompt: [], idle: ['s0'], failed: ['s1'] });
    expect(later.sessions.get('s0')?.status).toBe('idle');
    const over = atTime(later, NOW + 90 * MINUTE);
    expect(over.active).toMatchObject({ idle: [], failed: [] });
    expect(over.recentIds).toEqual(['s0', 's1']);
  });

  it('is the same state when nothing has changed', () => {
    const state = atTime(withSessions(runs, turnEnded), NOW);
    expect(atTime(state, NOW + 1_000)).toBe(state);
    const more = foldEvents(state, [runs(7, 's0')], NOW + 1_000).state;
    expect(atTime(more, NOW + 1_000).active).toBe(state.active);
  });

  it('shows nothing of a session that is not visible', () => {
    const { state } = foldEvents(NO_STATE, [started(1, 'a', NOW, false), prompted(2, 'a')], NOW);
    expect(atTime(state, NOW).active.running).toEqual([]);
  });

  it('keeps only so many that are over', () => {
    const count = RECENT_LIMIT + 5;
    const state = withSessions(...Array.from({ length: count }, () => turnEnded));
    const over = atTime(state, NOW + 120 * MINUTE);
    expect(over.recentIds).toHaveLength(RECENT_LIMIT);
    expect(over.sessions.size).toBe(RECENT_LIMIT);
  });
});
