'use client';

import { useRef, type KeyboardEvent } from 'react';
import { useHotkeys } from '@/lib/hotkeys/hotkeys';
import { SESSION_TABS, type SessionTab } from './tabs';

type Props = { shown: SessionTab; onShow: (tab: SessionTab) => void };

/** The element that the shown tab's view is labelled by, and the view's own id. */
export const tabId = (tab: SessionTab) => `tab-${tab.id}`;
export const TAB_VIEW_ID = 'tab-view';

/** The session's views side by side: by pointer, arrow keys, or their numbers. */
export function TabBar({ shown, onShow }: Props) {
  const bar = useRef<HTMLDivElement>(null);
  useHotkeys(
    SESSION_TABS.map((tab, index) => ({
      keys: String(index + 1),
      label: `Show ${tab.name}`,
      run: () => onShow(tab),
    })),
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const next = SESSION_TABS[nextIndex(event.key, SESSION_TABS.indexOf(shown))];
    if (next === undefined) return;
    event.preventDefault();
    onShow(next);
    bar.current?.querySelector<HTMLElement>(`#${tabId(next)}`)?.focus();
  };
  return (
    <div
      ref={bar}
      role="tablist"
      aria-label="Views of the session"
      className="flex overflow-x-auto border-b border-line"
      onKeyDown={onKeyDown}
    >
      {SESSION_TABS.map((tab) => (
        <button
          key={tab.id}
          id={tabId(tab)}
          type="button"
          role="tab"
          aria-selected={tab === shown}
          aria-controls={TAB_VIEW_ID}
          tabIndex={tab === shown ? 0 : -1}
          onPointerEnter={() => tab.View.preload?.()}
          onClick={() => onShow(tab)}
          className="-mb-px h-9 border-b-2 border-transparent px-3 text-sm whitespace-nowrap text-ink-2 -outline-offset-2 hover:text-ink aria-selected:border-accent aria-selected:font-medium aria-selected:text-ink"
        >
          {tab.name}
        </button>
      ))}
    </div>
  );
}

/** Where an arrow key leads; -1 for every other key. */
function nextIndex(key: string, at: number): number {
  const last = SESSION_TABS.length - 1;
  switch (key) {
    case 'ArrowRight':
      return at === last ? 0 : at + 1;
    case 'ArrowLeft':
      return at === 0 ? last : at - 1;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return -1;
  }
}
