import type { SessionDetail, SessionEvent } from '@claude-optimizer/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detailAt, detailBefore, foldDetail } from '../fold/detail.js';
import { histories, history, PROMPT, tokens, usageOf } from '../fold/history.fixture.js';
import { foldSession } from '../fold/state.js';
import { Replay } from './replay.js';

const SLOT = 60_000;

function replayOf(events: readonly SessionEvent[]): Replay {
  const replay = new Replay('s', SLOT);
  replay.use(events);
  return replay;
}

/** The plain way: every event from the start, one by one. */
function folded(events: readonly SessionEvent[], count: number): SessionDetail {
  return events
    .slice(0, count)
    .reduce((detail, event) => foldDetail(detail, [event]), detailBefore('s', events[0], SLOT));
}

const long = history(
  ...Array.from({ length: 2_000 }, (_, at): [number, Parameters<typeof history>[0][1]] => [
    at * 700,
    at % 3 === 0 ? PROMPT : tokens(usageOf(at, at)),
  ]),
);

describe('Replay', () => {
  it('is at each event what folding from the start gives, wherever it comes from', () => {
    fc.assert(
      fc.property(
        histories(400),
        fc.array(fc.nat(400), { minLength: 1, maxLength: 12 }),
        (events, places) => {
          const replay = replayOf(events);
          for (const place of places) {
            const count = Math.min(place, events.length);
            const now = events[count - 1]?.timestamp ?? 0;
            const detail = replay.after(count, now);
            expect(detail).toEqual(detailAt(folded(events, count), now));
            expect(detail.seq).toBe(count);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is at the end the live state, also when it was followed event by event', () => {
    fc.assert(
      fc.property(histories(300), fc.nat(300), (events, known) => {
        const replay = new Replay('s', SLOT);
        replay.use(events.slice(0, known));
        replay.after(known, 0);
        replay.use(events);
        const now = Date.UTC(2026, 11, 1);
        const live = events.reduce<SessionDetail['state'] | null>(foldSession, null);
        const { summary, ...rest } = replay.after(events.length, now).state;
        expect({ ...rest, summary: { ...summary, status: null } }).toEqual({
          ...live,
          summary: { ...live?.summary, status: null },
        });
      }),
      { numRuns: 60 },
    );
  });

  it('forgets what it made when the history is another one', () => {
    const replay = replayOf(long);
    replay.after(1_500, 0);
    const other = long.map((event) => ({ ...event, seq: event.seq + 7 }));
    replay.use(other);
    expect(replay.after(1_500, 0)).toEqual(detailAt(folded(other, 1_500), 0));
  });

  it('keeps few checkpoints of a very long session, and stays right', () => {
    const events = Array.from({ length: 20 }, (_, round) =>
      long.map((event) => ({ ...event, seq: event.seq + round * long.length })),
    ).flat();
    const replay = replayOf(events);
    replay.after(events.length, 0);
    expect(replay.checkpoints).toBeLessThanOrEqual(64);
    expect(replay.checkpoints).toBeGreaterThan(16);
    for (const count of [39_999, 12_345, 12_344, 1, 0]) {
      expect(replay.after(count, 0).seq).toBe(count);
      expect(replay.after(count, 0).state.summary.counts.prompts).toBe(
        events.slice(0, count).filter(({ type }) => type === 'session:turn').length,
      );
    }
  });

  it('has nothing where there is nothing', () => {
    expect(replayOf([]).after(5, 0)).toMatchObject({ seq: 0, usage: [], activity: [] });
  });
});
