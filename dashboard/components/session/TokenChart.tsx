'use client';

import { totalTokens, type UsagePoint } from '@claude-optimizer/protocol';
import dynamic from 'next/dynamic';
import { memo, useMemo, useState } from 'react';
import { Button } from '@/components/Button';
import { Choice } from '@/components/Choice';
import { Skeleton } from '@/components/Skeleton';
import { useThrottled } from '@/hooks/useThrottled';
import { formatDuration } from '@/lib/format';
import { evenSlots } from '../charts/even-slots';
import { TokenLegend } from '../charts/TokenLegend';
import { TokenTable } from '../charts/TokenTable';
import { chartRows } from '../charts/token-kinds';
import { useShownKinds } from '../charts/useShownKinds';
import { Panel } from './Panel';

// Recharts is half of the page's code: it comes when this page is opened, into a kept place.
const TokenAreas = dynamic(
  () => import('../charts/TokenAreas').then((module) => module.TokenAreas),
  {
    ssr: false,
    loading: () => <Skeleton className="h-60 w-full" />,
  },
);

/** Between two drawings of the chart, each of which takes one to two frames. */
const CHART_MS = 500;

const POINTS = ['total', 'slot'] as const;

type Props = { usage: UsagePoint[]; slotMs: number };

/** Tokens over time by kind. */
export const TokenChart = memo(function TokenChart({ usage, slotMs }: Props) {
  const [shown, toggle] = useShownKinds();
  const [isCumulative, setCumulative] = useState(true);
  const [isTable, setTable] = useState(false);
  // The slowest part of the page to draw: it follows a little later, so that the rest needn't.
  const settled = useThrottled(usage, CHART_MS);
  const even = useMemo(() => evenSlots(settled, slotMs), [settled, slotMs]);
  const rows = useMemo(() => {
    const filled = isTable ? even.usage.filter((slot) => totalTokens(slot.usage) > 0) : even.usage;
    return chartRows(filled, isCumulative);
  }, [even, isCumulative, isTable]);
  const totals = useMemo(() => chartRows(usage, true).at(-1), [usage]);
  return (
    <Panel
      title="Tokens"
      aside={
        <div className="flex flex-wrap items-center gap-1">
          <Choice
            label="What each point stands for"
            options={POINTS}
            names={{ total: 'Running total', slot: `Per ${formatDuration(even.slotMs)}` }}
            chosen={isCumulative ? 'total' : 'slot'}
            onChoose={(point) => setCumulative(point === 'total')}
          />
          <Button size="small" look="quiet" onClick={() => setTable(!isTable)}>
            {isTable ? 'Show as chart' : 'Show as table'}
          </Button>
        </div>
      }
    >
      <div className="p-3">
        <TokenLegend shown={shown} totals={totals} onToggle={toggle} />
        {rows.length === 0 || shown.size === 0 ? (
          <p className="flex h-60 items-center justify-center text-ink-3">
            {rows.length === 0 ? 'No response yet' : 'All kinds of tokens are off'}
          </p>
        ) : isTable ? (
          <TokenTable rows={rows} shown={shown} />
        ) : (
          <TokenAreas rows={rows} slotMs={even.slotMs} shown={shown} isCumulative={isCumulative} />
        )}
      </div>
    </Panel>
  );
});
