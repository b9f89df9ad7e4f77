'use client';

import { forecastBudget } from '@claude-optimizer/core/budget';
import type { SessionSummary, UsagePoint } from '@claude-optimizer/protocol';
import { CircleCheck, Clock, OctagonAlert, TriangleAlert, type LucideIcon } from 'lucide-react';
import { memo, useMemo } from 'react';
import { Cost } from '@/components/Cost';
import { Meter } from '@/components/Meter';
import { useNow } from '@/lib/clock';
import { formatClock, formatCost, formatDuration, formatPercent } from '@/lib/format';
import { BudgetForm } from './BudgetForm';
import { Panel } from './Panel';

const WARNING = 0.8;
const MINUTE = 60_000;

type Props = { summary: SessionSummary; usage: UsagePoint[] };

/** The running total against the session's budget, and when it will be passed. */
export const CostTracker = memo(function CostTracker({ summary, usage }: Props) {
  const budget = summary.budgetMicrodollars;
  const spent = summary.usage.costMicrodollars;
  const share = budget === null || spent === null ? null : spent / budget;
  return (
    <Panel title="Cost" aside={<BudgetForm id={summary.id} budget={budget} />}>
      <div className="space-y-2 p-3">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <Cost
            microdollars={spent}
            unpriced={summary.unpriced}
            basis={summary.basis}
            className="text-xl font-semibold"
          />
          {budget !== null && (
            <span className="text-ink-2">
              of {formatCost(budget)}
              {share !== null && ` · ${formatPercent(share)}`}
            </span>
          )}
        </p>
        {share !== null && (
          <Meter
            share={share}
            label={`${formatPercent(share)} of the budget`}
            color={colorOf(share)}
            className="h-1.5"
          />
        )}
        <Verdict summary={summary} usage={usage} share={share} />
        <CostCurve usage={usage} budget={budget} />
      </div>
    </Panel>
  );
});

function colorOf(share: number): string {
  if (share >= 1) return 'var(--danger)';
  return share >= WARNING ? 'var(--warning)' : 'var(--good)';
}

function Verdict({ summary, usage, share }: Props & { share: number | null }) {
  const now = useNow(10_000);
  const { budgetMicrodollars, usage: total } = summary;
  const forecast = forecastBudget({
    usage,
    spentMicrodollars: total.costMicrodollars,
    budgetMicrodollars,
    now,
  });
  if (share === null) {
    return (
      <p className="text-xs text-ink-3">No budget. Set one to be warned before it is spent.</p>
    );
  }
  if (share >= 1) {
    const over = (total.costMicrodollars ?? 0) - (budgetMicrodollars ?? 0);
    return (
      <Line icon={OctagonAlert} color="text-danger" text={`Over budget by ${formatCost(over)}`} />
    );
  }
  const when = forecast
    ? `spent at about ${formatClock(forecast.at).slice(0, 5)}, in ${formatDuration(Math.max(MINUTE, forecast.at - now))}`
    : 'nothing spent in the last 15 minutes';
  if (share >= WARNING) {
    return <Line icon={TriangleAlert} color="text-warning" text={`Nearly spent: ${when}`} />;
  }
  return (
    <Line
      icon={forecast ? Clock : CircleCheck}
      color="text-ink-2"
      text={forecast ? `At this pace ${when}` : `Within budget; ${when}`}
    />
  );
}

function Line({ icon: Icon, color, text }: { icon: LucideIcon; color: string; text: string }) {
  return (
    <p className={`flex items-center gap-1.5 text-xs ${color}`}>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {text}
    </p>
  );
}

const WIDTH = 300;
const HEIGHT = 64;

/** The total over time as a step line, the budget as a dashed one; the numbers stand above. */
function CostCurve({ usage, budget }: { usage: UsagePoint[]; budget: number | null }) {
  const { line, limit } = useMemo(() => curve(usage, budget), [usage, budget]);
  if (line === '') return null;
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="block h-16 w-full"
    >
      <path d={`${line}V${HEIGHT}H0z`} className="fill-accent-soft" />
      <path
        d={line}
        className="fill-none stroke-accent"
        strokeWidth={1.5}
        vectorEffect="non-scaling-stroke"
      />
      {limit !== null && (
        <path
          d={`M0 ${limit}H${WIDTH}`}
          className="stroke-danger"
          strokeWidth={1}
          strokeDasharray="4 3"
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  );
}

function curve(usage: UsagePoint[], budget: number | null): { line: string; limit: number | null } {
  const first = usage[0];
  const last = usage.at(-1);
  if (!first || !last) return { line: '', limit: null };
  const span = Math.max(1, last.at - first.at);
  const sums: { at: number; sum: number }[] = [];
  for (const point of usage) {
    const sum = (sums.at(-1)?.sum ?? 0) + (point.usage.costMicrodollars ?? 0);
    sums.push({ at: point.at, sum });
  }
  const top = Math.max(
    1,
    sums.at(-1)?.sum ?? 1,
    (sums.at(-1)?.sum ?? 0) > (budget ?? 0) / 4 ? (budget ?? 0) : 0,
  );
  const y = (sum: number) => (HEIGHT - 2 - (sum / top) * (HEIGHT - 4)).toFixed(1);
  const steps = sums.map(
    ({ at, sum }) => `H${(((at - first.at) / span) * WIDTH).toFixed(1)}V${y(sum)}`,
  );
  const limit = budget !== null && budget <= top ? Number(y(budget)) : null;
  return { line: `M0 ${y(0)}${steps.join('')}H${WIDTH}`, limit };
}
