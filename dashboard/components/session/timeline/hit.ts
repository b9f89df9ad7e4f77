import type { Bar, Mark } from '@claude-optimizer/core/story';
import { MARKS_HEIGHT, placeOf, ROW_HEIGHT, RULER_HEIGHT, rowTop, type Scene } from './scene';

export type Hit = { bar: Bar } | { mark: Mark } | null;

/** Bars are hit a little beside them, too: many are thinner than a pointer. */
const NEAR = 3;
const MARK_NEAR = 7;

/** What is drawn at a place of the canvas. */
export function hitAt(scene: Scene, place: { x: number; y: number }, width: number): Hit {
  const x = (at: number) => placeOf(scene, at, width);
  if (place.y < RULER_HEIGHT) return null;
  if (place.y < RULER_HEIGHT + MARKS_HEIGHT) {
    const mark = nearestOf(scene.marks, (one) => Math.abs(x(one.at) - place.x), MARK_NEAR);
    return mark && { mark };
  }
  const row = Math.floor((place.y - rowTop(0, scene.scrollTop)) / ROW_HEIGHT);
  const inRow = scene.timeline.bars.filter((bar) => bar.row === row);
  const distance = (bar: Bar) =>
    Math.max(0, x(bar.from) - place.x, place.x - Math.max(x(bar.to), x(bar.from) + 2));
  const bar = nearestOf(inRow, distance, NEAR);
  return bar && { bar };
}

function nearestOf<T>(all: readonly T[], distance: (one: T) => number, most: number): T | null {
  let [best, least]: [T | null, number] = [null, Infinity];
  for (const one of all) {
    const away = distance(one);
    if (away <= most && away < least) [best, least] = [one, away];
  }
  return best;
}
