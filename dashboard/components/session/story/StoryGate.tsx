'use client';

import type { Story } from '@claude-optimizer/core/story';
import type { SessionEvent } from '@claude-optimizer/protocol';
import type { ReactNode } from 'react';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { Skeleton } from '@/components/Skeleton';
import type { TabProps } from '../moment';
import { useStory } from './useStory';

type Props = TabProps & {
  /** What the tab shows, for those who wait for it. */
  name: string;
  isEmpty: (story: Story) => boolean;
  /** Why there is nothing, and when there will be. */
  empty: { title: string; text: string };
  children: (story: Story, events: readonly SessionEvent[]) => ReactNode;
};

/** Shows a tab once the session's events are there, and what else there is to say until then. */
export function StoryGate({ id, moment, name, isEmpty, empty, children }: Props) {
  const load = useStory(id, moment);
  switch (load.kind) {
    case 'loading':
      return (
        <div role="status">
          <span className="sr-only">Loading {name}</span>
          <Skeleton className="h-96" />
        </div>
      );
    case 'failed':
      return <ErrorState error={load.error} onRetry={load.reload} />;
    case 'ready':
      return isEmpty(load.story) ? (
        <EmptyState title={empty.title}>
          <p>{empty.text}</p>
        </EmptyState>
      ) : (
        children(load.story, load.events)
      );
  }
}
