import type { ComponentType } from 'react';
import { lazyView } from '@/lib/lazy-view';
import type { TabProps } from './moment';
import { Overview } from './Overview';

export type SessionTab = {
  /** As the address names it: `?tab=<id>`. */
  id: string;
  name: string;
  View: ComponentType<TabProps>;
};

const OVERVIEW: SessionTab = { id: 'overview', name: 'Overview', View: Overview };

const CONVERSATION: SessionTab = {
  id: 'conversation',
  name: 'Conversation',
  View: lazyView(() =>
    import('@/components/conversation/Conversation').then((module) => ({
      default: module.Conversation,
    })),
  ),
};

const TIMELINE: SessionTab = {
  id: 'timeline',
  name: 'Timeline',
  View: lazyView(() =>
    import('./timeline/TimelineTab').then(({ TimelineTab }) => ({ default: TimelineTab })),
  ),
};

const FILES: SessionTab = {
  id: 'files',
  name: 'Files',
  View: lazyView(() => import('./files/FilesTab').then(({ FilesTab }) => ({ default: FilesTab }))),
};

const COST: SessionTab = {
  id: 'cost',
  name: 'Cost',
  View: lazyView(() => import('./cost/CostTab').then(({ CostTab }) => ({ default: CostTab }))),
};

/** The views of one session, as they stand side by side; all but the first are loaded when shown. */
export const SESSION_TABS: readonly SessionTab[] = [OVERVIEW, CONVERSATION, TIMELINE, FILES, COST];

/** The tab that the address names; the overview where it names none. */
export function tabOf(id: string | null): SessionTab {
  return SESSION_TABS.find((tab) => tab.id === id) ?? OVERVIEW;
}
