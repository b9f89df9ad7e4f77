'use client';

import type { OpenTool, SessionEvent } from '@claude-optimizer/protocol';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowUp, PenLine } from 'lucide-react';
import { memo, useMemo, useRef, useState } from 'react';
import { Button } from '@/components/Button';
import { ErrorState } from '@/components/ErrorState';
import { useAction } from '@/hooks/useAction';
import { fetchEvents } from '@/lib/api';
import { useIsPast } from '@/lib/clock';
import { useLoopNews } from '@/lib/loop/loop-news';
import { ActivityItem } from './ActivityItem';
import { ACTIVITY_KINDS, activityRows, type ActivityKind } from './activity-rows';
import { isFromStart, withNews, withOlder } from './kept-events';
import { Panel } from './Panel';

/** A row of one line, as most are (px): those needn't be placed again once they are measured. */
const ROW_HEIGHT = 30;
/** Scrolled further than that, the reader is somewhere else: nothing moves under their eyes. */
const AWAY = 24;
/** Of a long text that is being written, the end is what is new. */
const MOST_WRITTEN = 600;

/** What happened, the newest first, live; older events on demand. */
export const ActivityFeed = memo(function ActivityFeed(props: {
  id: string;
  activity: readonly SessionEvent[];
  /** Tools that still run; any other without a result gets none any more. */
  openTools: readonly OpenTool[];
}) {
  const { id, activity, openTools } = props;
  const [kind, setKind] = useState<ActivityKind>('all');
  const [events, addOlder] = useKeptEvents(activity);
  const [frozenAt, setFrozenAt] = useState<number | null>(null);
  const { run, isBusy, error } = useAction();
  const isPast = useIsPast();
  const scroller = useRef<HTMLDivElement>(null);
  const all = useMemo(() => activityRows(events, kind), [events, kind]);
  const rows = frozenAt === null ? all : all.filter(({ event }) => event.seq <= frozenAt);
  const fresh = all.length - rows.length;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
  });
  const first = events[0]?.seq;
  const loadOlder = () =>
    run(async () => {
      if (first === undefined) return;
      const page = await fetchEvents(id, first);
      addOlder(page.events);
    });
  return (
    <Panel
      title="Activity"
      className="flex h-[36rem] flex-col min-[1900px]:h-[52rem]"
      aside={<KindFilter kind={kind} onChange={setKind} />}
    >
      {!isPast && <BeingWritten id={id} />}
      <div className="relative min-h-0 flex-1">
        {fresh > 0 && (
          <Button
            size="small"
            look="primary"
            className="absolute top-2 left-1/2 z-10 -translate-x-1/2"
            // Being at the top lets the new rows in; both at once, and measuring them would
            // take the reader back to where they were.
            onClick={() => {
              scroller.current?.focus({ preventScroll: true });
              scroller.current?.scrollTo({ top: 0 });
            }}
          >
            <ArrowUp aria-hidden className="size-3" />
            {fresh} new
          </Button>
        )}
        <div
          ref={scroller}
          tabIndex={0}
          role="region"
          aria-label="Activity, newest first"
          className="h-full overflow-y-auto contain-strict"
          onScroll={({ currentTarget }) => {
            const isAway = currentTarget.scrollTop > AWAY;
            setFrozenAt((before) => (isAway ? (before ?? events.at(-1)?.seq ?? null) : null));
          }}
        >
          {rows.length === 0 && <p className="p-3 text-ink-3">Nothing of this kind yet.</p>}
          <ul className="relative" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const row = rows[item.index];
              return (
                row && (
                  <li
                    key={item.key}
                    ref={virtual.measureElement}
                    data-index={item.index}
                    className="absolute top-0 left-0 w-full border-b border-line"
                    style={{ transform: `translateY(${item.start}px)` }}
                  >
                    <ActivityItem
                      event={row.event}
                      end={row.end}
                      isOpen={isOpen(row.event, openTools)}
                    />
                  </li>
                )
              );
            })}
          </ul>
          {first !== undefined && !isFromStart(events) && (
            <div className="p-2 text-center">
              <Button size="small" disabled={isBusy} onClick={loadOlder}>
                {isBusy ? 'Loading …' : 'Load older'}
              </Button>
            </div>
          )}
          {error && <ErrorState error={error} className="m-2" />}
        </div>
      </div>
    </Panel>
  );
});

/** What a launched session is writing at this moment; its message takes the place. */
function BeingWritten({ id }: { id: string }) {
  const text = useLoopNews(({ partials }) => partials.get(id)?.text ?? null);
  if (text === null) return null;
  return (
    <div className="flex items-start gap-2 border-b border-line bg-info-soft px-3 py-1.5 text-xs">
      <PenLine aria-hidden className="mt-0.5 size-3.5 shrink-0 text-info" />
      <p className="max-h-24 min-w-0 flex-1 overflow-hidden break-words">
        <span className="sr-only">Being written: </span>
        {text.slice(-MOST_WRITTEN)}
      </p>
      <span className="shrink-0 pt-px text-2xs text-info">writing</span>
    </div>
  );
}

/** The feed's events and those loaded before; what the page's bound drops stays here. */
function useKeptEvents(activity: readonly SessionEvent[]) {
  const [seen, setSeen] = useState(activity);
  const [kept, setKept] = useState(activity);
  if (seen !== activity) {
    setSeen(activity);
    setKept(withNews(kept, activity));
  }
  const addOlder = (older: SessionEvent[]) => setKept((before) => withOlder(before, older));
  return [kept, addOlder] as const;
}

function isOpen(event: SessionEvent, openTools: readonly OpenTool[]): boolean {
  return (
    event.type === 'session:tool' && openTools.some((tool) => tool.toolUseId === event.toolUseId)
  );
}

function KindFilter({
  kind,
  onChange,
}: {
  kind: ActivityKind;
  onChange: (kind: ActivityKind) => void;
}) {
  return (
    <div role="group" aria-label="Kinds of activity" className="flex flex-wrap gap-1">
      {ACTIVITY_KINDS.map((each) => (
        <Button
          key={each}
          size="small"
          look="quiet"
          aria-pressed={kind === each}
          onClick={() => onChange(each)}
        >
          {each}
        </Button>
      ))}
    </div>
  );
}
