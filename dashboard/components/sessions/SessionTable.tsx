'use client';

import type { SessionSort } from '@claude-optimizer/protocol';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, type CSSProperties, type RefObject } from 'react';
import type { SessionWindows } from '@/hooks/useSessionWindows';
import type { Column } from '@/lib/sessions/columns';
import { TableRow } from './TableRow';

const ROW = { wide: 36, phone: 56 };
/** A line of what was found, and the space below all of them. */
const HIT = { line: 20, below: 4 };
const BOX = '2.5rem';

type Props = {
  windows: SessionWindows;
  columns: readonly Column[];
  sort: SessionSort;
  order: 'asc' | 'desc';
  onSort: (column: Column) => void;
  /** In how many lines each row shows where searched words stand. */
  hitLines: number;
  isPhone: boolean;
  isSelected: (id: string) => boolean;
  onSelect: (index: number, isRange: boolean) => void;
  scroller: RefObject<HTMLDivElement | null>;
  /** Brings a row into sight. */
  onReady: (show: (index: number) => void) => void;
  onScroll: (top: number) => void;
};

/** All sessions of a view as one table, of which only the rows in sight are there. */
export function SessionTable(props: Props) {
  const { windows, columns, hitLines, isPhone, isSelected, onSelect, scroller, onReady } = props;
  const total = windows.total ?? 0;
  const height =
    (isPhone ? ROW.phone : ROW.wide) + (hitLines > 0 ? hitLines * HIT.line + HIT.below : 0);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 3,
    scrollPaddingStart: isPhone ? 0 : 32,
  });
  useEffect(() => {
    virtual.measure();
  }, [virtual, height]);
  const items = virtual.getVirtualItems();
  const from = items[0]?.index ?? 0;
  const to = items.at(-1)?.index ?? 0;
  const { want, row } = windows;
  useEffect(() => {
    if (total > 0) want(from, Math.min(to, total - 1));
  }, [want, from, to, total, row]);
  useEffect(() => {
    onReady((index) => virtual.scrollToIndex(index));
  }, [onReady, virtual]);
  const tracks = columns.map(({ id, width }) =>
    id === 'title' ? `minmax(${width}px, 1fr)` : `${width}px`,
  );
  const width = columns.reduce((sum, column) => sum + column.width, 40);
  const style = { '--columns': `${BOX} ${tracks.join(' ')}` } as CSSProperties;
  return (
    <div
      ref={scroller}
      role="table"
      aria-label="Sessions"
      aria-rowcount={total + 1}
      aria-busy={windows.isStale}
      tabIndex={0}
      style={style}
      onScroll={({ currentTarget }) => props.onScroll(currentTarget.scrollTop)}
      className={`min-h-0 flex-1 overflow-auto rounded-md border border-line bg-surface outline-offset-2 ${windows.isStale ? 'opacity-70' : ''}`}
    >
      <div style={{ minWidth: isPhone ? 0 : width }}>
        <Head {...props} />
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start, size }) => {
            const session = row(index);
            return (
              <TableRow
                key={index}
                {...{ session, index, columns, isPhone, onSelect }}
                top={start}
                height={size}
                isSelected={session !== undefined && isSelected(session.id)}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Head({ columns, sort, order, onSort, isPhone }: Props) {
  return (
    <div
      role="rowgroup"
      className={isPhone ? 'sr-only' : 'sticky top-0 z-20 border-b border-line bg-surface'}
    >
      <div role="row" aria-rowindex={1} className="grid h-8 grid-cols-(--columns) items-center">
        <span role="columnheader" className="sr-only">
          Selected
        </span>
        <span aria-hidden className="col-start-1" />
        {columns.map((column) => {
          const isSorted = column.id === sort;
          const Arrow = order === 'asc' ? ArrowUp : ArrowDown;
          return (
            <span
              key={column.id}
              role="columnheader"
              aria-sort={isSorted ? (order === 'asc' ? 'ascending' : 'descending') : 'none'}
              className="min-w-0"
            >
              <button
                type="button"
                tabIndex={isPhone ? -1 : 0}
                onClick={() => onSort(column)}
                className={`flex h-8 w-full items-center gap-1 px-2 text-2xs font-medium hover:text-ink ${column.isNumber ? 'justify-end' : ''} ${isSorted ? 'text-ink' : 'text-ink-3'}`}
              >
                {column.name}
                {isSorted && <Arrow aria-hidden className="size-3" />}
              </button>
            </span>
          );
        })}
      </div>
    </div>
  );
}
