import { totalTokens, type UsageTotals as Totals } from '@claude-optimizer/protocol';
import { CircleCheck, Info } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { Cost } from '@/components/Cost';
import { Marked } from '@/components/Marked';
import { Skeleton } from '@/components/Skeleton';
import { Tokens } from '@/components/Tokens';
import { formatExact, formatPercent } from '@/lib/format';
import { cacheHits, cacheWrites, caveats, knownCost } from './figures';

type Props = { totals: Totals | null; sessions: number | null };

/** The range in numbers, and how far they can be trusted. */
export const UsageTotals = memo(function UsageTotals({ totals, sessions }: Props) {
  const hits = totals && cacheHits(totals);
  const kind = (count: (of: Totals) => number) => totals && <Tokens count={count(totals)} />;
  return (
    <section aria-label="Totals" aria-busy={totals === null}>
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-3 xl:grid-cols-9">
        <Figure name="Cost" className="max-sm:col-span-2">
          {totals && (
            <Cost
              microdollars={knownCost(totals)}
              unpriced={{ messages: totals.unpricedMessages, tokens: totals.unpricedTokens }}
              basis={totals.estimatedMessages > 0 ? 'estimate' : 'exact'}
              incomplete={totals.incompleteMessages}
            />
          )}
        </Figure>
        <Figure name="Tokens">{kind(totalTokens)}</Figure>
        <Figure name="Input">{kind((each) => each.inputTokens)}</Figure>
        <Figure name="Output">{kind((each) => each.outputTokens)}</Figure>
        <Figure name="Cache write">{kind(cacheWrites)}</Figure>
        <Figure name="Cache read">{kind((each) => each.cacheReadTokens)}</Figure>
        <Figure name="Cache hits">
          {totals && (
            <Marked
              text={hits === null ? '–' : formatPercent(hits)}
              title="Share of the input tokens that was read from the cache"
            />
          )}
        </Figure>
        <Figure name="Responses">{totals && <Marked text={formatExact(totals.messages)} />}</Figure>
        <Figure name="Sessions">
          {sessions !== null && <Marked text={formatExact(sessions)} />}
        </Figure>
      </dl>
      <Trust totals={totals} />
    </section>
  );
});

function Trust({ totals }: { totals: Totals | null }) {
  if (totals === null) {
    return (
      <div className="mt-2 flex h-4 items-center">
        <Skeleton className="h-3 w-64" />
      </div>
    );
  }
  const notes = caveats(totals);
  const Icon = notes.length > 0 ? Info : CircleCheck;
  return (
    <p className="mt-2 flex gap-1.5 text-xs text-ink-2">
      <Icon
        aria-hidden
        className={`mt-px size-3.5 shrink-0 ${notes.length > 0 ? 'text-warning' : 'text-good'}`}
      />
      {notes.length > 0 ? notes.join(' · ') : 'Every response is complete and has a known price.'}
    </p>
  );
}

type FigureProps = { name: string; children: ReactNode; className?: string };

function Figure({ name, children, className = '' }: FigureProps) {
  return (
    <div className={`min-w-0 bg-surface px-3 py-2 ${className}`}>
      <dt className="truncate text-2xs text-ink-3">{name}</dt>
      <dd className="flex h-7 items-center truncate text-lg font-semibold tabular-nums sm:text-xl">
        {children ?? <Skeleton className="h-5 w-16" />}
      </dd>
    </div>
  );
}
