'use client';

import { useDeferredValue } from 'react';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { DemoButton } from '@/components/shell/DemoButton';
import { useRowKeys } from '@/hooks/useRowKeys';
import {
  getFeed,
  useActive,
  useFeedFailure,
  useIsIndexed,
  useIsLoaded,
  useSessionsTotal,
} from '@/lib/feed/hooks';
import { attentions } from '@claude-optimizer/core/live';
import { ActiveSessions } from './ActiveSessions';
import { FinishedSessions } from './FinishedSessions';
import { Headline } from './Headline';
import { LiveSkeleton } from './LiveSkeleton';
import { TodayTotals } from './TodayTotals';

/** What the sessions are doing right now. */
export function LiveView() {
  useRowKeys();
  const failure = useFeedFailure();
  if (failure) {
    return (
      <div className="p-4">
        <h1 className="sr-only">Live</h1>
        <ErrorState error={failure} onRetry={getFeed().retry} />
      </div>
    );
  }
  return <Loaded />;
}

function Loaded() {
  const isLoaded = useIsLoaded();
  const active = useActive();
  const total = useSessionsTotal();
  // What is below may come a frame after what is pressing.
  const isPainted = useDeferredValue(isLoaded, false);
  const isQuiet = attentions.every((each) => active[each].length === 0);
  if (isLoaded && isQuiet && total === 0) return <NoSessions />;
  return (
    <div className="space-y-5 px-3 pt-3 pb-10 sm:px-4">
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3">
        <Headline />
        <TodayTotals />
      </div>
      {isLoaded ? <ActiveSessions /> : <LiveSkeleton />}
      {(isPainted || isQuiet) && <FinishedSessions />}
    </div>
  );
}

function NoSessions() {
  const isIndexed = useIsIndexed();
  return (
    <EmptyState
      level="h1"
      title={isIndexed ? 'No sessions yet' : 'Reading your sessions'}
      actions={<DemoButton />}
      className="pt-24"
    >
      <p>
        Start <code className="font-mono text-xs text-ink">claude</code> in a project: the session
        appears here with its first line. The demo shows made-up sessions the same way.
      </p>
    </EmptyState>
  );
}
