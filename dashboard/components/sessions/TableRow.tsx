'use client';

import type { ListedSession } from '@claude-optimizer/protocol';
import { memo } from 'react';
import { Cost } from '@/components/Cost';
import { QuickLink } from '@/components/QuickLink';
import { RelativeTime } from '@/components/RelativeTime';
import { Skeleton } from '@/components/Skeleton';
import { StatusBadge } from '@/components/StatusBadge';
import { usePacedRow } from '@/hooks/usePacedRow';
import { useSessionNeed, useSessionSummary } from '@/lib/feed/hooks';
import { projectName } from '@/lib/format';
import { sessionHref } from '@/lib/session-path';
import { sessionTitle } from '@/lib/session-title';
import type { Column } from '@/lib/sessions/columns';
import { HitLine } from './HitLine';
import { HiddenMark, SessionCell } from './SessionCell';

type Props = {
  /** Undefined until the server has told it. */
  session: ListedSession | undefined;
  index: number;
  columns: readonly Column[];
  /** Where it stands (px); numbers, so that a row that stays is drawn once. */
  top: number;
  height: number;
  isSelected: boolean;
  isPhone: boolean;
  onSelect: (index: number, isRange: boolean) => void;
};

/** One row of the table; its place is kept until its session is there and a frame has room for it. */
export const TableRow = memo(function TableRow({ session, ...place }: Props) {
  const isMade = usePacedRow(session !== undefined);
  if (session && isMade) return <MadeRow session={session} {...place} />;
  const { index, top, height } = place;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      style={{ top, height }}
      className="absolute left-0 w-full border-b border-line px-3 py-2.5 contain-strict"
    >
      <span role="cell" className="sr-only">
        Loading
      </span>
      <Skeleton className="h-3.5 w-1/2" />
    </div>
  );
});

/** A session in its row, live where the page follows it. */
function MadeRow(props: Props & { session: ListedSession }) {
  const { session, index, columns, top, height, isSelected, isPhone, onSelect } = props;
  const live = useSessionSummary(session.id);
  const need = useSessionNeed(session.id);
  const now = live === null ? session : { ...session, ...live };
  const name = sessionTitle(now);
  const title = (
    <QuickLink
      data-row-link=""
      data-index={index}
      href={sessionHref(now.id)}
      title={name}
      className="truncate outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
    >
      {name}
    </QuickLink>
  );
  const box = (
    <input
      type="checkbox"
      tabIndex={-1}
      aria-label={`Select ${name}`}
      checked={isSelected}
      onChange={() => undefined}
      onClick={(event) => onSelect(index, event.shiftKey)}
      className="relative z-10 size-4 accent-(--accent)"
    />
  );
  const hits = session.hits ?? [];
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-selected={isSelected ? '' : undefined}
      style={{ top, height }}
      className="absolute left-0 w-full border-b border-line contain-strict hover:bg-sunken/60 data-selected:bg-accent-soft"
    >
      {isPhone ? (
        <div role="cell" className="grid h-14 grid-cols-[auto_1fr_auto] items-center gap-x-2 px-3">
          {box}
          <span className="col-span-2 flex min-w-0 items-center gap-2">
            {title}
            {now.hidden && <HiddenMark />}
          </span>
          <span />
          <span className="flex min-w-0 items-center gap-2 text-xs text-ink-2">
            <StatusBadge status={now.status} need={need} />
            <span className="truncate">{projectName(now.project)}</span>
          </span>
          <span className="flex items-baseline gap-2 text-xs">
            <Cost
              of={now.id}
              microdollars={now.usage.costMicrodollars}
              unpriced={now.unpriced}
              basis={now.basis}
            />
            <RelativeTime
              at={now.lastAt}
              className="min-w-14 text-right whitespace-nowrap text-ink-2"
            />
          </span>
        </div>
      ) : (
        <div className="grid h-9 grid-cols-(--columns) items-center">
          <span role="cell" className="flex justify-center">
            {box}
          </span>
          {columns.map(({ id }) =>
            id === 'title' ? (
              <span key={id} role="cell" className="flex min-w-0 items-center gap-2 px-2">
                {title}
                {now.hidden && <HiddenMark />}
              </span>
            ) : (
              <SessionCell key={id} column={id} session={now} need={need} />
            ),
          )}
        </div>
      )}
      {hits.length > 0 && (
        <div role="cell" className="-mt-1 pr-3 pl-12 max-sm:pl-9">
          {hits.map((hit) => (
            <HitLine key={`${hit.ref} ${hit.byteOffset}`} id={now.id} hit={hit} />
          ))}
        </div>
      )}
    </div>
  );
}
