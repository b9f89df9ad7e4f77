'use client';

import { useEffect, useRef, useSyncExternalStore } from 'react';

/**
 * `keys`: one key or a sequence (`g l`); `mod+k` is ⌘K or Ctrl+K, `shift+ArrowLeft` a named key
 * with Shift. Without `run` the key is only listed: what it does is the browser's.
 */
export type Hotkey = { keys: string; label: string; run?: (event: KeyboardEvent) => void };
/** A key means what the page says, and else what it means everywhere. */
type Place = 'here' | 'everywhere';
export type PlacedHotkey = Hotkey & { place: Place };

/** The second key of a sequence must follow within so long. */
const SEQUENCE_MS = 1_000;

let entries: readonly PlacedHotkey[] = [];
const listeners = new Set<() => void>();
let pending: { key: string; at: number } | null = null;

function publish(next: readonly PlacedHotkey[]): void {
  entries = next;
  for (const listener of listeners) listener();
}

function watch(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** True where keys are text, or belong to a dialog that is open. */
function isTaken(event: KeyboardEvent): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (target?.closest('input, textarea, select, [contenteditable]')) return true;
  // Space presses what has the focus.
  if (event.key === ' ' && target?.closest('button, summary, [role="button"]')) return true;
  return document.querySelector('dialog[open]') !== null;
}

function find(keys: string): Hotkey['run'] {
  const found = entries.filter((entry) => entry.keys === keys && entry.run !== undefined);
  return (found.findLast((entry) => entry.place === 'here') ?? found.at(-1))?.run;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  if (event.metaKey || event.ctrlKey) {
    perform(find(`mod+${event.key.toLowerCase()}`), event);
    return;
  }
  if (isTaken(event)) return;
  const isSequence = pending !== null && event.timeStamp - pending.at < SEQUENCE_MS;
  const run =
    (isSequence ? find(`${pending?.key} ${event.key}`) : undefined) ?? find(nameOf(event));
  pending = null;
  if (perform(run, event)) return;
  const isFirst = event.key !== ' ' && entries.some(({ keys }) => keys.startsWith(`${event.key} `));
  if (isFirst) pending = { key: event.key, at: event.timeStamp };
}

/** What Shift does to a letter, its key says already; with a named key it is said here. */
const nameOf = ({ key, shiftKey }: KeyboardEvent): string =>
  shiftKey && key.length > 1 ? `shift+${key}` : key;

function perform(run: Hotkey['run'], event: KeyboardEvent): boolean {
  if (!run) return false;
  event.preventDefault();
  run(event);
  return true;
}

/** Registers hotkeys for as long as the component is there; `?` lists them. */
export function useHotkeys(hotkeys: readonly Hotkey[], place: Place = 'here'): void {
  const latest = useRef(hotkeys);
  useEffect(() => {
    latest.current = hotkeys;
  });
  const shape = hotkeys.map(({ keys, label }) => `${keys}\t${label}`).join('\n');
  useEffect(() => {
    const own = latest.current.map(({ keys, label, run }, at): PlacedHotkey => {
      if (!run) return { keys, label, place };
      return { keys, label, place, run: (event) => latest.current[at]?.run?.(event) };
    });
    if (entries.length === 0) document.addEventListener('keydown', onKeyDown);
    publish([...entries, ...own]);
    return () => {
      publish(entries.filter((entry) => !own.includes(entry)));
      if (entries.length === 0) document.removeEventListener('keydown', onKeyDown);
    };
  }, [shape, place]);
}

const NONE: readonly PlacedHotkey[] = [];

/** The hotkeys that work now, in order of registration. */
export function useHotkeyList(): readonly PlacedHotkey[] {
  return useSyncExternalStore(
    watch,
    () => entries,
    () => NONE,
  );
}
