import type { SessionEvent } from '@claude-optimizer/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Cursor } from './cursor.js';

const RUN = 4;

function following(seq: number, last: number): SessionEvent[] {
  const length = Math.max(0, Math.min(RUN, last - seq));
  return Array.from({ length }, (_, index) => ({ seq: seq + index + 1 }) as SessionEvent);
}

/** Serves the cursor up to `last` and notes what is sent. */
function serve(cursor: Cursor, last: number, runs: number, sent: number[]): void {
  for (let run = 0; run < runs && cursor.seq < last; run++) {
    sent.push(...cursor.take(following(cursor.seq, last)).map(({ seq }) => seq));
  }
}

test('sends each event once, however late and often a client subscribes', () => {
  const step = fc.record({
    published: fc.nat(12),
    runs: fc.nat(5),
    subscribe: fc.option(fc.nat(40), { nil: null }),
  });
  fc.assert(
    fc.property(fc.nat(20), fc.array(step, { maxLength: 12 }), (connectedAt, steps) => {
      let last = connectedAt;
      let from = connectedAt;
      const cursor = new Cursor(connectedAt);
      const known = new Set<number>();
      const sent: number[] = [];
      for (const { published, runs, subscribe } of steps) {
        last += published;
        serve(cursor, last, runs, sent);
        if (subscribe === null || subscribe > last) continue;
        for (let seq = cursor.seq + 1; seq <= subscribe; seq++) known.add(seq);
        if (cursor.goTo(subscribe)) from = Math.min(from, subscribe);
      }
      serve(cursor, last, Infinity, sent);
      expect(new Set(sent).size).toBe(sent.length);
      const missing = Array.from({ length: last - from }, (_, index) => from + index + 1).filter(
        (seq) => !sent.includes(seq) && !known.has(seq),
      );
      expect(missing).toEqual([]);
    }),
  );
});

test('goes back behind what it has sent and then jumps over it', () => {
  const cursor = new Cursor(10);
  cursor.take(following(10, 12));
  expect(cursor.goTo(8)).toBe(true);
  expect(cursor.highest).toBe(12);
  expect(cursor.take(following(8, 13)).map(({ seq }) => seq)).toEqual([9, 10]);
  expect(cursor.seq).toBe(12);
});

test('does not go back a second time, but goes on', () => {
  const cursor = new Cursor(10);
  cursor.goTo(10);
  cursor.take(following(10, 12));
  expect(cursor.goTo(11)).toBe(false);
  expect(cursor.seq).toBe(12);
  expect(cursor.goTo(12)).toBe(true);
  expect(cursor.goTo(14)).toBe(true);
  expect(cursor.seq).toBe(14);
});
