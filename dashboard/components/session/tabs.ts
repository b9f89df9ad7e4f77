import { createElement, type ComponentType } from 'react';
import { loadConversation } from '@/components/conversation/load-conversation';
import { preloadedView, type PreloadedView } from '@/lib/lazy-view';
import type { TabProps } from './moment';
import { Overview } from './Overview';
import { TabSkeleton } from './TabSkeleton';

export type SessionTab = {
  /** As the address names it: `?tab=<id>`. */
  id: string;
  name: string;
  View: ComponentType<TabProps> & Partial<Pick<PreloadedView<TabProps>, 'preload'>>;
};

const OVERVIEW: SessionTab = { id: 'overview', name: 'Overview', View: Overview };

const CONVERSATION = lazyTab('conversation', 'Conversation', loadConversation);
const TIMELINE = lazyTab('timeline', 'Timeline', () =>
  import('./timeline/TimelineTab').then(({ TimelineTab }) => TimelineTab),
);
const FILES = lazyTab('files', 'Files', () =>
  import('./files/FilesTab').then(({ FilesTab }) => FilesTab),
);
const COST = lazyTab('cost', 'Cost', () => import('./cost/CostTab').then(({ CostTab }) => CostTab));

function lazyTab(
  id: string,
  name: string,
  load: () => Promise<ComponentType<TabProps>>,
): SessionTab {
  return { id, name, View: preloadedView(load, createElement(TabSkeleton, { name })) };
}

/** The views of one session, as they stand side by side; all but the first are loaded when shown. */
export const SESSION_TABS: readonly SessionTab[] = [OVERVIEW, CONVERSATION, TIMELINE, FILES, COST];

/** The tab that the address names; the overview where it names none. */
export function tabOf(id: string | null): SessionTab {
  return SESSION_TABS.find((tab) => tab.id === id) ?? OVERVIEW;
}

/** Loads the code of the tab that the address names. */
export function preloadNamedTab(): void {
  tabOf(new URLSearchParams(window.location.search).get('tab')).View.preload?.();
}

// As soon as this module is there: an effect would wait for hydration.
if (typeof window !== 'undefined') preloadNamedTab();

/** After so long the page that was asked for has had its time (ms). */
const PAUSE_MS = 1_500;

/** Loads the code of all tabs once the page has nothing else to do; returns how to call it off. */
export function preloadTabs(): () => void {
  if (typeof requestIdleCallback !== 'function') return () => undefined;
  let asked = 0;
  const pause = setTimeout(() => {
    asked = requestIdleCallback(() => {
      for (const { View } of SESSION_TABS) View.preload?.();
    });
  }, PAUSE_MS);
  return () => {
    clearTimeout(pause);
    cancelIdleCallback(asked);
  };
}
