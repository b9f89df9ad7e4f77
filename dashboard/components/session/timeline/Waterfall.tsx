'use client';

import type { Axis, Bar, Mark, Timeline } from '@claude-optimizer/core/story';
import { memo, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { showInConversation } from '../story/PlaceLink';
import { BarDetails } from './BarDetails';
import { draw } from './draw';
import { MARKS_HEIGHT, ROW_HEIGHT, RULER_HEIGHT, type Scene } from './scene';
import { hitAt, type Hit } from './hit';
import { OverviewStrip } from './OverviewStrip';
import { paletteOf, useThemeKey } from './palette';
import { moved, showing, within, zoomed, type Span } from './span';
import { sharpContext, useWidth } from './useBox';
import { usePointers } from './usePointers';
import { nextBar, type Direction } from './walk';
import { ZoomButtons } from './ZoomButtons';

const MOST_HEIGHT = 560;
const HEAD = RULER_HEIGHT + MARKS_HEIGHT;
const STEP = 0.7;
const ARROWS: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

type Props = { timeline: Timeline; marks: readonly Mark[]; axis: Axis };

/** The bars themselves: zoomed by wheel, pinch, keys or by drawing a range; one bar in focus. */
export const Waterfall = memo(function Waterfall({ timeline, marks, axis }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(scroller);
  const theme = useThemeKey();
  /** Null: all of it, also when it grows. */
  const [chosen, setSpan] = useState<Span | null>(null);
  const [selectedId, setSelected] = useState<string | null>(null);
  const [hovered, setHovered] = useState<Hit>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const whole = { from: 0, to: Math.max(1, axis.length) };
  const span = chosen === null ? whole : within(chosen, whole.to);
  const inside = HEAD + timeline.rows * ROW_HEIGHT + 6;
  const height = Math.min(inside, MOST_HEIGHT);
  const selected = timeline.bars.find(({ id }) => id === selectedId) ?? null;
  const show = (next: Span) => {
    const isWhole = next.to - next.from >= whole.to;
    setSpan(isWhole ? null : next);
  };
  const zoom = (factor: number, around = (span.from + span.to) / 2) =>
    show(zoomed(span, factor, around, whole.to));
  const shownAt = (x: number) => span.from + (x / Math.max(1, width)) * (span.to - span.from);
  const base = { timeline, marks, axis, span, scrollTop, selected: selectedId };
  const { drag, handlers } = usePointers(canvas, {
    point: (place) =>
      setHovered(place && hitAt({ ...base, hovered: null, drag: null }, place, width)),
    press: (place) => {
      const hit = hitAt({ ...base, hovered: null, drag: null }, place, width);
      if (hit && 'bar' in hit) setSelected(hit.bar.id);
      else setSelected(null);
    },
    open: (place) => open(hitAt({ ...base, hovered: null, drag: null }, place, width)),
    pan: (pixels) => show(moved(span, -pixels / Math.max(1, width), whole.to)),
    zoom: (factor, x) => zoom(factor, shownAt(x)),
    choose: (from, to) => show(within({ from: shownAt(from), to: shownAt(to) }, whole.to)),
  });
  const hoveredBar = hovered && 'bar' in hovered ? hovered.bar.id : null;
  const scene: Scene = { ...base, hovered: hoveredBar, drag };
  useEffect(() => {
    const element = canvas.current;
    const context = element && width > 0 ? sharpContext(element, width, height) : null;
    if (element && context) draw(context, { width, height }, scene, paletteOf(element, theme));
  });

  const select = (bar: Bar) => {
    setSelected(bar.id);
    const place = { from: axis.toShown(bar.from), to: axis.toShown(bar.to) };
    if (chosen !== null) show(showing(span, place, whole.to));
    const top = bar.row * ROW_HEIGHT;
    const room = height - HEAD - ROW_HEIGHT;
    if (top < scrollTop) scroller.current?.scrollTo({ top });
    else if (top > scrollTop + room) scroller.current?.scrollTo({ top: top - room });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const done = onKey(event);
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  };
  function onKey({ key, shiftKey }: KeyboardEvent): boolean {
    const direction = ARROWS[key];
    if (direction !== undefined && shiftKey) {
      if (direction === 'left' || direction === 'right') {
        show(moved(span, direction === 'left' ? -0.2 : 0.2, whole.to));
      }
      return true;
    }
    if (direction !== undefined) {
      const first = timeline.bars[0];
      if (selected) select(nextBar(timeline.bars, selected, direction));
      else if (first) select(first);
      return true;
    }
    const around = selected ? axis.toShown((selected.from + selected.to) / 2) : undefined;
    switch (key) {
      case '+':
      case '=':
        zoom(STEP, around);
        return true;
      case '-':
        zoom(1 / STEP, around);
        return true;
      case '0':
        setSpan(null);
        return true;
      case 'Enter':
        open(selected && { bar: selected });
        return selected !== null;
      case 'Escape':
        if (selectedId === null) return false;
        setSelected(null);
        return true;
      default:
        return false;
    }
  }

  return (
    <div>
      <div className="flex items-center gap-2 border-b border-line px-3 py-1.5">
        <OverviewStrip timeline={timeline} axis={axis} span={span} theme={theme} onShow={show} />
        <ZoomButtons
          isWhole={chosen === null}
          onZoom={(isIn) => zoom(isIn ? STEP : 1 / STEP)}
          onWhole={() => setSpan(null)}
        />
      </div>
      <div
        ref={scroller}
        className="relative overflow-x-hidden overflow-y-auto -outline-offset-2"
        style={{ height }}
        tabIndex={0}
        role="application"
        aria-roledescription="timeline"
        aria-label="Turns, tools and subagents over time. Arrow keys go from bar to bar, plus and minus zoom, Shift with arrows moves along, 0 shows all, Enter shows the bar in the conversation. The table has the same in words."
        aria-describedby="timeline-bar"
        onKeyDown={onKeyDown}
        onScroll={({ currentTarget }) => setScrollTop(currentTarget.scrollTop)}
      >
        <div style={{ height: inside }}>
          <canvas
            ref={canvas}
            aria-hidden
            className="sticky top-0 block touch-pan-y"
            style={{ width: '100%', height }}
            {...handlers}
          />
        </div>
      </div>
      <BarDetails timeline={timeline} selected={selected} hovered={hovered} />
    </div>
  );
});

function open(hit: Hit): void {
  const place = hit === null ? null : 'bar' in hit ? hit.bar.place : hit.mark.place;
  if (place !== null) showInConversation(place);
}
