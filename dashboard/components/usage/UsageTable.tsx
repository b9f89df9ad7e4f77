'use client';

import { totalTokens, type UsageRow } from '@claude-optimizer/protocol';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { memo, useMemo, useState, type ReactNode } from 'react';
import { Button } from '@/components/Button';
import { Cost } from '@/components/Cost';
import { Skeleton } from '@/components/Skeleton';
import { Tokens } from '@/components/Tokens';
import { formatExact, formatPercent } from '@/lib/format';
import { Panel } from '../session/Panel';
import { cacheHits, knownCost } from './figures';

const FIRST_ROWS = 12;

type Column = 'name' | 'cost' | 'tokens' | 'hits' | 'responses';
type Sort = { column: Column; isUp: boolean };

const COLUMNS: readonly { column: Column; name: string; className: string }[] = [
  { column: 'cost', name: 'Cost', className: '' },
  { column: 'tokens', name: 'Tokens', className: 'max-sm:pr-3' },
  { column: 'hits', name: 'Cache hits', className: 'max-sm:hidden' },
  { column: 'responses', name: 'Responses', className: 'max-sm:hidden' },
];

type Props = {
  title: string;
  /** What a row is: `Model`, `Project`. */
  kind: string;
  rows: readonly UsageRow[] | null;
  nameOf: (row: UsageRow) => string;
  renderName: (row: UsageRow) => ReactNode;
  /** CSS colour of a row's share. */
  colorOf?: (row: UsageRow) => string;
  className?: string;
};

/** Usage by something, sorted as the person likes, each row with its share of the cost. */
export const UsageTable = memo(function UsageTable(props: Props) {
  const { title, kind, rows, nameOf, renderName, colorOf, className = '' } = props;
  const [sort, setSort] = useState<Sort>({ column: 'cost', isUp: false });
  const [isWhole, setWhole] = useState(false);
  const sorted = useMemo(() => sortRows(rows ?? [], sort, nameOf), [rows, sort, nameOf]);
  const whole = (rows ?? []).reduce((sum, row) => sum + (row.costMicrodollars ?? 0), 0);
  const shown = isWhole ? sorted : sorted.slice(0, FIRST_ROWS);
  const head = { sort, onSort: setSort };
  return (
    <Panel
      title={title}
      className={className}
      aside={rows && <span className="text-xs text-ink-3">{formatExact(rows.length)}</span>}
    >
      <table className="w-full table-fixed text-xs tabular-nums">
        <thead>
          <tr className="border-b border-line">
            <Head column="name" name={kind} className="pl-3 text-left" {...head} />
            {COLUMNS.map((each) => (
              <Head
                key={each.column}
                {...each}
                className={`w-22 text-right last:pr-3 ${each.className}`}
                {...head}
              />
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows === null && <PlaceRows />}
          {shown.map((row) => (
            <Row
              key={nameOf(row)}
              row={row}
              share={whole === 0 ? null : (row.costMicrodollars ?? 0) / whole}
              name={renderName(row)}
              color={colorOf?.(row) ?? 'var(--accent)'}
            />
          ))}
        </tbody>
      </table>
      {rows?.length === 0 && <p className="px-3 py-6 text-center text-ink-3">Nothing was used.</p>}
      {sorted.length > FIRST_ROWS && (
        <div className="border-t border-line px-1 py-1">
          <Button size="small" look="quiet" onClick={() => setWhole(!isWhole)}>
            {isWhole ? `Show the first ${FIRST_ROWS}` : `Show all ${formatExact(sorted.length)}`}
          </Button>
        </div>
      )}
    </Panel>
  );
});

type RowProps = { row: UsageRow; share: number | null; name: ReactNode; color: string };

function Row({ row, share, name, color }: RowProps) {
  const hits = cacheHits(row);
  return (
    <tr className="h-10 hover:bg-sunken">
      <th scope="row" className="truncate py-1 pl-3 text-left font-medium">
        {name}
        <span className="mt-1 flex items-center gap-2">
          <span aria-hidden className="block h-1 w-full max-w-48 rounded-full bg-line">
            <span
              className="block h-full rounded-full"
              style={{ width: `${(share ?? 0) * 100}%`, background: color }}
            />
          </span>
          <span className="w-9 text-2xs leading-3 font-normal text-ink-2">
            {share === null || row.costMicrodollars === null ? '–' : formatPercent(share)}
          </span>
        </span>
      </th>
      <td className="pl-2 text-right font-medium">
        <Cost
          microdollars={knownCost(row)}
          unpriced={{ messages: row.unpricedMessages, tokens: row.unpricedTokens }}
          basis={row.estimatedMessages > 0 ? 'estimate' : 'exact'}
          incomplete={row.incompleteMessages}
        />
      </td>
      <td className="pl-2 text-right max-sm:pr-3">
        <Tokens count={totalTokens(row)} />
      </td>
      <td className="pl-2 text-right max-sm:hidden">{hits === null ? '–' : formatPercent(hits)}</td>
      <td className="pr-3 pl-2 text-right max-sm:hidden">{formatExact(row.messages)}</td>
    </tr>
  );
}

type HeadProps = {
  column: Column;
  name: string;
  className: string;
  sort: Sort;
  onSort: (sort: Sort) => void;
};

function Head({ column, name, className, sort, onSort }: HeadProps) {
  const isSorted = sort.column === column;
  const Arrow = sort.isUp ? ArrowUp : ArrowDown;
  // A name is looked for from its beginning, a number from its greatest.
  const isUp = isSorted ? !sort.isUp : column === 'name';
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (sort.isUp ? 'ascending' : 'descending') : undefined}
      className={`py-1 font-normal whitespace-nowrap ${className}`}
    >
      <button
        type="button"
        onClick={() => onSort({ column, isUp })}
        className={`inline-flex h-6 items-center gap-0.5 rounded-sm hover:text-ink ${isSorted ? 'text-ink' : 'text-ink-3'}`}
      >
        {name}
        {isSorted && <Arrow aria-hidden className="size-3" />}
      </button>
    </th>
  );
}

function PlaceRows() {
  return Array.from({ length: 6 }, (_, at) => (
    <tr key={at} className="h-10">
      <td colSpan={5} className="px-3">
        <Skeleton className="h-4 w-full" />
      </td>
    </tr>
  ));
}

const VALUES: Record<Exclude<Column, 'name'>, (row: UsageRow) => number> = {
  cost: (row) => knownCost(row) ?? -1,
  tokens: totalTokens,
  hits: (row) => cacheHits(row) ?? -1,
  responses: (row) => row.messages,
};

function sortRows(rows: readonly UsageRow[], { column, isUp }: Sort, nameOf: Props['nameOf']) {
  const byName = (a: UsageRow, b: UsageRow) => nameOf(a).localeCompare(nameOf(b));
  const turn = isUp ? 1 : -1;
  if (column === 'name') return rows.toSorted((a, b) => turn * byName(a, b));
  const value = VALUES[column];
  return rows.toSorted((a, b) => turn * (value(a) - value(b)) || byName(a, b));
}
