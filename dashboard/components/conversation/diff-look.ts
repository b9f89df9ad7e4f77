'use client';

import { useSyncExternalStore } from 'react';

const KEY = 'diff-look';
const WIDE = '(min-width: 64rem)';
const listeners = new Set<() => void>();
let wanted: boolean | null = null;

function isWanted(): boolean {
  if (wanted !== null) return wanted;
  try {
    wanted = window.localStorage.getItem(KEY) === 'sides';
  } catch {
    wanted = false;
  }
  return wanted;
}

/** Shows changes side by side from now on, or one below the other; this browser remembers it. */
export function toggleSides(): void {
  wanted = !isWanted();
  try {
    window.localStorage.setItem(KEY, wanted ? 'sides' : 'unified');
  } catch {
    // A browser that keeps nothing forgets it with the page.
  }
  for (const listener of listeners) listener();
}

function watch(listener: () => void): () => void {
  const wide = window.matchMedia(WIDE);
  listeners.add(listener);
  wide.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    wide.removeEventListener('change', listener);
  };
}

/** Whether changes are shown side by side: where it is wanted, and there is room for it. */
export function useSides(): boolean {
  return useSyncExternalStore(
    watch,
    () => isWanted() && window.matchMedia(WIDE).matches,
    () => false,
  );
}
