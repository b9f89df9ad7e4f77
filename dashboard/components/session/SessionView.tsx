'use client';

import type { Objective, SessionDetail } from '@claude-optimizer/protocol';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { lazy, Suspense, useEffect } from 'react';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { Skeleton } from '@/components/Skeleton';
import { useAddressQuery } from '@/hooks/useAddressQuery';
import { useSession } from '@/hooks/useSession';
import { useHotkeys } from '@/lib/hotkeys/hotkeys';
import { sessionTitle } from '@/lib/session-title';
import { NowStrip } from './NowStrip';
import { SessionHeader } from './SessionHeader';
import { SessionSkeleton } from './SessionSkeleton';
import { TAB_VIEW_ID, TabBar, tabId } from './TabBar';
import { SESSION_TABS, tabOf } from './tabs';

const RunPanel = lazy(() =>
  import('@/components/loop/RunPanel').then((module) => ({ default: module.RunPanel })),
);

/** Everything about one session, live. */
export function SessionView({ id }: { id: string }) {
  const { kind, detail, error, reload } = useSession(id);
  const router = useRouter();
  useHotkeys([
    { keys: 'Escape', label: 'Back to the sessions', run: () => router.push('/sessions') },
  ]);
  switch (kind) {
    case 'loading':
      return <SessionSkeleton />;
    case 'missing':
      return (
        <div className="space-y-3 px-3 pt-3 pb-10 sm:px-4">
          <Suspense>
            <RunPanel sessionId={id} objectives={NO_OBJECTIVES} />
          </Suspense>
          <EmptyState title="No such session" level="h1" actions={<AllSessions />}>
            <p>
              No transcript that is followed here belongs to <code className="font-mono">{id}</code>
              . If it has just been started, it appears with its first line.
            </p>
          </EmptyState>
        </div>
      );
    case 'failed':
      return (
        <div className="space-y-3 p-4">
          <h1 className="text-xl font-semibold">This session can’t be shown</h1>
          <ErrorState error={error} onRetry={reload} />
          <AllSessions />
        </div>
      );
    case 'ready':
      return <Session id={id} detail={detail} />;
  }
}

function AllSessions() {
  return (
    <Link href="/sessions" className="text-accent underline-offset-2 hover:underline">
      All sessions
    </Link>
  );
}

const NO_OBJECTIVES: readonly Objective[] = [];

function Session({ id, detail }: { id: string; detail: SessionDetail }) {
  const { summary } = detail.state;
  const [query, change] = useAddressQuery();
  const tab = tabOf(query.get('tab'));
  const title = sessionTitle(summary);
  useEffect(() => {
    // Static pages share one title; the browser's tabs and history should tell sessions apart.
    document.title = `${title} · Claude Code Optimizer`;
  }, [title]);
  return (
    <div className="space-y-3 px-3 pt-3 pb-10 sm:px-4">
      <SessionHeader summary={summary} />
      <NowStrip summary={summary} />
      {SESSION_TABS.length > 1 && (
        <TabBar shown={tab} onShow={({ id }) => change({ ...NO_PLACE, tab: named(id) })} />
      )}
      <div
        id={TAB_VIEW_ID}
        {...(SESSION_TABS.length > 1 && { role: 'tabpanel', 'aria-labelledby': tabId(tab) })}
      >
        <Suspense fallback={<TabSkeleton name={tab.name} />}>
          <tab.View id={id} detail={detail} moment={null} />
        </Suspense>
      </div>
    </div>
  );
}

/** A place within one tab means nothing in another. */
const NO_PLACE = { at: null } as const;
const named = (id: string) => (id === SESSION_TABS[0]?.id ? null : id);

function TabSkeleton({ name }: { name: string }) {
  return (
    <div role="status">
      <span className="sr-only">Loading {name}</span>
      <Skeleton className="h-96" />
    </div>
  );
}
