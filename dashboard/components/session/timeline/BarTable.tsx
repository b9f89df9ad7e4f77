'use client';

import type { Mark, Timeline } from '@claude-optimizer/core/story';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useMemo, useRef } from 'react';
import { formatClock, formatDuration, formatMoment } from '@/lib/format';
import { PlaceLink } from '../story/PlaceLink';
import { tableRows } from './table-rows';

const ROW_HEIGHT = 28;

type Props = { timeline: Timeline; marks: readonly Mark[] };

/** The same as the bars say, in words and in order of time. */
export const BarTable = memo(function BarTable({ timeline, marks }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => tableRows(timeline, marks), [timeline, marks]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label="Timeline in words"
      className="h-[36rem] overflow-y-auto -outline-offset-2"
    >
      <ul className="relative text-xs tabular-nums" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <li
              key={item.key}
              className="absolute top-0 left-0 flex w-full items-center gap-2 border-b border-line px-3"
              style={{ height: ROW_HEIGHT, transform: `translateY(${item.start}px)` }}
            >
              <time
                dateTime={new Date(row.at).toISOString()}
                title={formatMoment(row.at)}
                className="w-14 shrink-0 text-2xs text-ink-3"
              >
                {formatClock(row.at)}
              </time>
              <span className="w-16 shrink-0 text-right text-2xs">
                {row.ms === null ? '' : formatDuration(row.ms)}
              </span>
              <span
                className={`min-w-0 flex-1 truncate ${row.isInner ? 'pl-4' : ''}`}
                title={`${row.name} ${row.text}`}
              >
                <PlaceLink place={row.place}>
                  <span className="font-medium">{row.name}</span> {row.text}
                </PlaceLink>
              </span>
              <span className="shrink-0 text-2xs text-ink-3">{row.state}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
});
