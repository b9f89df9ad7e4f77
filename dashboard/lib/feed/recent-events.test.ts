import { expect, it } from 'vitest';
import { prompted } from './event.fixture';
import { RecentEvents } from './recent-events';

const seqs = (events: { seq: number }[] | null) => events?.map(({ seq }) => seq) ?? null;

it('gives what came after a number, or null when it no longer knows', () => {
  const recent = new RecentEvents();
  recent.restart(10);
  recent.add([prompted(11, 'a'), prompted(12, 'b')]);
  expect(seqs(recent.after(10))).toEqual([11, 12]);
  expect(seqs(recent.after(12))).toEqual([]);
  expect(recent.after(9)).toBeNull();
});

it('forgets the oldest first', () => {
  const recent = new RecentEvents();
  recent.restart(0);
  recent.add(Array.from({ length: 4_010 }, (_, at) => prompted(at + 1, 'a')));
  expect(recent.after(9)).toBeNull();
  expect(recent.after(10)).toHaveLength(4_000);
});
