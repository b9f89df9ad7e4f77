import type { Axis } from '@claude-optimizer/core/story';
import type { Span } from './span';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const STEPS = [
  ...[100, 200, 500, SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 15 * SECOND, 30 * SECOND],
  ...[MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE],
  ...[HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR],
];

/** Round moments to write below the bars, at least `apart` pixels from one another. */
export function ticks(
  axis: Axis,
  span: Span,
  width: number,
  apart = 96,
): { at: number; x: number }[] {
  const scale = width / (span.to - span.from);
  if (!Number.isFinite(scale) || scale <= 0) return [];
  const step = STEPS.find((ms) => ms * scale >= apart) ?? 24 * HOUR;
  const found: { at: number; x: number }[] = [];
  let x = 0;
  while (x < width) {
    const at = Math.ceil(axis.toTime(span.from + x / scale) / step) * step;
    const place = (axis.toShown(at) - span.from) * scale;
    if (place > width) break;
    // A wait that was made short may hold many round moments: one of them will do.
    if (place >= x) found.push({ at, x: place });
    x = Math.max(x, place) + apart;
  }
  return found;
}
