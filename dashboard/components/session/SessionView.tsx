'use client';

import type { Objective, SessionDetail } from '@claude-optimizer/protocol';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { Suspense, useCallback, useEffect, useState, type ReactNode } from 'react';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { useAddressQuery } from '@/hooks/useAddressQuery';
import { useSession } from '@/hooks/useSession';
import { PastTime } from '@/lib/clock';
import { useHotkeys } from '@/lib/hotkeys/hotkeys';
import { lazyView } from '@/lib/lazy-view';
import { sessionTitle } from '@/lib/session-title';
import type { Moment, TabProps } from './moment';
import { CompareLink } from './CompareLink';
import { NowStrip } from './NowStrip';
import { ReplayButton } from './ReplayButton';
import { SessionHeader } from './SessionHeader';
import { SessionSkeleton } from './SessionSkeleton';
import { TAB_VIEW_ID, TabBar, tabId } from './TabBar';
import { TabSkeleton } from './TabSkeleton';
import { preloadNamedTab, preloadTabs, SESSION_TABS, tabOf } from './tabs';

const RunPanel = lazyView(() =>
  import('@/components/loop/RunPanel').then((module) => ({ default: module.RunPanel })),
);

const ReplayBar = lazyView(() =>
  import('@/components/replay/ReplayBar').then((module) => ({ default: module.ReplayBar })),
);
const PastBanner = lazyView(() =>
  import('@/components/replay/PastBanner').then((module) => ({ default: module.PastBanner })),
);

/** Everything about one session: live, or as it was at a moment that the address names. */
export function SessionView({ id }: { id: string }) {
  const { kind, detail, error, reload } = useSession(id);
  const router = useRouter();
  usePreloadedTabs(kind !== 'loading');
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

/** The code of the tab that the address names is loaded along with the session, the others' after it. */
function usePreloadedTabs(isLoaded: boolean): void {
  useEffect(preloadNamedTab, []);
  useEffect(() => (isLoaded ? preloadTabs() : undefined), [isLoaded]);
}

function AllSessions() {
  return (
    <Link href="/sessions" className="text-accent underline-offset-2 hover:underline">
      All sessions
    </Link>
  );
}

const NO_OBJECTIVES: readonly Objective[] = [];

/** A session as it was, and when that is. */
type Past = { detail: SessionDetail; moment: Moment };

function Session({ id, detail: live }: { id: string; detail: SessionDetail }) {
  const [query, change] = useAddressQuery();
  const seq = seqOf(query.get('seq'));
  const [past, setPast] = useState<Past | null>(null);
  // By a link to a moment, what is now is not to be seen first.
  const [isAwaited, setAwaited] = useState(seq !== null);
  const shown = seq === null ? null : past;
  const title = sessionTitle(live.state.summary);
  useEffect(() => {
    // Static pages share one title; the browser's tabs and history should tell sessions apart.
    document.title = `${title} · Claude Code Optimizer`;
  }, [title]);
  const show = useCallback((next: Past | null) => {
    setPast(next);
    setAwaited(false);
  }, []);
  return (
    <PastTime value={shown?.moment.at ?? null}>
      {/* The replay's bar stands below, also where the tab is short. */}
      <div className="flex min-h-[calc(100dvh-2.75rem)] flex-col">
        <div className="space-y-3 px-3 pt-3 pb-10 sm:px-4">
          {shown && (
            <Suspense>
              <PastBanner at={shown.moment.at} onLive={() => change({ seq: null })} />
            </Suspense>
          )}
          {isAwaited && seq !== null ? (
            <SessionSkeleton />
          ) : (
            <Shown
              id={id}
              detail={shown?.detail ?? live}
              moment={shown?.moment ?? null}
              title={title}
              actions={
                seq === null && (
                  <>
                    <ReplayButton onStart={() => change({ seq: FROM_THE_START })} />
                    <CompareLink id={id} />
                  </>
                )
              }
            />
          )}
        </div>
        {seq !== null && (
          <Suspense>
            <ReplayBar id={id} slotMs={live.slotMs} seq={seq} onShow={show} />
          </Suspense>
        )}
      </div>
    </PastTime>
  );
}

/** Of events, which are numbered from 1, the first; the address then names it. */
const FROM_THE_START = '0';

/** The event that the address names; null where it names none, and the session is shown live. */
function seqOf(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

type ShownProps = TabProps & { title: string; actions: ReactNode };

/** What there is to see of the session, at the moment or live. */
function Shown({ id, detail, moment, title, actions }: ShownProps) {
  const { summary } = detail.state;
  const [query, change] = useAddressQuery();
  const tab = tabOf(query.get('tab'));
  return (
    <div className="space-y-3">
      <SessionHeader summary={summary} title={title} actions={actions} />
      <NowStrip summary={summary} />
      {SESSION_TABS.length > 1 && (
        <TabBar shown={tab} onShow={({ id }) => change({ ...NO_PLACE, tab: named(id) })} />
      )}
      <div
        id={TAB_VIEW_ID}
        {...(SESSION_TABS.length > 1 && { role: 'tabpanel', 'aria-labelledby': tabId(tab) })}
      >
        {/* One of its own for each: a tab that is on its way shows so, not the one before. */}
        <Suspense key={tab.id} fallback={<TabSkeleton name={tab.name} />}>
          <tab.View id={id} detail={detail} moment={moment} />
        </Suspense>
      </div>
    </div>
  );
}

/** A place within one tab means nothing in another. */
const NO_PLACE = { at: null } as const;
const named = (id: string) => (id === SESSION_TABS[0]?.id ? null : id);
