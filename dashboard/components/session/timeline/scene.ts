import type { Axis, Mark, Timeline } from '@claude-optimizer/core/story';
import type { Span } from './span';

export const ROW_HEIGHT = 20;
export const RULER_HEIGHT = 22;
export const MARKS_HEIGHT = 18;
export const BAR_HEIGHT = 15;

export type Scene = {
  timeline: Timeline;
  marks: readonly Mark[];
  axis: Axis;
  span: Span;
  /** First row that is shown, in pixels. */
  scrollTop: number;
  selected: string | null;
  hovered: string | null;
  /** What is being selected by dragging, in pixels. */
  drag: { from: number; to: number } | null;
};

/** Where a moment is, in pixels from the left. */
export function placeOf(scene: Pick<Scene, 'axis' | 'span'>, at: number, width: number): number {
  const { axis, span } = scene;
  return ((axis.toShown(at) - span.from) / (span.to - span.from)) * width;
}

/** Where a row begins, in pixels from the top. */
export function rowTop(row: number, scrollTop: number): number {
  return RULER_HEIGHT + MARKS_HEIGHT + row * ROW_HEIGHT - scrollTop;
}

/** What is drawn on, and where a moment is on it. */
export type Frame = { width: number; height: number; x: (at: number) => number };
