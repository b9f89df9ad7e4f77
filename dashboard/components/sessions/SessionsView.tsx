'use client';

import { useRef, useState, useSyncExternalStore } from 'react';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { Skeleton } from '@/components/Skeleton';
import { useRowKeys } from '@/hooks/useRowKeys';
import { useSessionPages } from '@/hooks/useSessionPages';
import { useActive, useSessionsTotal } from '@/lib/feed/hooks';
import { formatExact } from '@/lib/format';
import { useHotkeys } from '@/lib/hotkeys/hotkeys';
import { readFilter, writeFilter, type ListFilter } from '@/lib/session-filter';
import { SessionFilterBar } from './SessionFilterBar';
import { SessionsList } from './SessionsList';

/** All sessions there ever were: filtered, searched, a page at a time. */
export function SessionsView() {
  const [filter, setFilter] = useAddressFilter();
  const search = useRef<HTMLInputElement>(null);
  const total = useSessionsTotal();
  const pages = useSessionPages(filter, useActive());
  useRowKeys();
  useHotkeys([{ keys: '/', label: 'Search', run: () => search.current?.focus() }]);
  const isNarrowed = filter.status.length > 0 || filter.text !== '';
  return (
    <div className="space-y-3 px-3 pt-3 pb-10 sm:px-4">
      <h1 className="flex items-baseline gap-2 text-xl font-semibold">
        Sessions
        {total > 0 && (
          <span className="text-sm font-normal text-ink-2">{formatExact(total)} in all</span>
        )}
      </h1>
      <SessionFilterBar filter={filter} onChange={setFilter} search={search} />
      {pages.error && <ErrorState error={pages.error} onRetry={pages.reload} />}
      {pages.sessions === null && !pages.error && <ListSkeleton />}
      {pages.sessions?.length === 0 && (
        <EmptyState
          title={isNarrowed ? 'No session fits' : 'No sessions yet'}
          actions={
            isNarrowed && (
              <Button onClick={() => setFilter({ status: [], text: '' })}>Show all</Button>
            )
          }
        >
          {!isNarrowed && <p>Start Claude Code in a project: the session appears here.</p>}
        </EmptyState>
      )}
      {pages.sessions !== null && pages.sessions.length > 0 && (
        <>
          <div className="overflow-hidden rounded-md border border-line bg-surface">
            <SessionsList sessions={pages.sessions} label="Sessions" />
          </div>
          <div className="flex items-center justify-center gap-3 text-xs text-ink-2">
            <span role="status">{formatExact(pages.sessions.length)} shown</span>
            {pages.hasMore && (
              <Button disabled={pages.isLoading} onClick={pages.loadMore}>
                Show more
              </Button>
            )}
          </div>
        </>
      )}
    </div>
  );
}

const noWatch = () => () => undefined;

/** The filter, kept in the address, so that a reload and a link show the same. */
function useAddressFilter(): [ListFilter, (filter: ListFilter) => void] {
  const [changed, setChanged] = useState<ListFilter | null>(null);
  const query = useSyncExternalStore(
    noWatch,
    () => window.location.search,
    () => '',
  );
  const set = (filter: ListFilter) => {
    setChanged(filter);
    window.history.replaceState(null, '', window.location.pathname + writeFilter(filter));
  };
  return [changed ?? readFilter(query), set];
}

function ListSkeleton() {
  return (
    <div aria-hidden className="space-y-3 rounded-md border border-line bg-surface p-3">
      {Array.from({ length: 12 }, (_, at) => (
        <Skeleton key={at} className="h-5 w-full" />
      ))}
    </div>
  );
}
