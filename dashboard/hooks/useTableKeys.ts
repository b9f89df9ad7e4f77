'use client';

import { useHotkeys } from '@/lib/hotkeys/hotkeys';

type Keys = {
  total: number;
  show: (index: number) => void;
  select: (index: number, isRange: boolean) => void;
  focusSearch: () => void;
  leave: () => void;
  compare: () => void;
  /** Of those that are selected, or else of the row in focus (null: there is none). */
  end: (focused: number | null) => void;
  hide: (focused: number | null) => void;
  remove: (focused: number | null) => void;
  undo: () => void;
};

/** The row in focus; null when there is none. */
function focused(): number | null {
  const index = (document.activeElement as HTMLElement | null)?.dataset['index'];
  return index === undefined ? null : Number(index);
}

/** Acts on the row in focus; a key that is held down does it once, not to one row after another. */
function once(act: (focused: number | null) => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (!event.repeat) act(focused());
  };
}

/** How many frames a row may take to be there: the server may have to be asked for it. */
const FRAMES = 120;
let asked = 0;

/** Focuses a row as soon as it is there, unless another is meant or the focus was moved by then. */
function focusRow(index: number): void {
  const from = document.activeElement;
  const mine = (asked += 1);
  const look = (left: number) => {
    const now = document.activeElement;
    if (mine !== asked || (now !== from && now !== document.body)) return;
    const row = document.querySelector<HTMLElement>(`[data-row-link][data-index="${index}"]`);
    if (row) row.focus({ preventScroll: true });
    else if (left > 0) requestAnimationFrame(() => look(left - 1));
  };
  look(FRAMES);
}

/** Walks over the rows of a table of which only those in sight are there, and acts on them. */
export function useTableKeys(keys: Keys): void {
  const { total, show, select } = keys;
  const go = (index: number) => {
    if (total === 0) return;
    const next = Math.max(0, Math.min(total - 1, index));
    show(next);
    focusRow(next);
  };
  const step = (by: 1 | -1, isRange: boolean) => {
    const from = focused();
    if (from === null) {
      go(by === 1 ? 0 : total - 1);
      return;
    }
    if (isRange) select(from, true);
    go(from + by);
    if (isRange) select(Math.max(0, Math.min(total - 1, from + by)), true);
  };
  const pick = (isRange: boolean) => {
    const index = focused();
    if (index !== null) select(index, isRange);
  };
  useHotkeys([
    { keys: 'j', label: 'Next session', run: () => step(1, false) },
    { keys: 'k', label: 'Previous session', run: () => step(-1, false) },
    { keys: 'Enter', label: 'Open the session in focus' },
    { keys: 'x', label: 'Select the session in focus', run: () => pick(false) },
    { keys: 'X', label: 'Select up to the session in focus', run: () => pick(true) },
    { keys: 'J', label: 'Select on downwards', run: () => step(1, true) },
    { keys: 'K', label: 'Select on upwards', run: () => step(-1, true) },
    { keys: 'Home', label: 'First session', run: () => go(0) },
    { keys: 'End', label: 'Last session', run: () => go(total - 1) },
    { keys: 'c', label: 'Compare the selected sessions', run: keys.compare },
    { keys: 'e', label: 'End the selected sessions or the one in focus', run: once(keys.end) },
    { keys: 'h', label: 'Hide or show them', run: once(keys.hide) },
    { keys: '#', label: 'Delete them here', run: once(keys.remove) },
    { keys: 'u', label: 'Undo', run: keys.undo },
    { keys: '/', label: 'Search', run: keys.focusSearch },
    { keys: 'Escape', label: 'Let go of the selection, leave the list', run: keys.leave },
  ]);
}
