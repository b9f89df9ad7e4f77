import type { SessionEvent } from '@claude-optimizer/protocol';

/** How much faster than life; `skip` shortens every wait to less than half a second. */
export const SPEEDS = [1, 10, 60, 'skip'] as const;
export type Speed = (typeof SPEEDS)[number];

const SKIP_SPEED = 10;
const LONGEST_SKIP_MS = 400;
/** What happened so much before something that stands before it was read later than it happened. */
const LATE_MS = 60_000;

/**
 * For each event, after how many ms of playing it comes. An event that happened before the one in
 * front of it (a subagent's transcript is read after the main one) comes at once.
 */
export function playTimes(events: readonly SessionEvent[], speed: Speed): number[] {
  let time = 0;
  return events.map((event, index) => {
    const before = events[index - 1];
    const gap = before ? Math.max(0, event.timestamp - before.timestamp) : 0;
    time += speed === 'skip' ? Math.min(gap / SKIP_SPEED, LONGEST_SKIP_MS) : gap / speed;
    return time;
  });
}

/** How many events have come after `time` ms of playing; never less than the first. */
export function countAt(times: readonly number[], time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? Infinity) <= time) low = middle + 1;
    else high = middle;
  }
  return Math.max(low, Math.min(1, times.length));
}

/**
 * The session's clock (epoch ms) after `time` ms of playing, which goes on between two events
 * where playing isn't cut short.
 */
export function clockAt(
  events: readonly SessionEvent[],
  times: readonly number[],
  time: number,
  speed: Speed,
): number {
  const count = countAt(times, time);
  const at = events[count - 1]?.timestamp ?? 0;
  const next = events[count];
  if (speed === 'skip' || !next) return at;
  const passed = (time - (times[count - 1] ?? 0)) * speed;
  return Math.round(Math.max(at, Math.min(at + passed, next.timestamp)));
}

/** Whether the event that `count` ends with happened long before others that stand before it. */
export function comesLate(events: readonly SessionEvent[], count: number): boolean {
  const at = events[count - 1]?.timestamp ?? 0;
  return events.slice(0, Math.max(0, count - 1)).some(({ timestamp }) => timestamp > at + LATE_MS);
}
