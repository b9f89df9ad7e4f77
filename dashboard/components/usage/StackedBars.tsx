'use client';

import { memo, useMemo } from 'react';
import {
  Bar as BarShape,
  BarChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { Bar, Series } from './bars';

type Format = (count: number) => string;
type Props = { bars: Bar[]; series: Series[]; format: Format; exact: Format };

const HEIGHT = 300;
const MARGIN = { top: 8, right: 4, bottom: 0, left: 0 };
const AXIS = { tickLine: false, axisLine: false, fontSize: 11, stroke: 'var(--chart-axis)' };
const CURSOR = { fill: 'var(--sunken)' };
/** Bars narrower than this would be all border. */
const MOST_BORDERED = 120;

/** Bars in stacks, one for each step of time; the exact numbers at the pointer. */
export const StackedBars = memo(function StackedBars({ bars, series, format, exact }: Props) {
  const stroke = bars.length <= MOST_BORDERED ? 'var(--surface)' : 'none';
  const shapes = useMemo(
    () =>
      series.map(({ key, name, color }) => (
        <BarShape
          key={key}
          // A function: the name of a model may have dots, which Recharts takes for a path.
          dataKey={({ parts }: Bar) => parts[key] ?? 0}
          name={name}
          fill={color}
          stroke={stroke}
          stackId="all"
          maxBarSize={40}
          isAnimationActive={false}
        />
      )),
    [series, stroke],
  );
  return (
    <div aria-hidden style={{ height: HEIGHT }}>
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <BarChart data={bars} margin={MARGIN} barCategoryGap="18%" accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
          <XAxis {...AXIS} dataKey="short" minTickGap={24} interval="equidistantPreserveStart" />
          <YAxis {...AXIS} width={52} interval={0} tickFormatter={format} />
          <Tooltip
            isAnimationActive={false}
            cursor={CURSOR}
            content={<BarTooltip series={series} exact={exact} />}
          />
          {shapes}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
});

type TooltipProps = Pick<Props, 'series' | 'exact'> & {
  active?: boolean;
  payload?: readonly { payload?: Bar }[];
};

function BarTooltip({ series, exact, active = false, payload = [] }: TooltipProps) {
  const bar = payload[0]?.payload;
  if (!active || !bar) return null;
  const parts = series.filter(({ key }) => (bar.parts[key] ?? 0) > 0);
  return (
    <div className="rounded-sm border border-line-strong bg-raised px-2 py-1.5 text-xs tabular-nums">
      <p className="mb-1 text-ink-3">{bar.long}</p>
      {parts.toReversed().map(({ key, name, color }) => (
        <p key={key} className="flex items-center gap-2">
          <span className="size-2 rounded-xs" style={{ background: color }} />
          <span className="flex-1 pr-4 text-ink-2">{name}</span>
          {exact(bar.parts[key] ?? 0)}
        </p>
      ))}
      <p className="mt-1 flex gap-2 border-t border-line pt-1 font-medium">
        <span className="flex-1 pr-4">{bar.messages === 0 ? 'Nothing used' : 'Together'}</span>
        {bar.total === null ? 'unknown' : exact(bar.total)}
      </p>
    </div>
  );
}
