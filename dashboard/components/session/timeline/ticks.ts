import type { Axis } from '@claude-optimizer/core/story';
import { roundMoment, roundStep } from '../../../lib/round-moments';
import type { Span } from './span';

/** Round moments to write below the bars, at least `apart` pixels from one another. */
export function ticks(
  axis: Axis,
  span: Span,
  width: number,
  apart = 96,
): { at: number; x: number }[] {
  const scale = width / (span.to - span.from);
  if (!Number.isFinite(scale) || scale <= 0) return [];
  const step = roundStep(apart / scale);
  const found: { at: number; x: number }[] = [];
  let x = 0;
  while (x < width) {
    const at = roundMoment(axis.toTime(span.from + x / scale), step);
    const place = (axis.toShown(at) - span.from) * scale;
    if (place > width) break;
    // A wait that was made short may hold many round moments: one of them will do.
    if (place >= x) found.push({ at, x: place });
    x = Math.max(x, place) + apart;
  }
  return found;
}
