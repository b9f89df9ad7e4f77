'use client';

import type { TurnCost } from '@claude-optimizer/core/story';
import { ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { Cost } from '@/components/Cost';
import { ModelName } from '@/components/ModelName';
import { Tokens } from '@/components/Tokens';
import { formatMoment, formatPercent } from '@/lib/format';
import { PlaceLink } from '../story/PlaceLink';
import { CostWithShare } from './CostWithShare';
import { ResponseTable } from './ResponseTable';

type Props = {
  row: TurnCost;
  total: number | null;
  isOpen: boolean;
  /** How many columns are shown. */
  columns: number;
  onToggle: (number: number) => void;
};

/** A turn and what it cost; opened, its responses below it. */
export const TurnRow = memo(function TurnRow({ row, total, isOpen, columns, onToggle }: Props) {
  const { turn, usage, cost, unpriced, share, context, cacheHit, models } = row;
  const number = turn?.number ?? 0;
  const name = turn === null ? 'Before the first prompt' : `Turn ${number}`;
  const part = cost === null || !total ? null : cost / total;
  return (
    <>
      <tr className="border-t border-line align-top">
        <th scope="row" className="py-1.5 pr-2 pl-1.5 text-left font-normal">
          <span className="flex min-w-0 items-start gap-1">
            <button
              type="button"
              aria-expanded={isOpen}
              aria-label={`Responses of ${name}`}
              onClick={() => onToggle(number)}
              className="-my-1 flex size-6 shrink-0 items-center justify-center rounded-sm text-ink-3 hover:bg-sunken hover:text-ink"
            >
              <ChevronRight aria-hidden className={`size-3.5 ${isOpen ? 'rotate-90' : ''}`} />
            </button>
            <span className="min-w-0 flex-1">
              <span className="flex min-w-0 gap-1.5" title={turn ? formatMoment(turn.startAt) : ''}>
                {turn && <span className="shrink-0 text-ink-3">{number}</span>}
                <PlaceLink place={turn?.recordId ?? null} className="min-w-0 truncate">
                  <span title={turn?.prompt ?? name}>{turn?.prompt ?? name}</span>
                </PlaceLink>
              </span>
              <span className="mt-0.5 flex flex-wrap gap-x-3 text-2xs text-ink-3">
                {models.map((model) => (
                  <ModelName key={model} id={model} />
                ))}
                {models.length === 0 && 'no response'}
              </span>
            </span>
          </span>
        </th>
        <Cell className="max-lg:hidden" count={usage.inputTokens} />
        <Cell className="max-lg:hidden" count={usage.outputTokens} />
        <Cell
          className="max-lg:hidden"
          count={usage.cacheWrite5mTokens + usage.cacheWrite1hTokens}
        />
        <Cell className="max-lg:hidden" count={usage.cacheReadTokens} />
        <Cell className="max-sm:hidden" count={context} />
        <td className="px-2 py-1.5 text-right max-sm:hidden">
          {cacheHit === null ? '–' : formatPercent(cacheHit)}
        </td>
        <td className="px-2 py-1.5 text-right max-md:hidden">
          {share.agent === 0 ? '–' : <Cost microdollars={share.agent} />}
        </td>
        <td className="py-1.5 pr-3 pl-2 text-right">
          <CostWithShare cost={cost} unpriced={unpriced} part={part} />
        </td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={columns} className="bg-canvas p-0">
            <ResponseTable responses={row.responses} of={name} />
          </td>
        </tr>
      )}
    </>
  );
});

function Cell({ count, className }: { count: number | null; className: string }) {
  return (
    <td className={`px-2 py-1.5 text-right ${className}`}>
      {count === null ? '–' : <Tokens count={count} />}
    </td>
  );
}
