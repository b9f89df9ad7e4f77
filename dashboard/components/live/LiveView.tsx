'use client';

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
import { attentions } from '@/lib/feed/state';
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
  return (
    <div className="space-y-5 px-3 pt-3 pb-10 sm:px-4">
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3">
        <Headline />
        <TodayTotals />
      </div>
      <Sessions />
    </div>
  );
}

function Sessions() {
  const isLoaded = useIsLoaded();
  const active = useActive();
  const total = useSessionsTotal();
  if (!isLoaded) return <LiveSkeleton />;
  const isQuiet = attentions.every((each) => active[each].length === 0);
  return (
    <>
      {isQuiet ? <Quiet isNew={total === 0} /> : <ActiveSessions />}
      <FinishedSessions />
    </>
  );
}

function Quiet({ isNew }: { isNew: boolean }) {
  const isIndexed = useIsIndexed();
  if (!isNew) {
    return (
      <EmptyState title="No active session">
        <p>Start Claude Code in a project: the session appears here with its first line.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={isIndexed ? 'No sessions yet' : 'Reading your sessions'}
      actions={<DemoButton />}
    >
      <p>
        Start <code className="font-mono text-xs text-ink">claude</code> in a project: the session
        appears here with its first line. The demo replays recorded sessions the same way.
      </p>
    </EmptyState>
  );
}
