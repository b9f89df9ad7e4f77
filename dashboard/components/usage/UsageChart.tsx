'use client';

import dynamic from 'next/dynamic';
import { memo, useMemo, useState } from 'react';
import { Button } from '@/components/Button';
import { Choice } from '@/components/Choice';
import { ModelName } from '@/components/ModelName';
import { Skeleton } from '@/components/Skeleton';
import { formatCost, formatExact, formatTokens } from '@/lib/format';
import { TokenLegend } from '../charts/TokenLegend';
import { useShownKinds } from '../charts/useShownKinds';
import { Panel } from '../session/Panel';
import { costBars, tokenBars, tokensByKind } from './bars';
import { BarTable } from './BarTable';
import type { Measure } from './figures';
import type { UsageFigures } from './useUsage';

const ChartPlace = () => <Skeleton className="h-75 w-full" />;

// Recharts comes when this page is opened, into a kept place.
const StackedBars = dynamic(() => import('./StackedBars').then((module) => module.StackedBars), {
  ssr: false,
  loading: ChartPlace,
});

const exactCost = (microdollars: number) => formatCost(microdollars, { exact: true });
const STEP_NAMES = { day: 'Day', week: 'Week', month: 'Month' } as const;
const MEASURES = ['cost', 'tokens'] as const;
const MEASURE_NAMES = { cost: 'Cost by model', tokens: 'Tokens by kind' } as const;

type Props = { figures: UsageFigures | null; className?: string };

/** What each day, week or month cost by model, or used by kind of token. */
export const UsageChart = memo(function UsageChart({ figures, className = '' }: Props) {
  const [measure, setMeasure] = useState<Measure>('cost');
  const [isTable, setTable] = useState(false);
  const [shown, toggle] = useShownKinds();
  const chart = useMemo(() => {
    if (figures === null) return null;
    return measure === 'cost' ? costBars(figures) : tokenBars(figures, shown);
  }, [figures, measure, shown]);
  const format = measure === 'cost' ? formatCost : formatTokens;
  const exact = measure === 'cost' ? exactCost : formatExact;
  return (
    <Panel
      title="Over time"
      className={className}
      aside={
        <div className="flex flex-wrap items-center gap-1">
          <Choice
            label="What the bars show"
            options={MEASURES}
            names={MEASURE_NAMES}
            chosen={measure}
            onChoose={setMeasure}
          />
          <Button size="small" look="quiet" onClick={() => setTable(!isTable)}>
            {isTable ? 'Show as chart' : 'Show as table'}
          </Button>
        </div>
      }
    >
      <div className="p-3">
        {measure === 'tokens' ? (
          <TokenLegend
            shown={shown}
            totals={figures ? { at: 0, ...tokensByKind(figures.bySteps.totals) } : undefined}
            onToggle={toggle}
          />
        ) : (
          <ModelLegend figures={figures} />
        )}
        {chart === null || figures === null ? (
          <ChartPlace />
        ) : chart.series.length === 0 ? (
          <p className="flex h-75 items-center justify-center text-ink-3">
            {measure === 'cost' ? 'No response with a known price' : 'All kinds of tokens are off'}
          </p>
        ) : isTable ? (
          <BarTable
            label={MEASURE_NAMES[measure]}
            step={STEP_NAMES[figures.range.step]}
            {...chart}
            exact={exact}
          />
        ) : (
          <StackedBars {...chart} format={format} exact={exact} />
        )}
      </div>
    </Panel>
  );
});

/** The models with their share of the cost, the dearest first. */
function ModelLegend({ figures }: { figures: UsageFigures | null }) {
  const rows = figures?.byModels.rows.filter(({ costMicrodollars }) => costMicrodollars !== null);
  const sorted = rows?.toSorted((a, b) => (b.costMicrodollars ?? 0) - (a.costMicrodollars ?? 0));
  return (
    <ul className="mb-2 flex min-h-6 flex-wrap items-center gap-x-4 gap-y-1 text-xs">
      {sorted?.map(({ model = '', costMicrodollars }) => (
        <li key={model} className="flex items-center gap-1.5">
          <ModelName id={model} />
          <span className="text-ink-3 tabular-nums">{formatCost(costMicrodollars)}</span>
        </li>
      )) ?? <Skeleton className="h-3 w-48" />}
    </ul>
  );
}
