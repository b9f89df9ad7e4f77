'use client';

import { forecastBudget } from '@claude-optimizer/core/budget';
import type { UsagePoint } from '@claude-optimizer/protocol';
import { CircleCheck, Clock, OctagonAlert, TriangleAlert, type LucideIcon } from 'lucide-react';
import { memo, useState } from 'react';
import { Button } from '@/components/Button';
import { Cost } from '@/components/Cost';
import { Meter } from '@/components/Meter';
import { useNow } from '@/lib/clock';
import {
  formatClock,
  formatCost,
  formatDuration,
  formatExact,
  formatPercent,
  formatTokens,
} from '@/lib/format';
import { BudgetForm } from './BudgetForm';
import { CostCurve, CostTable } from './CostCurve';
import { Panel } from './Panel';
import { shows, type Shown } from './shows';

const WARNING = 0.8;
const MINUTE = 60_000;

const FIELDS = ['id', 'usage', 'unpriced', 'basis', 'budgetMicrodollars'] as const;

type Props = {
  summary: Shown<typeof FIELDS>;
  usage: readonly UsagePoint[];
  slotMs: number;
};

/** The running total against the session's budget, and when it will be passed. */
export const CostTracker = memo(function CostTracker({ summary, usage, slotMs }: Props) {
  const [isTable, setTable] = useState(false);
  const budget = summary.budgetMicrodollars;
  const spent = summary.usage.costMicrodollars;
  const share = budget === null || spent === null ? null : spent / budget;
  return (
    <Panel
      title="Cost"
      aside={
        <div className="flex flex-wrap gap-1">
          <Button size="small" look="quiet" onClick={() => setTable(!isTable)}>
            {isTable ? 'Show as line' : 'Show as table'}
          </Button>
          <BudgetForm id={summary.id} budget={budget} />
        </div>
      }
    >
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
        <Verdict summary={summary} usage={usage} slotMs={slotMs} share={share} />
        <Caveat summary={summary} />
        {isTable ? <CostTable usage={usage} /> : <CostCurve usage={usage} budget={budget} />}
      </div>
    </Panel>
  );
}, shows(FIELDS));

/** What the sum leaves out or only estimates. */
function Caveat({ summary: { unpriced, basis } }: Pick<Props, 'summary'>) {
  const notes = [
    ...(unpriced.messages > 0
      ? [
          `${formatExact(unpriced.messages)} ${unpriced.messages === 1 ? 'response' : 'responses'} without a known price (${formatTokens(unpriced.tokens)} tokens) not counted`,
        ]
      : []),
    ...(basis === 'estimate' ? ['partly estimated by a similar model’s price'] : []),
  ];
  if (notes.length === 0) return null;
  return <p className="text-xs text-ink-2">{notes.join(' · ')}</p>;
}

function colorOf(share: number): string {
  if (share >= 1) return 'var(--danger)';
  return share >= WARNING ? 'var(--warning)' : 'var(--good)';
}

function Verdict({ summary, usage, slotMs, share }: Props & { share: number | null }) {
  const now = useNow(10_000);
  const { budgetMicrodollars, usage: total } = summary;
  const forecast = forecastBudget({
    usage,
    slotMs,
    spentMicrodollars: total.costMicrodollars,
    budgetMicrodollars,
    now,
  });
  if (share === null) {
    return (
      <p className="text-xs text-ink-3">
        {budgetMicrodollars === null
          ? 'No budget. Set one to be warned before it is spent.'
          : `Budget ${formatCost(budgetMicrodollars)}; the cost is not known.`}
      </p>
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
