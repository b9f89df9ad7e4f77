'use client';

import { forecastBudget } from '@claude-optimizer/core/budget';
import type { UsagePoint } from '@claude-optimizer/protocol';
import { CircleCheck, OctagonAlert, TriangleAlert, type LucideIcon } from 'lucide-react';
import { memo, useState } from 'react';
import { Button } from '@/components/Button';
import { Cost } from '@/components/Cost';
import { Meter } from '@/components/Meter';
import { useIsPast, useNow } from '@/lib/clock';
import { formatCost, formatExact, formatPercent, formatTokens } from '@/lib/format';
import { BudgetForm } from './BudgetForm';
import { CostCurve, CostTable } from './CostCurve';
import { isOpen } from './is-open';
import { Panel } from './Panel';
import { shows, type Shown } from './shows';
import { budgetLevel, verdict, type BudgetLevel } from './verdict';

const FIELDS = ['id', 'status', 'usage', 'unpriced', 'basis', 'budgetMicrodollars'] as const;

type Props = {
  summary: Shown<typeof FIELDS>;
  usage: readonly UsagePoint[];
  slotMs: number;
};

/** The running total against the session's budget, and when it will be passed. */
export const CostTracker = memo(function CostTracker({ summary, usage, slotMs }: Props) {
  const [isTable, setTable] = useState(false);
  const isPast = useIsPast();
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
          {!isPast && <BudgetForm id={summary.id} budget={budget} />}
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
            color={LOOKS[budgetLevel({ spent, budget })].meter}
            className="h-1.5"
          />
        )}
        <Verdict summary={summary} usage={usage} slotMs={slotMs} />
        <Caveat summary={summary} />
        {isTable ? (
          <CostTable usage={usage} />
        ) : (
          <CostCurve usage={usage} slotMs={slotMs} budget={budget} />
        )}
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

const LOOKS: Record<BudgetLevel, { icon: LucideIcon | null; text: string; meter: string }> = {
  none: { icon: null, text: 'text-ink-3', meter: '' },
  within: { icon: CircleCheck, text: 'text-ink-2', meter: 'var(--good)' },
  warning: { icon: TriangleAlert, text: 'text-warning', meter: 'var(--warning)' },
  over: { icon: OctagonAlert, text: 'text-danger', meter: 'var(--danger)' },
};

/** Renders with the clock, so that the rest needn't. */
function Verdict({ summary, usage, slotMs }: Props) {
  const now = useNow(10_000);
  const isPast = useIsPast();
  const { budgetMicrodollars: budget, status } = summary;
  const spent = summary.usage.costMicrodollars;
  const forecast = forecastBudget({
    usage,
    slotMs,
    spentMicrodollars: spent,
    budgetMicrodollars: budget,
    now,
  });
  const { icon: Icon, text } = LOOKS[budgetLevel({ spent, budget })];
  const forecastAt = forecast?.at ?? null;
  // In the past nobody can be advised to set one.
  const goesOn = isOpen(status) && !(isPast && budget === null);
  return (
    <p className={`flex min-h-4 items-center gap-1.5 text-xs ${text}`}>
      {Icon && <Icon aria-hidden className="size-3.5 shrink-0" />}
      {verdict({ spent, budget, forecastAt, isOpen: goesOn, now })}
    </p>
  );
}
