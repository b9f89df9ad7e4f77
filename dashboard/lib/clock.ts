'use client';

import { createContext, useContext, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | null = null;

/** One timer for the whole page, on the second, and only while somebody watches. */
function schedule(): void {
  timer = setTimeout(
    () => {
      schedule();
      for (const listener of listeners) listener();
    },
    1_000 - (Date.now() % 1_000),
  );
}

/** Calls `listener` about once a second. Returns the unsubscriber. */
export function onTick(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === null) schedule();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearTimeout(timer);
    timer = null;
  };
}

/** The time that it is below here (epoch ms), where a past moment is shown; null for now. */
export const PastTime = createContext<number | null>(null);

/** Whether what is shown is the past: there is nothing to be done about it. */
export const useIsPast = (): boolean => useContext(PastTime) !== null;

/** The time in epoch ms, cut to `stepMs`: the component renders once per step. */
export function useNow(stepMs = 1_000): number {
  const past = useContext(PastTime);
  const step = () => Math.floor(Date.now() / stepMs) * stepMs;
  const now = useSyncExternalStore(onTick, step, () => 0);
  return past ?? now;
}

/** A text made from the time; the component renders only when the text has changed. */
export function useTimeText(text: (now: number) => string): string {
  const past = useContext(PastTime);
  return useSyncExternalStore(
    onTick,
    () => text(past ?? Date.now()),
    () => '',
  );
}
