'use client';

import { useEffect, useRef, useState } from 'react';

/** Long enough for what came with the value to be painted first. */
const AFTER_PAINT_MS = 50;

/** `value` for what is slow to draw: a little later than the rest, and at most once in `ms`. */
export function useThrottled<T>(value: T, ms: number): T {
  const [shown, setShown] = useState(value);
  const latest = useRef(value);
  const shownAt = useRef(-Infinity);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    latest.current = value;
    const wait = shownAt.current + ms - performance.now();
    timer.current ??= setTimeout(
      () => {
        timer.current = null;
        shownAt.current = performance.now();
        setShown(latest.current);
      },
      Math.max(AFTER_PAINT_MS, wait),
    );
  }, [value, ms]);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  return shown;
}
