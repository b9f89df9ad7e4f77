'use client';

import type { Objective, OpenTool, SessionDetail } from '@claude-optimizer/protocol';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { lazy, Suspense, useEffect } from 'react';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { useSession } from '@/hooks/useSession';
import { useHotkeys } from '@/lib/hotkeys/hotkeys';
import { sessionTitle } from '@/lib/session-title';
import { ActivityFeed } from './ActivityFeed';
import { CostTracker } from './CostTracker';
import { isOpen } from './is-open';
import { MetricsCard } from './MetricsCard';
import { NowStrip } from './NowStrip';
import { ObjectivesList } from './ObjectivesList';
import { SessionHeader } from './SessionHeader';
import { SessionSkeleton } from './SessionSkeleton';
import { SubagentTree } from './SubagentTree';
import { TokenChart } from './TokenChart';
import { ToolUsageStats } from './ToolUsageStats';

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

const NO_TOOLS: readonly OpenTool[] = [];
const NO_OBJECTIVES: readonly Objective[] = [];

function Session({ id, detail }: { id: string; detail: SessionDetail }) {
  const { summary, objectives, tools, agents, files } = detail.state;
  const goesOn = isOpen(summary.status);
  const title = sessionTitle(summary);
  useEffect(() => {
    // Static pages share one title; the browser's tabs and history should tell sessions apart.
    document.title = `${title} · Claude Code Optimizer`;
  }, [title]);
  return (
    <div className="space-y-3 px-3 pt-3 pb-10 sm:px-4">
      <SessionHeader summary={summary} />
      <NowStrip summary={summary} />
      <MetricsCard summary={summary} />
      <Suspense>
        <RunPanel sessionId={id} objectives={objectives} />
      </Suspense>
      {/* One column on a phone, two on a screen, three on a wide one. */}
      <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-[minmax(0,1fr)_22rem] 2xl:grid-cols-[minmax(0,1fr)_26rem] min-[120rem]:grid-cols-[minmax(0,1fr)_26rem_40rem]">
        <div className="grid min-w-0 gap-3">
          <TokenChart usage={detail.usage} slotMs={detail.slotMs} />
          <SubagentTree usage={summary.usage} agents={agents} isOpen={goesOn} />
        </div>
        <div className="grid min-w-0 gap-3 lg:row-span-2 min-[120rem]:row-span-1">
          <CostTracker summary={summary} usage={detail.usage} slotMs={detail.slotMs} />
          <ObjectivesList objectives={objectives} />
          <ToolUsageStats tools={tools} files={files} />
        </div>
        <ActivityFeed
          id={id}
          activity={detail.activity}
          openTools={goesOn ? summary.openTools : NO_TOOLS}
        />
      </div>
    </div>
  );
}
