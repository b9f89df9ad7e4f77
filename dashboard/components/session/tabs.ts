import type { ComponentType } from 'react';
import { preloadedView, type PreloadedView } from '@/lib/lazy-view';
import type { TabProps } from './moment';
import { Overview } from './Overview';

export type SessionTab = {
  /** As the address names it: `?tab=<id>`. */
  id: string;
  name: string;
  View: ComponentType<TabProps> & Partial<Pick<PreloadedView<TabProps>, 'preload'>>;
};

const OVERVIEW: SessionTab = { id: 'overview', name: 'Overview', View: Overview };

const CONVERSATION: SessionTab = {
  id: 'conversation',
  name: 'Conversation',
  View: preloadedView(() =>
    import('@/components/conversation/Conversation').then(({ Conversation }) => Conversation),
  ),
};

const TIMELINE: SessionTab = {
  id: 'timeline',
  name: 'Timeline',
  View: preloadedView(() =>
    import('./timeline/TimelineTab').then(({ TimelineTab }) => TimelineTab),
  ),
};

const FILES: SessionTab = {
  id: 'files',
  name: 'Files',
  View: preloadedView(() => import('./files/FilesTab').then(({ FilesTab }) => FilesTab)),
};

const COST: SessionTab = {
  id: 'cost',
  name: 'Cost',
  View: preloadedView(() => import('./cost/CostTab').then(({ CostTab }) => CostTab)),
};

/** The views of one session, as they stand side by side; all but the first are loaded when shown. */
export const SESSION_TABS: readonly SessionTab[] = [OVERVIEW, CONVERSATION, TIMELINE, FILES, COST];

/** The tab that the address names; the overview where it names none. */
export function tabOf(id: string | null): SessionTab {
  return SESSION_TABS.find((tab) => tab.id === id) ?? OVERVIEW;
}

/** Loads the code of the tabs once the page has nothing else to do; returns how to call it off. */
export function preloadTabs(): () => void {
  if (typeof requestIdleCallback !== 'function') return () => undefined;
  const asked = requestIdleCallback(() => {
    for (const { View } of SESSION_TABS) View.preload?.();
  });
  return () => cancelIdleCallback(asked);
}
