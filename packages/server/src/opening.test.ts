import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Opening } from './opening.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched(opening: Opening) {
  const waiting = { over: false };
  void opening.over().then(() => (waiting.over = true));
  return waiting;
}

it('is over when the page follows', async () => {
  const opening = new Opening();
  await opening.over();
  opening.begin();
  const waiting = watched(opening);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(waiting.over).toBe(false);
  opening.end();
  await vi.advanceTimersByTimeAsync(0);
  expect(waiting.over).toBe(true);
  await opening.over();
});

it('is over after a while in any case, counted from the last page', async () => {
  const opening = new Opening();
  opening.begin();
  const waiting = watched(opening);
  await vi.advanceTimersByTimeAsync(1_000);
  opening.begin();
  await vi.advanceTimersByTimeAsync(1_499);
  expect(waiting.over).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(waiting.over).toBe(true);
});

it('expects a page for a moment, and holds for longer once it is asked for', async () => {
  const opening = new Opening();
  opening.expect();
  const unasked = watched(opening);
  await vi.advanceTimersByTimeAsync(249);
  expect(unasked.over).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(unasked.over).toBe(true);
  opening.expect();
  await vi.advanceTimersByTimeAsync(200);
  opening.begin();
  const asked = watched(opening);
  await vi.advanceTimersByTimeAsync(1_499);
  expect(asked.over).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked.over).toBe(true);
});
