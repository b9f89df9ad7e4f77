'use client';

import type { UsageRow } from '@claude-optimizer/protocol';
import { memo, useMemo, useState } from 'react';
import { Button } from '@/components/Button';
import { Choice } from '@/components/Choice';
import { Skeleton } from '@/components/Skeleton';
import { formatCost, formatTokens } from '@/lib/format';
import { Panel } from '../session/Panel';
import type { Measure } from './figures';
import { HeatGrid, shadeColor } from './HeatGrid';
import { HeatTable } from './HeatTable';
import {
  hourName,
  hourUse,
  mostOf,
  SHADES,
  shadeTop,
  weekHours,
  type WeekHour,
} from './week-hours';

const MEASURES = ['cost', 'tokens'] as const;
const MEASURE_NAMES = { cost: 'Cost', tokens: 'Tokens' } as const;

type Props = { rows: readonly UsageRow[] | null; className?: string };

/** Which hours of the week cost or used how much, in the reader's zone. */
export const HeatMap = memo(function HeatMap({ rows, className = '' }: Props) {
  const [measure, setMeasure] = useState<Measure>('cost');
  const [isTable, setTable] = useState(false);
  const [at, setAt] = useState<string | null>(null);
  const week = useMemo(() => weekHours(rows ?? [], measure), [rows, measure]);
  const hours = week.flat();
  const looked = hours.find((hour) => hourName(hour) === at) ?? null;
  return (
    <Panel
      title="Hours of the week"
      className={className}
      aside={
        <div className="flex flex-wrap items-center gap-1">
          <Choice
            label="What the shades show"
            options={MEASURES}
            names={MEASURE_NAMES}
            chosen={measure}
            onChoose={setMeasure}
          />
          <Button size="small" look="quiet" onClick={() => setTable(!isTable)}>
            {isTable ? 'Show as map' : 'Show as table'}
          </Button>
        </div>
      }
    >
      <div className="p-3">
        {rows === null ? (
          <Skeleton className="h-56 w-full" />
        ) : isTable ? (
          <HeatTable hours={hours} />
        ) : (
          <div className="flex min-h-56 flex-col">
            <HeatGrid week={week} onLook={(hour) => setAt(hour && hourName(hour))} />
            <div className="mt-auto flex flex-wrap items-center justify-between gap-x-4 gap-y-1 pt-2 text-xs">
              <p className="min-h-4 text-ink-2 tabular-nums">{detail(looked, hours)}</p>
              <Legend most={mostOf(rows, measure)} measure={measure} />
            </div>
          </div>
        )}
      </div>
    </Panel>
  );
});

/** The hour that is looked at, or else the busiest. */
function detail(looked: WeekHour | null, hours: readonly WeekHour[]): string {
  if (looked) return `${hourName(looked)}: ${hourUse(looked.usage)}`;
  const busiest = hours.find(({ shade }) => shade === SHADES);
  if (!busiest) return 'Nothing was used.';
  return `Busiest: ${hourName(busiest)} · ${hourUse(busiest.usage)}`;
}

function Legend({ most, measure }: { most: number; measure: Measure }) {
  const format = measure === 'cost' ? formatCost : formatTokens;
  return (
    <p className="flex items-center gap-1 text-2xs text-ink-3 tabular-nums">
      <span className="sr-only">Shades from</span>0
      <span aria-hidden className="flex gap-px">
        {Array.from({ length: SHADES + 1 }, (_, shade) => (
          <span
            key={shade}
            title={`up to ${format(shadeTop(shade, most))}`}
            className="size-3 rounded-xs"
            style={{ background: shadeColor(shade) }}
          />
        ))}
      </span>
      <span className="sr-only">to</span>
      {format(most)}
    </p>
  );
}
