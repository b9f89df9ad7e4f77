import type { SessionEvent } from '@claude-optimizer/protocol';
import { expect, test } from 'vitest';
import { EventRing } from './event-ring.js';

function ringOf(...seqs: number[]): EventRing {
  const ring = new EventRing(4);
  for (const seq of seqs) ring.add({ seq } as SessionEvent);
  return ring;
}

const seqs = (events: SessionEvent[] | null) => events?.map(({ seq }) => seq);

test('gives what follows a cursor, a run at a time', () => {
  expect(seqs(ringOf(1, 2, 3).after(0, 2))).toEqual([1, 2]);
  expect(seqs(ringOf(1, 2, 3).after(2, 2))).toEqual([3]);
});

test('has nothing for a cursor at its end or before its beginning', () => {
  expect(ringOf().after(0, 9)).toBeNull();
  expect(ringOf(7, 8).after(8, 9)).toBeNull();
  expect(ringOf(7, 8).after(5, 9)).toBeNull();
  expect(seqs(ringOf(7, 8).after(6, 9))).toEqual([7, 8]);
});

test('forgets the oldest when it is full', () => {
  const ring = ringOf(1, 2, 3, 4, 5, 6);
  expect(ring.after(1, 9)).toBeNull();
  expect(seqs(ring.after(2, 9))).toEqual([3, 4, 5, 6]);
});

test('ignores what it has and begins anew after a gap', () => {
  expect(seqs(ringOf(1, 2, 2, 1).after(0, 9))).toEqual([1, 2]);
  const ring = ringOf(1, 2, 5);
  expect(ring.after(1, 9)).toBeNull();
  expect(seqs(ring.after(4, 9))).toEqual([5]);
});

test('is empty after clear', () => {
  const ring = ringOf(3, 4);
  ring.clear();
  expect(ring.after(3, 9)).toBeNull();
});
