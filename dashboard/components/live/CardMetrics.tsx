'use client';

import { Cost } from '@/components/Cost';
import { Marked } from '@/components/Marked';
import { Meter } from '@/components/Meter';
import { useNow } from '@/lib/clock';
import { useSessionField } from '@/lib/feed/hooks';
import { formatCost, formatExact, formatPercent, formatTokens } from '@/lib/format';
import { Metric } from './Metric';
import { lastMinutes, tokensAMinute } from './rate';
import { Sparkline } from './Sparkline';

/** Shares from which a bar says `warning`, then `danger`. */
const NEAR = 0.8;
const FULL = 1;

function meterColor(share: number): string {
  if (share >= FULL) return 'var(--danger)';
  return share >= NEAR ? 'var(--warning)' : 'var(--ink-3)';
}

/** A budget is mostly whole dollars: `$8`, `$2.50`. */
function shortCost(microdollars: number): string {
  return formatCost(microdollars).replace(/\.00$/, '');
}

const NO_RATE: { minute: number; tokens: number }[] = [];

/** Fresh tokens of the last minute, and of the last half hour as bars. */
export function RateMetric({ id }: { id: string }) {
  const rate = useSessionField(id, (session) => session.rate) ?? NO_RATE;
  const now = useNow(5_000);
  const perMinute = tokensAMinute(rate, now);
  return (
    <Metric
      name="Tokens/min"
      value={
        <Marked
          text={formatTokens(perMinute)}
          title={`${formatExact(perMinute)} tokens in the last minute, cache reads not counted`}
        />
      }
      figure={<Sparkline values={lastMinutes(rate, now)} className="h-3 text-line-strong" />}
    />
  );
}

/** What it has cost, and against its budget where it has one. */
export function CostMetric({ id }: { id: string }) {
  const cost = useSessionField(id, (session) => session.usage.costMicrodollars);
  const unpriced = useSessionField(id, (session) => session.unpriced);
  const basis = useSessionField(id, (session) => session.basis);
  const budget = useSessionField(id, (session) => session.budgetMicrodollars);
  const share = budget === null ? 0 : (cost ?? 0) / budget;
  return (
    <Metric
      name="Cost"
      value={
        <>
          <Cost
            microdollars={cost}
            {...(unpriced ? { unpriced } : {})}
            {...(basis ? { basis } : {})}
            {...(share >= FULL ? { className: 'text-danger' } : {})}
          />
          {budget !== null && (
            <span className="text-2xs font-normal text-ink-3"> of {shortCost(budget)}</span>
          )}
        </>
      }
      figure={
        budget !== null && (
          <Meter
            share={share}
            label={`${formatPercent(share)} of the budget`}
            color={meterColor(share)}
            className="w-full"
          />
        )
      }
    />
  );
}

/** How full the model's context window is. */
export function ContextMetric({ id }: { id: string }) {
  const tokens = useSessionField(id, (session) => session.context?.tokens ?? null);
  const window = useSessionField(id, (session) => session.context?.window ?? null);
  const share = tokens === null || window === null ? null : tokens / window;
  const exact =
    tokens === null
      ? 'Not known yet'
      : `${formatExact(tokens)} ${window === null ? 'tokens' : `of ${formatExact(window)} tokens`}`;
  const text =
    share === null ? (tokens === null ? '–' : formatTokens(tokens)) : formatPercent(share);
  return (
    <Metric
      name="Context"
      value={<Marked text={text} title={exact} />}
      figure={
        share !== null && (
          <Meter share={share} label={exact} color={meterColor(share)} className="w-full" />
        )
      }
    />
  );
}

/** How many of its objectives are reached. */
export function ObjectivesMetric({ id }: { id: string }) {
  const completed = useSessionField(id, (session) => session.objectives.completed) ?? 0;
  const total = useSessionField(id, (session) => session.objectives.total) ?? 0;
  const share = total === 0 ? 0 : completed / total;
  return (
    <Metric
      name="Objectives"
      value={total === 0 ? '–' : <Marked text={`${completed} of ${total}`} />}
      figure={
        total > 0 && (
          <Meter
            share={share}
            label={`${completed} of ${total} objectives reached`}
            color="var(--good)"
            className="w-full"
          />
        )
      }
    />
  );
}
