import type { SessionEvent } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { isFromStart, withNews, withOlder } from './kept-events';

const event = (seq: number): SessionEvent => ({
  seq,
  sessionId: 's',
  timestamp: seq,
  type: 'session:compact',
  recordId: 'r',
  trigger: 'auto',
  preTokens: null,
  postTokens: null,
});
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => event(from + at));
const seqs = (events: readonly SessionEvent[]) => events.map(({ seq }) => seq);

describe('withNews', () => {
  it('keeps what drops out of the newest events', () => {
    expect(seqs(withNews(range(1, 4), range(3, 6)))).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('starts anew where events between are missing, or the history is another one', () => {
    expect(seqs(withNews(range(1, 4), range(7, 8)))).toEqual([7, 8]);
    expect(seqs(withNews(range(10, 14), range(1, 2)))).toEqual([1, 2]);
    expect(seqs(withNews([], range(1, 2)))).toEqual([1, 2]);
  });

  it('is bounded, but drops nothing that was asked for', () => {
    expect(withNews(range(1, 5_000), range(4_900, 5_100))).toHaveLength(5_000);
    const loaded = withOlder(range(2_001, 7_000), range(1, 2_000));
    const grown = withNews(loaded, range(6_900, 7_100));
    expect(grown).toHaveLength(7_000);
    expect(grown.at(-1)?.seq).toBe(7_100);
  });
});

describe('withOlder', () => {
  it('puts a page in front, and nothing twice', () => {
    expect(seqs(withOlder(range(4, 5), range(1, 4)))).toEqual([1, 2, 3, 4, 5]);
  });
});

it('knows a session’s beginning', () => {
  const start: SessionEvent = { ...event(1), type: 'session:start', project: null, visible: true };
  expect(isFromStart([start, event(2)])).toBe(true);
  expect(isFromStart([event(2)])).toBe(false);
  expect(isFromStart([])).toBe(false);
});
