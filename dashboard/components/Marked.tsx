'use client';

import { useEffect, useRef } from 'react';

/** A number that never rests is marked at most so often. */
const QUIET_MS = 2_000;
const MARK_MS = 900;

type Props = {
  text: string;
  title?: string | undefined;
  className?: string;
  role?: 'cell' | undefined;
  /** Whose number it is: another one's is no change. */
  of?: string | undefined;
};

/** A text that is tinted for a moment when it has changed; never with reduced motion. */
export function Marked({ text, title, className = '', role, of }: Props) {
  const ref = useRef<HTMLSpanElement>(null);
  const shown = useRef({ text, of });
  const markedAt = useRef(0);
  useEffect(() => {
    const element = ref.current;
    const before = shown.current;
    if ((before.text === text && before.of === of) || !element) return;
    shown.current = { text, of };
    if (before.of !== of) return;
    const now = performance.now();
    if (now - markedAt.current < QUIET_MS) return;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    markedAt.current = now;
    const { color } = getComputedStyle(element);
    element.animate([{ color: 'var(--accent)' }, { color }], { duration: MARK_MS });
  }, [text, of]);
  return (
    <span ref={ref} role={role} title={title} className={`tabular-nums ${className}`}>
      {text}
    </span>
  );
}
