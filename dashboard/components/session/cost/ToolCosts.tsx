'use client';

import type { Brought, Origin, Purpose, PurposeCost, Story } from '@claude-optimizer/core/story';
import { memo, useMemo, useState } from 'react';
import { Cost } from '@/components/Cost';
import { Tokens } from '@/components/Tokens';
import { ToolIcon } from '@/components/ToolIcon';
import { formatExact, formatPercent } from '@/lib/format';
import { Panel } from '../Panel';
import { CostWithShare } from './CostWithShare';
import { SortHead, type Sort } from './SortHead';
import { purposeName, purposeNote } from './words';

type Column = 'cost' | 'calls' | 'brought' | 'sent' | 'responses';

type Row = {
  key: string;
  purpose: Purpose | Origin;
  cost: PurposeCost | null;
  brought: Brought | null;
};

const COLUMNS: readonly { column: Column; name: string; title: string; className: string }[] = [
  { column: 'calls', name: 'Calls', title: 'How often it was called', className: 'max-sm:hidden' },
  {
    column: 'responses',
    name: 'Responses',
    title: 'Responses that called it',
    className: 'max-md:hidden',
  },
  { column: 'brought', name: 'Brought', title: 'Tokens into the context', className: '' },
  { column: 'sent', name: 'Sent', title: 'Those tokens, each time', className: 'max-sm:hidden' },
  { column: 'cost', name: 'Cost', title: 'What asking for it cost', className: 'pr-3' },
];

type Props = {
  story: Story;
  rows: readonly PurposeCost[];
  brought: readonly Brought[];
  rest: number;
};

/** What each tool’s calls cost, and what its results brought in front of the model. */
export const ToolCosts = memo(function ToolCosts({ story, rows, brought, rest }: Props) {
  const [sort, setSort] = useState<Sort<Column>>({ column: 'cost', isUp: false });
  const all = useMemo(() => joined(rows, brought), [rows, brought]);
  const sorted = useMemo(() => {
    const sign = sort.isUp ? 1 : -1;
    return [...all].sort((a, b) => sign * (valueOf(a, sort.column) - valueOf(b, sort.column)));
  }, [all, sort]);
  const sums = {
    brought: brought.reduce((sum, { tokens }) => sum + tokens, 0),
    sent: brought.reduce((sum, { sent }) => sum + sent, 0),
    calls: rows.reduce((sum, { calls }) => sum + calls, 0),
  };
  return (
    <Panel
      title="By tool"
      aside={<span className="text-xs text-ink-3">{formatExact(all.length)}</span>}
    >
      <table className="w-full table-fixed text-xs tabular-nums">
        <colgroup>
          <col />
          {COLUMNS.map(({ column, className }) => (
            <col
              key={column}
              className={`${className} ${column === 'cost' ? 'w-32 max-sm:w-24' : 'w-24 max-sm:w-20'}`}
            />
          ))}
        </colgroup>
        <thead>
          <tr className="border-b border-line">
            <th scope="col" className="px-3 py-1.5 text-left font-normal text-ink-3">
              Tool
            </th>
            {COLUMNS.map((each) => (
              <SortHead key={each.column} {...each} sort={sort} onSort={setSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <ToolRow key={row.key} row={row} total={story.cost} sent={sums.sent} />
          ))}
        </tbody>
        <tfoot>
          {rest !== 0 && (
            <tr className="border-t border-line text-ink-2">
              <th scope="row" className="px-3 py-1.5 text-left font-normal">
                Rest (rounding, and prices that are gone)
              </th>
              <td className="max-sm:hidden" />
              <td className="max-md:hidden" />
              <td />
              <td className="max-sm:hidden" />
              <td className="px-3 py-1.5 text-right">
                <Cost microdollars={rest} />
              </td>
            </tr>
          )}
          <tr className="border-t border-line-strong font-medium">
            <th scope="row" className="px-3 py-1.5 text-left font-medium">
              The session
            </th>
            <td className="px-2 py-1.5 text-right max-sm:hidden">{formatExact(sums.calls)}</td>
            <td className="px-2 py-1.5 text-right max-md:hidden">
              {formatExact(story.responses.length)}
            </td>
            <td className="px-2 py-1.5 text-right">
              <Tokens count={sums.brought} />
            </td>
            <td className="px-2 py-1.5 text-right max-sm:hidden">
              <Tokens count={sums.sent} />
            </td>
            <td className="py-1.5 pr-3 pl-2 text-right">
              <Cost microdollars={story.cost} unpriced={{ messages: story.unpriced, tokens: 0 }} />
            </td>
          </tr>
        </tfoot>
      </table>
    </Panel>
  );
});

function ToolRow({ row, total, sent }: { row: Row; total: number | null; sent: number }) {
  const { purpose, cost, brought } = row;
  const own = cost?.cost ?? null;
  const part = own === null || !total ? null : own / total;
  const note = purposeNote(purpose);
  const failed = cost?.failed ?? 0;
  return (
    <tr className="border-t border-line align-top">
      <th scope="row" className="px-3 py-1.5 text-left font-normal">
        <span className="flex min-w-0 items-center gap-1.5">
          {purpose.kind === 'tool' && <ToolIcon name={purpose.name} />}
          <span className="truncate font-medium">{purposeName(purpose)}</span>
        </span>
        <span className="block text-2xs text-ink-3">
          {note}
          {failed > 0 && `${note === null ? '' : ' · '}${formatExact(failed)} failed or denied`}
          {cost !== null && cost.inAgents > 0 && (
            <>
              {note !== null || failed > 0 ? ' · ' : ''}
              <Cost microdollars={cost.inAgents} /> in subagents
            </>
          )}
        </span>
      </th>
      <td className="px-2 py-1.5 text-right max-sm:hidden">
        {cost === null || cost.calls === 0 ? '–' : formatExact(cost.calls)}
      </td>
      <td className="px-2 py-1.5 text-right max-md:hidden">
        {cost === null ? '–' : formatExact(cost.responses.length)}
      </td>
      <td className="px-2 py-1.5 text-right">
        {brought === null ? '–' : <Tokens count={brought.tokens} />}
      </td>
      <td className="px-2 py-1.5 text-right max-sm:hidden">
        {brought === null ? (
          '–'
        ) : (
          <span title={sent > 0 ? `${formatPercent(brought.sent / sent)} of all sent` : ''}>
            <Tokens count={brought.sent} />
          </span>
        )}
      </td>
      <td className="py-1.5 pr-3 pl-2 text-right">
        {cost === null ? (
          '–'
        ) : (
          <CostWithShare cost={cost.cost} unpriced={cost.unpriced} part={part} />
        )}
      </td>
    </tr>
  );
}

function joined(rows: readonly PurposeCost[], brought: readonly Brought[]): Row[] {
  const all = new Map<string, Row>();
  for (const cost of rows) {
    all.set(cost.key, { key: cost.key, purpose: cost.purpose, cost, brought: null });
  }
  for (const one of brought) {
    const row = all.get(one.key) ?? { key: one.key, purpose: one.origin, cost: null, brought: one };
    all.set(one.key, { ...row, brought: one });
  }
  return [...all.values()];
}

function valueOf({ cost, brought }: Row, column: Column): number {
  switch (column) {
    case 'cost':
      return cost?.cost ?? -1;
    case 'calls':
      return cost?.calls ?? -1;
    case 'responses':
      return cost?.responses.length ?? -1;
    case 'brought':
      return brought?.tokens ?? 0;
    case 'sent':
      return brought?.sent ?? 0;
  }
}
