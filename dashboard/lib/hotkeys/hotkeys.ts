'use client';

import { useEffect, useRef, useSyncExternalStore } from 'react';

/** `keys`: one key or a sequence (`g l`); `mod+k` is ⌘K or Ctrl+K. The latest registered wins. */
export type Hotkey = { keys: string; label: string; run: (event: KeyboardEvent) => void };

/** The second key of a sequence must follow within so long. */
const SEQUENCE_MS = 1_000;

let entries: readonly Hotkey[] = [];
const listeners = new Set<() => void>();
let pending: { key: string; at: number } | null = null;

function publish(next: readonly Hotkey[]): void {
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
  return document.querySelector('dialog[open]') !== null;
}

function find(keys: string): Hotkey | undefined {
  return entries.findLast((entry) => entry.keys === keys);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  if ((event.metaKey || event.ctrlKey) && !event.altKey) {
    const hotkey = find(`mod+${event.key.toLowerCase()}`);
    if (!hotkey) return;
    event.preventDefault();
    hotkey.run(event);
    return;
  }
  if (event.altKey || event.metaKey || event.ctrlKey || isTaken(event)) return;
  const first = pending && event.timeStamp - pending.at < SEQUENCE_MS ? `${pending.key} ` : '';
  pending = null;
  const hotkey = find(first + event.key) ?? find(event.key);
  if (hotkey) {
    event.preventDefault();
    hotkey.run(event);
  } else if (entries.some((entry) => entry.keys.startsWith(`${event.key} `))) {
    pending = { key: event.key, at: event.timeStamp };
  }
}

/** Registers hotkeys for as long as the component is there; `?` lists them. */
export function useHotkeys(hotkeys: readonly Hotkey[]): void {
  const latest = useRef(hotkeys);
  useEffect(() => {
    latest.current = hotkeys;
  });
  const shape = hotkeys.map(({ keys, label }) => `${keys}\t${label}`).join('\n');
  useEffect(() => {
    const own = shape.split('\n').map((line, at): Hotkey => {
      const [keys = '', label = ''] = line.split('\t');
      return { keys, label, run: (event) => latest.current[at]?.run(event) };
    });
    if (entries.length === 0) document.addEventListener('keydown', onKeyDown);
    publish([...entries, ...own]);
    return () => {
      publish(entries.filter((entry) => !own.includes(entry)));
      if (entries.length === 0) document.removeEventListener('keydown', onKeyDown);
    };
  }, [shape]);
}

const NONE: readonly Hotkey[] = [];

/** The hotkeys that work now, in order of registration. */
export function useHotkeyList(): readonly Hotkey[] {
  return useSyncExternalStore(
    watch,
    () => entries,
    () => NONE,
  );
}
