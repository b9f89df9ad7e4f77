'use client';

import { memo, useMemo } from 'react';
import {
  Area,
  AreaChart,
  Bar,
  BarChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatClock, formatMoment, formatTokens } from '@/lib/format';
import { roundMoments } from '@/lib/round-moments';
import { TokenTooltip } from './TokenTooltip';
import { TOKEN_KINDS, type ChartRow, type TokenKind } from './token-kinds';

type Props = {
  rows: ChartRow[];
  slotMs: number;
  shown: ReadonlySet<TokenKind>;
  isCumulative: boolean;
};

const HEIGHT = 240;
const TEN_MINUTES = 600_000;
const DAY = 86_400_000;
const MOST_TICKS = 8;
/** A running total goes on between its points; bars stand for their slots. */
const TIME_SCALE = { type: 'number', scale: 'time', domain: ['dataMin', 'dataMax'] } as const;
const MARGIN = { top: 4, right: 4, bottom: 0, left: 0 };
const AXIS = { tickLine: false, axisLine: false, fontSize: 11, stroke: 'var(--chart-axis)' };

const LINE_CURSOR = { stroke: 'var(--line-strong)' };
const BAR_CURSOR = { fill: 'var(--sunken)' };

/**
 * The stacked areas (running total) or bars (per slot) of the token chart. What stays the same
 * from one drawing to the next is the same element: Recharts takes up each new one anew.
 */
export const TokenAreas = memo(function TokenAreas({ rows, slotMs, shown, isCumulative }: Props) {
  const data = useMemo(
    () => (isCumulative ? closed(rows, slotMs) : rows),
    [rows, slotMs, isCumulative],
  );
  const [from, to] = [data[0]?.at ?? 0, data.at(-1)?.at ?? 0];
  const [isOfSeconds, isOfDays] = [to - from < TEN_MINUTES, to - from >= DAY];
  // As one text, which is the same as long as they are.
  const moments = JSON.stringify(roundMoments(from, to, MOST_TICKS));
  const axes = useMemo(() => {
    const clock = (at: number) => {
      const weekday = isOfDays ? `${formatMoment(at).slice(0, 3)} ` : '';
      return weekday + formatClock(at).slice(0, isOfSeconds ? 8 : 5);
    };
    return [
      <CartesianGrid key="grid" vertical={false} stroke="var(--chart-grid)" />,
      <XAxis
        key="x"
        {...AXIS}
        dataKey="at"
        minTickGap={24}
        interval="equidistantPreserveStart"
        tickFormatter={clock}
        {...(isCumulative ? { ...TIME_SCALE, ticks: JSON.parse(moments) as number[] } : {})}
      />,
      // All ticks fit, always: without `interval` each is measured in the document to find out.
      <YAxis key="y" {...AXIS} width={44} interval={0} tickFormatter={formatTokens} />,
      <Tooltip
        key="tooltip"
        isAnimationActive={false}
        cursor={isCumulative ? LINE_CURSOR : BAR_CURSOR}
        content={<TokenTooltip />}
      />,
    ];
  }, [isCumulative, isOfSeconds, isOfDays, moments]);
  const series = useMemo(() => {
    const kinds = TOKEN_KINDS.filter(({ kind }) => shown.has(kind));
    return kinds.map(({ kind, name, color }) => {
      const look = { dataKey: kind, name, fill: color, stackId: 'tokens' };
      return isCumulative ? (
        <Area
          key={kind}
          {...look}
          type="stepAfter"
          stroke={color}
          fillOpacity={0.35}
          isAnimationActive={false}
        />
      ) : (
        <Bar key={kind} {...look} maxBarSize={32} isAnimationActive={false} />
      );
    });
  }, [isCumulative, shown]);
  const Chart = isCumulative ? AreaChart : BarChart;
  return (
    <div aria-hidden style={{ height: HEIGHT }}>
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <Chart data={data} margin={MARGIN} accessibilityLayer={false}>
          {axes}
          {series}
        </Chart>
      </ResponsiveContainer>
    </div>
  );
});

/** The rows with the end of the last slot: a point alone has no area, and no last step. */
function closed(rows: ChartRow[], slotMs: number): ChartRow[] {
  const last = rows.at(-1);
  return last ? [...rows, { ...last, at: last.at + slotMs }] : rows;
}
