'use client';

import { useEffect, useRef, useState, type PointerEvent, type RefObject } from 'react';

type Place = { x: number; y: number };

/** What a person does with pointers on the bars; places and lengths in pixels of the canvas. */
export type Gestures = {
  point: (place: Place | null) => void;
  press: (place: Place) => void;
  open: (place: Place) => void;
  pan: (pixels: number) => void;
  zoom: (factor: number, x: number) => void;
  choose: (from: number, to: number) => void;
};

/** A shorter drag is a press. */
const DRAG_FROM = 5;
const WHEEL_SPEED = 0.0025;

/**
 * A mouse draws the range to be shown, with Shift it moves the axis; a finger moves it, two pinch
 * it; the wheel zooms with Ctrl or once the chart has the focus, and moves sideways by itself.
 */
export function usePointers(canvas: RefObject<HTMLCanvasElement | null>, gestures: Gestures) {
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const latest = useRef(gestures);
  useEffect(() => {
    latest.current = gestures;
  });
  const down = useRef(new Map<number, Place>());
  const begun = useRef<(Place & { isPan: boolean }) | null>(null);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    // React's own listener may not keep the page from scrolling.
    const onWheel = (event: WheelEvent) => {
      const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
      const scroller = element.closest('[role="application"]');
      const canScroll = scroller !== null && scroller.scrollHeight > scroller.clientHeight;
      const isFocused = scroller === document.activeElement && !canScroll;
      if (isSideways) latest.current.pan(-(event.deltaX || event.deltaY));
      else if (event.ctrlKey || event.metaKey || isFocused) {
        latest.current.zoom(Math.exp(event.deltaY * WHEEL_SPEED), placeIn(element, event).x);
      } else return;
      event.preventDefault();
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [canvas]);

  const onPointerDown = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.button > 1) return;
    const place = placeIn(event.currentTarget, event);
    down.current.set(event.pointerId, place);
    event.currentTarget.setPointerCapture(event.pointerId);
    const isPan = event.pointerType === 'touch' || event.shiftKey || event.button === 1;
    begun.current = down.current.size === 1 ? { ...place, isPan } : null;
  };
  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>) => {
    const place = placeIn(event.currentTarget, event);
    const before = down.current.get(event.pointerId);
    if (!before) {
      gestures.point(place);
      return;
    }
    const other = [...down.current].find(([id]) => id !== event.pointerId)?.[1];
    down.current.set(event.pointerId, place);
    if (other) {
      const [was, is] = [Math.abs(before.x - other.x), Math.abs(place.x - other.x)];
      if (was > 8 && is > 8) gestures.zoom(was / is, (place.x + other.x) / 2);
    } else if (begun.current?.isPan) {
      gestures.pan(place.x - before.x);
    } else if (begun.current && Math.abs(place.x - begun.current.x) >= DRAG_FROM) {
      setDrag({ from: begun.current.x, to: place.x });
    }
  };
  const onPointerUp = (event: PointerEvent<HTMLCanvasElement>) => {
    const place = placeIn(event.currentTarget, event);
    const start = begun.current;
    down.current.delete(event.pointerId);
    begun.current = null;
    setDrag(null);
    if (!start) return;
    const isShort = Math.abs(place.x - start.x) < DRAG_FROM;
    if (isShort) gestures.press(place);
    else if (!start.isPan) {
      gestures.choose(Math.min(start.x, place.x), Math.max(start.x, place.x));
    }
  };
  const onPointerCancel = (event: PointerEvent<HTMLCanvasElement>) => {
    down.current.delete(event.pointerId);
    begun.current = null;
    setDrag(null);
  };
  const handlers = {
    onPointerDown,
    onPointerMove,
    onPointerUp,
    onPointerCancel,
    onPointerLeave: () => gestures.point(null),
    onDoubleClick: (event: { currentTarget: Element; clientX: number; clientY: number }) =>
      gestures.open(placeIn(event.currentTarget, event)),
  };
  return { drag, handlers };
}

function placeIn(element: Element, at: { clientX: number; clientY: number }): Place {
  const { left, top } = element.getBoundingClientRect();
  return { x: at.clientX - left, y: at.clientY - top };
}
