'use client';

import type { Axis, Timeline } from '@claude-optimizer/core/story';
import { memo, useEffect, useRef, type PointerEvent } from 'react';
import { paletteOf, type Palette } from './palette';
import { within, type Span } from './span';
import { sharpContext, useWidth } from './useBox';

const HEIGHT = 28;

type Props = {
  timeline: Timeline;
  axis: Axis;
  span: Span;
  /** Names the colours. */
  theme: string;
  onShow: (span: Span) => void;
};

/** All of the session in one strip, and which part of it is shown below; dragged, it moves. */
export const OverviewStrip = memo(function OverviewStrip(props: Props) {
  const { timeline, axis, span, theme, onShow } = props;
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const grip = useRef<number | null>(null);
  const width = useWidth(box);
  useEffect(() => {
    const element = canvas.current;
    const context = element && width > 0 ? sharpContext(element, width, HEIGHT) : null;
    if (element && context) paint(context, width, { timeline, axis }, paletteOf(element, theme));
  }, [timeline, axis, theme, width]);
  const length = Math.max(1, axis.length);
  const shownAt = (event: PointerEvent) => {
    const { left } = event.currentTarget.getBoundingClientRect();
    return ((event.clientX - left) / Math.max(1, width)) * length;
  };
  const size = span.to - span.from;
  const onPointerDown = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = shownAt(event);
    const isInside = at >= span.from && at <= span.to;
    grip.current = isInside ? at - span.from : size / 2;
    if (!isInside) onShow(within({ from: at - size / 2, to: at + size / 2 }, length));
  };
  const onPointerMove = (event: PointerEvent) => {
    if (grip.current === null) return;
    const from = shownAt(event) - grip.current;
    onShow(within({ from, to: from + size }, length));
  };
  const end = () => {
    grip.current = null;
  };
  const [left, right] = [span.from / length, 1 - span.to / length];
  return (
    <div
      ref={box}
      aria-hidden
      className="relative min-w-0 flex-1 touch-none overflow-hidden rounded-sm bg-sunken"
      style={{ height: HEIGHT }}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={end}
      onPointerCancel={end}
    >
      <canvas ref={canvas} className="block" style={{ width: '100%', height: HEIGHT }} />
      <span
        className="absolute inset-y-0 left-0 bg-canvas opacity-70"
        style={{ width: `${left * 100}%` }}
      />
      <span
        className="absolute inset-y-0 right-0 bg-canvas opacity-70"
        style={{ width: `${right * 100}%` }}
      />
      <span
        className="absolute inset-y-0 min-w-1 cursor-grab rounded-sm border border-accent"
        style={{ left: `${left * 100}%`, right: `${right * 100}%` }}
      />
    </div>
  );
});

/** Rows of the strip, from top to bottom. */
const STRIP_ROWS = { turn: 3, model: 10, tool: 15, agent: 21 } as const;

function paint(
  context: CanvasRenderingContext2D,
  width: number,
  { timeline, axis }: Pick<Props, 'timeline' | 'axis'>,
  colors: Palette,
): void {
  context.clearRect(0, 0, width, HEIGHT);
  const scale = width / Math.max(1, axis.length);
  const fills = {
    turn: colors.ink3,
    model: colors.info,
    tool: colors.accent,
    agent: colors.accent,
  };
  for (const bar of timeline.bars) {
    if (bar.kind === 'tool' && bar.agentId !== null) continue;
    const left = axis.toShown(bar.from) * scale;
    const wide = Math.max(1, axis.toShown(bar.to) * scale - left);
    context.fillStyle = bar.outcome === 'error' ? colors.danger : fills[bar.kind];
    context.fillRect(left, STRIP_ROWS[bar.kind], wide, 4);
  }
}
