'use client';

import { useHotkeys } from '@/lib/hotkeys/hotkeys';

/** What `j` and `k` go through, in the order of the page; put it on the link of a row or card. */
export const ROW_LINK = { 'data-row-link': '' } as const;

function move(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row-link]')];
  const at = rows.findIndex((row) => row === document.activeElement);
  const next = at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step;
  const row = rows[Math.max(0, Math.min(rows.length - 1, next))];
  row?.focus();
  row?.scrollIntoView({ block: 'nearest' });
}

/** `j` and `k` walk over rows or cards by moving the focus; Enter opens, Esc lets go. */
export function useRowKeys(): void {
  useHotkeys([
    { keys: 'j', label: 'Next session', run: () => move(1) },
    { keys: 'k', label: 'Previous session', run: () => move(-1) },
    // The browser's own doing; here to be listed.
    { keys: 'Enter', label: 'Open the session in focus' },
    {
      keys: 'Escape',
      label: 'Leave the list',
      run: () => {
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      },
    },
  ]);
}
