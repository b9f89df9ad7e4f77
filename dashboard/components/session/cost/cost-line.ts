import type { Response } from '@claude-optimizer/core/story';

/** The cost so far after a response; `at` is its place on the axis, 0 to 1. */
export type CostPoint = { place: number; sum: number };

/** The cost over the responses' places; what has no known price adds nothing. */
export function costLine(
  responses: readonly Response[],
  placeOf: (at: number) => number,
): CostPoint[] {
  let sum = 0;
  return responses.map(({ at, cost }) => {
    sum += cost ?? 0;
    return { place: placeOf(at), sum };
  });
}

/** As a step line in an SVG of this size, drawn from the bottom left corner to the right edge. */
export function stepPath(
  points: readonly CostPoint[],
  top: number,
  { width, height }: { width: number; height: number },
): string {
  const y = (sum: number) => (height - (sum / Math.max(1, top)) * height).toFixed(1);
  const steps = points.map(({ place, sum }) => `H${(place * width).toFixed(1)}V${y(sum)}`);
  return `M0 ${y(0)}${steps.join('')}H${width}`;
}
