'use client';

import { OptimizerError, type ListedSession } from '@claude-optimizer/protocol';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { Skeleton } from '@/components/Skeleton';
import { useIsPhone } from '@/hooks/useIsPhone';
import { useListNews } from '@/hooks/useListNews';
import { useSelection } from '@/hooks/useSelection';
import { useSessionActions } from '@/hooks/useSessionActions';
import { useSessionView } from '@/hooks/useSessionView';
import { useSessionWindows } from '@/hooks/useSessionWindows';
import { useTableKeys } from '@/hooks/useTableKeys';
import { formatExact } from '@/lib/format';
import {
  rememberColumns,
  rememberedColumns,
  savedViews,
  saveViews,
} from '@/lib/sessions/browser-memory';
import { COLUMNS, type Column } from '@/lib/sessions/columns';
import {
  askedOf,
  isNarrowed,
  readView,
  sortOf,
  WHOLE_VIEW,
  writeView,
  type SessionView,
} from '@/lib/sessions/session-view';
import { FilterChips } from './FilterChips';
import { SavedViews } from './SavedViews';
import { SearchBox } from './SearchBox';
import { SearchProgress } from './SearchProgress';
import { COMPARED, SelectionBar } from './SelectionBar';
import { SessionTable } from './SessionTable';
import { ColumnsMenu, SearchHelp, SortMenu } from './ViewMenus';

/** All sessions there ever were: searched, filtered, sorted, chosen. */
export function SessionsView() {
  const [view, change] = useSessionView();
  if (view === null) return <Waiting />;
  return <Sessions view={view} change={change} />;
}

/** Typing is let pass before the server is asked. */
const PAUSE_MS = 60;
/** Scrolled further than that, nothing moves under the reader's eyes. */
const AWAY = 24;

/** Where each view was scrolled to, for whoever comes back to it. */
const scrolledTo = new Map<string, number>();

type Props = {
  view: SessionView;
  change: (change: Partial<SessionView>, isTyping?: boolean) => void;
};

function Sessions({ view, change }: Props) {
  const router = useRouter();
  const isPhone = useIsPhone();
  const [views, setViews] = useState(savedViews);
  const [remembered] = useState(rememberedColumns);
  const search = useRef<HTMLInputElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const show = useRef<(index: number) => void>(() => undefined);
  const asked = usePaused(askedOf(view).toString(), view.search);
  const windows = useSessionWindows(asked);
  const { refresh, total, facets, error } = windows;
  const selection = useSelection(windows.row);
  const actions = useSessionActions(refresh);
  const [isAway, setAway] = useState(false);
  const [hasNews, hearNews] = useListNews(isAway, refresh);
  const chosen = [...selection.sessions.values()];
  const ids = chosen.map(({ id }) => id);
  const columns = useMemo(() => {
    const shown = view.columns ?? remembered;
    return COLUMNS.filter(({ id }) => shown.includes(id));
  }, [view.columns, remembered]);

  const isThere = total !== null;
  // A choice that changes what is listed begins at its top; who comes back is where they were.
  useEffect(() => {
    // The scroll event that follows says whether that is away from the top.
    if (isThere) scroller.current?.scrollTo({ top: scrolledTo.get(asked) ?? 0 });
  }, [asked, isThere]);

  const act = (work: (sessions: typeof chosen) => Promise<void>, focused: number | null = null) => {
    const one = focused === null ? undefined : windows.row(focused);
    const meant = chosen.length > 0 ? chosen : one ? [one] : [];
    if (meant.length === 0) return;
    void work(meant);
    selection.clear();
  };
  const compare = () => {
    if (ids.length < COMPARED.least || ids.length > COMPARED.most) return;
    router.push(`/compare?ids=${ids.map(encodeURIComponent).join(',')}`);
  };
  useTableKeys({
    total: total ?? 0,
    show: (index) => show.current(index),
    select: selection.toggle,
    focusSearch: () => search.current?.focus(),
    leave: () => {
      if (ids.length > 0) selection.clear();
      else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    },
    compare,
    end: (focused) => act(actions.end, focused),
    hide: (focused) => act(actions.hide, focused),
    remove: (focused) => act(actions.remove, focused),
    undo: () => actions.done?.undo && void actions.undo(),
  });

  const onReady = useCallback((ready: (index: number) => void) => {
    show.current = ready;
  }, []);
  const onScroll = (top: number) => {
    scrolledTo.set(asked, top);
    if (top > AWAY !== isAway) setAway(top > AWAY);
  };
  const onSort = ({ id, first }: Column) => {
    const isSorted = sortOf(view) === id;
    const flipped = view.order === 'asc' ? 'desc' : 'asc';
    change({ sort: id, order: isSorted ? flipped : first });
  };
  const { sort, order } = view;
  const isWrong = error instanceof OptimizerError && error.code === 'bad_request';
  const hitLines = view.search.trim() === '' ? 0 : mostHits(windows.row);
  return (
    <div className="flex h-[calc(100dvh-2.75rem)] min-h-96 flex-col gap-2 px-3 pt-3 pb-2 sm:px-4">
      <div className="flex items-baseline gap-2">
        <h1 className="text-xl font-semibold">Sessions</h1>
        <span role="status" className="text-sm text-ink-2 tabular-nums">
          {total !== null && counted(total, view)}
        </span>
        <SearchProgress state={windows.search} />
      </div>
      <search className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center gap-1">
          <SearchBox
            text={view.search}
            onChange={(text) => change({ search: text }, true)}
            facets={facets}
            input={search}
            isWrong={isWrong}
            onLeave={() => {
              show.current(0);
              scroller.current?.focus();
            }}
          />
          <SearchHelp />
          <span className="ml-auto flex gap-1 max-sm:ml-0">
            {isPhone ? (
              <SortMenu sort={sortOf(view)} order={order} onSort={onSort} />
            ) : (
              <ColumnsMenu
                columns={columns.map(({ id }) => id)}
                onChange={(next) => {
                  rememberColumns(next);
                  change({ columns: next });
                }}
              />
            )}
            <SavedViews
              views={views}
              query={writeView({ ...view, columns: columns.map(({ id }) => id) })}
              onOpen={(query) => change({ ...WHOLE_VIEW, ...readView(query) })}
              onChange={(next) => {
                saveViews(next);
                setViews(next);
              }}
            />
          </span>
        </div>
        <FilterChips view={view} facets={facets} onChange={change} />
      </search>
      {ids.length > 0 && (
        <SelectionBar
          ids={ids}
          onCompare={compare}
          onEnd={() => act(actions.end)}
          onHide={() => act(actions.hide)}
          onDelete={() => act(actions.remove)}
          onClear={selection.clear}
        />
      )}
      {(error ?? actions.error) && (
        <ErrorState
          error={(error ?? actions.error) as Error}
          {...(!isWrong && { onRetry: error ? refresh : actions.clearError })}
        />
      )}
      {total === null && !error && <TableSkeleton />}
      {total === 0 && !error && <Nothing view={view} change={change} />}
      {total !== null && total > 0 && !isWrong && (
        <SessionTable
          {...{ windows, columns, order, hitLines, isPhone, scroller, onReady, onScroll, onSort }}
          sort={sort ?? sortOf(view)}
          isSelected={(id) => selection.sessions.has(id)}
          onSelect={selection.toggle}
        />
      )}
      {hasNews && (
        <Button
          size="small"
          look="primary"
          className="absolute bottom-14 left-1/2 z-20 -translate-x-1/2"
          onClick={() => {
            scroller.current?.scrollTo({ top: 0 });
            hearNews();
          }}
        >
          The list has changed
        </Button>
      )}
      {actions.done && (
        <div
          role="status"
          className="fixed right-4 bottom-4 z-40 flex items-center gap-3 rounded-md border border-line-strong bg-raised px-3 py-2 text-sm"
        >
          {actions.done.words}
          {actions.done.undo && (
            <Button size="small" onClick={() => void actions.undo()}>
              Undo (u)
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function counted(total: number, view: SessionView): string {
  return isNarrowed(view) ? `${formatExact(total)} found` : `${formatExact(total)} in all`;
}

/** The first rows tell: all of a table are of one height, so that nothing moves. */
function mostHits(row: (index: number) => ListedSession | undefined): number {
  const first = Array.from({ length: 50 }, (_, at) => row(at)?.hits?.length ?? 0);
  return Math.max(...first);
}

/** The value, a little later where typing goes on. */
function usePaused(value: string, typed: string): string {
  const [paused, setPaused] = useState(value);
  const before = useRef(typed);
  useEffect(() => {
    const isTyping = before.current !== typed;
    before.current = typed;
    const timer = setTimeout(() => setPaused(value), isTyping ? PAUSE_MS : 0);
    return () => clearTimeout(timer);
  }, [value, typed]);
  return paused;
}

function Nothing({ view, change }: Props) {
  if (!isNarrowed(view)) {
    return (
      <EmptyState title="No sessions yet">
        <p>Start Claude Code in a project: the session appears here.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No session fits"
      actions={<Button onClick={() => change({ ...WHOLE_VIEW })}>Show all</Button>}
    />
  );
}

function Waiting() {
  return (
    <div className="flex h-[calc(100dvh-2.75rem)] flex-col gap-2 px-3 pt-3 pb-2 sm:px-4">
      <h1 className="text-xl font-semibold">Sessions</h1>
      <div aria-hidden className="h-18" />
      <TableSkeleton />
    </div>
  );
}

function TableSkeleton() {
  return (
    <div
      aria-hidden
      className="flex-1 space-y-3 overflow-hidden rounded-md border border-line bg-surface p-3"
    >
      {Array.from({ length: 14 }, (_, at) => (
        <Skeleton key={at} className="h-5 w-full" />
      ))}
    </div>
  );
}
