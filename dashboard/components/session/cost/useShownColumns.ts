'use client';

import { useSyncExternalStore } from 'react';

/** From which width on (as the columns' classes say it) so many columns of the turns are shown. */
const STEPS = [
  { query: '(min-width: 64rem)', columns: 9 },
  { query: '(min-width: 48rem)', columns: 5 },
  { query: '(min-width: 40rem)', columns: 4 },
];
const FEWEST = 2;

/** How many columns of the turns are shown: a cell that spans more of them would make new ones. */
export function useShownColumns(): number {
  return useSyncExternalStore(watch, count, () => FEWEST);
}

function count(): number {
  return STEPS.find(({ query }) => matchMedia(query).matches)?.columns ?? FEWEST;
}

function watch(listener: () => void): () => void {
  const lists = STEPS.map(({ query }) => matchMedia(query));
  for (const list of lists) list.addEventListener('change', listener);
  return () => {
    for (const list of lists) list.removeEventListener('change', listener);
  };
}
