'use client';

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
/** A running total goes on between its points; bars stand for their slots. */
const TIME_SCALE = { type: 'number', scale: 'time', domain: ['dataMin', 'dataMax'] } as const;
const MARGIN = { top: 4, right: 4, bottom: 0, left: 0 };
const AXIS = { tickLine: false, axisLine: false, fontSize: 11, stroke: 'var(--chart-axis)' };

const LINE_CURSOR = { stroke: 'var(--line-strong)' };
const BAR_CURSOR = { fill: 'var(--sunken)' };

/** The stacked areas (running total) or bars (per slot) of the token chart. */
export function TokenAreas({ rows, slotMs, shown, isCumulative }: Props) {
  const span = (rows.at(-1)?.at ?? 0) - (rows[0]?.at ?? 0);
  const clock = (at: number) => {
    const weekday = span >= DAY ? `${formatMoment(at).slice(0, 3)} ` : '';
    return weekday + formatClock(at).slice(0, span < TEN_MINUTES ? 8 : 5);
  };
  const kinds = TOKEN_KINDS.filter(({ kind }) => shown.has(kind));
  const axes = [
    <CartesianGrid key="grid" vertical={false} stroke="var(--chart-grid)" />,
    <XAxis
      key="x"
      {...AXIS}
      dataKey="at"
      minTickGap={48}
      tickFormatter={clock}
      {...(isCumulative ? TIME_SCALE : {})}
    />,
    <YAxis key="y" {...AXIS} width={44} tickFormatter={formatTokens} />,
    <Tooltip
      key="tooltip"
      isAnimationActive={false}
      cursor={isCumulative ? LINE_CURSOR : BAR_CURSOR}
      content={<TokenTooltip />}
    />,
  ];
  return (
    <div aria-hidden style={{ height: HEIGHT }}>
      <ResponsiveContainer width="100%" height={HEIGHT}>
        {isCumulative ? (
          <AreaChart data={closed(rows, slotMs)} margin={MARGIN} accessibilityLayer={false}>
            {axes}
            {kinds.map(({ kind, name, color }) => (
              <Area
                key={kind}
                dataKey={kind}
                name={name}
                stackId="tokens"
                type="stepAfter"
                stroke={color}
                fill={color}
                fillOpacity={0.35}
                isAnimationActive={false}
              />
            ))}
          </AreaChart>
        ) : (
          <BarChart data={rows} margin={MARGIN} accessibilityLayer={false}>
            {axes}
            {kinds.map(({ kind, name, color }) => (
              <Bar
                key={kind}
                dataKey={kind}
                name={name}
                stackId="tokens"
                fill={color}
                maxBarSize={32}
                isAnimationActive={false}
              />
            ))}
          </BarChart>
        )}
      </ResponsiveContainer>
    </div>
  );
}

/** The rows with the end of the last slot: a point alone has no area, and no last step. */
function closed(rows: ChartRow[], slotMs: number): ChartRow[] {
  const last = rows.at(-1);
  return last ? [...rows, { ...last, at: last.at + slotMs }] : rows;
}
