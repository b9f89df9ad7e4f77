'use client';

import type { Story, TurnCost } from '@claude-optimizer/core/story';
import { memo, useMemo, useState } from 'react';
import { Button } from '@/components/Button';
import { Cost } from '@/components/Cost';
import { formatExact } from '@/lib/format';
import { Panel } from '../Panel';
import { SortHead, type Sort } from './SortHead';
import { sortTurns, type TurnColumn } from './sort-turns';
import { TurnRow } from './TurnRow';
import { useShownColumns } from './useShownColumns';

const FIRST_ROWS = 50;

const COLUMNS: readonly { column: TurnColumn; name: string; title: string; className: string }[] = [
  { column: 'input', name: 'Input', title: 'Tokens sent anew', className: 'max-lg:hidden' },
  { column: 'output', name: 'Output', title: 'Tokens written', className: 'max-lg:hidden' },
  { column: 'write', name: 'Write', title: 'Tokens into the cache', className: 'max-lg:hidden' },
  { column: 'read', name: 'Read', title: 'Tokens from the cache', className: 'max-lg:hidden' },
  { column: 'context', name: 'Context', title: 'Most tokens in front', className: 'max-sm:hidden' },
  { column: 'hit', name: 'Hits', title: 'Share from the cache', className: 'max-sm:hidden' },
  { column: 'agents', name: 'Subagents', title: 'What subagents cost', className: 'max-md:hidden' },
  { column: 'cost', name: 'Cost', title: 'And its share of the session', className: 'pr-3' },
];

type Props = { story: Story; rows: readonly TurnCost[]; rest: number };

/** What each turn cost, and of what; a turn opens to its responses. */
export const TurnCosts = memo(function TurnCosts({ story, rows, rest }: Props) {
  const [sort, setSort] = useState<Sort<TurnColumn>>({ column: 'number', isUp: true });
  const [isWhole, setWhole] = useState(false);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const sorted = useMemo(() => sortTurns(rows, sort), [rows, sort]);
  const columns = useShownColumns();
  const toggle = (number: number) =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(number)) next.add(number);
      return next;
    });
  const shown = isWhole ? sorted : sorted.slice(0, FIRST_ROWS);
  return (
    <Panel
      title="By turn"
      aside={<span className="text-xs text-ink-3">{formatExact(rows.length)}</span>}
    >
      <table className="w-full table-fixed text-xs tabular-nums">
        <Columns />
        <thead>
          <tr className="border-b border-line">
            <SortHead
              column="number"
              name="Turn"
              className="pl-3"
              align="left"
              sort={sort}
              onSort={setSort}
            />
            {COLUMNS.map((each) => (
              <SortHead key={each.column} {...each} sort={sort} onSort={setSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => {
            const number = row.turn?.number ?? 0;
            return (
              <TurnRow
                key={number}
                row={row}
                total={story.cost}
                isOpen={open.has(number)}
                columns={columns}
                onToggle={toggle}
              />
            );
          })}
        </tbody>
        <tfoot>
          <RestRow rest={rest} story={story} />
        </tfoot>
      </table>
      {sorted.length > FIRST_ROWS && (
        <div className="border-t border-line p-2">
          <Button size="small" look="quiet" onClick={() => setWhole(!isWhole)}>
            {isWhole ? 'Show fewer' : `Show all ${formatExact(sorted.length)} turns`}
          </Button>
        </div>
      )}
    </Panel>
  );
});

function Columns() {
  return (
    <colgroup>
      <col />
      {COLUMNS.map(({ column, className }) => (
        <col
          key={column}
          className={`${className} ${column === 'cost' ? 'w-32 max-sm:w-24' : 'w-20'}`}
        />
      ))}
    </colgroup>
  );
}

/** What no row carries, where there is something, and the sum of all. */
export function RestRow({ rest, story }: { rest: number; story: Story }) {
  const unpriced = { messages: story.unpriced, tokens: 0 };
  const hidden = COLUMNS.slice(0, -1).map(({ column, className }) => (
    <td key={column} className={className} />
  ));
  return (
    <>
      {rest !== 0 && (
        <tr className="border-t border-line text-ink-2">
          <th scope="row" className="px-3 py-1.5 text-left font-normal">
            Rest (rounding, and prices that are gone)
          </th>
          {hidden}
          <td className="px-3 py-1.5 text-right">
            <Cost microdollars={rest} />
          </td>
        </tr>
      )}
      <tr className="border-t border-line-strong font-medium">
        <th scope="row" className="px-3 py-1.5 text-left font-medium">
          The session
        </th>
        {hidden}
        <td className="px-3 py-1.5 text-right">
          <Cost microdollars={story.cost} unpriced={unpriced} />
        </td>
      </tr>
    </>
  );
}
