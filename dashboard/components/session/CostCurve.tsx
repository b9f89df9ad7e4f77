import type { UsagePoint } from '@claude-optimizer/protocol';
import { useMemo } from 'react';
import { runningTotal, type Total } from './running-total';
import { formatClock, formatCost, formatMoment } from '@/lib/format';

const WIDTH = 300;
const HEIGHT = 64;
const DAY_MS = 86_400_000;
/** A budget far above the cost would press the line flat: it is drawn from this share on. */
const BUDGET_SHOWN_FROM = 0.25;

type Props = { usage: readonly UsagePoint[]; slotMs: number; budget: number | null };

/** The total over time as a step line, the budget as a dashed one; the numbers stand above. */
export function CostCurve({ usage, slotMs, budget }: Props) {
  const totals = useMemo(() => runningTotal(usage), [usage]);
  const { line, limit } = useMemo(() => curve(totals, slotMs, budget), [totals, slotMs, budget]);
  const [first, last] = [usage[0], usage.at(-1)];
  if (!first || !last || totals.at(-1)?.sum === null) {
    return (
      <p className="flex h-21 items-center text-xs text-ink-3">
        {first ? 'No response with a known price' : 'No response yet'}
      </p>
    );
  }
  const time = last.at - first.at < DAY_MS ? formatClock : formatMoment;
  return (
    <div className="h-21">
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
      <p className="mt-1 flex justify-between text-2xs text-ink-3">
        <time dateTime={new Date(first.at).toISOString()}>{time(first.at)}</time>
        {limit !== null && <span>dashed: the budget</span>}
        <time dateTime={new Date(last.at).toISOString()}>{time(last.at)}</time>
      </p>
    </div>
  );
}

/** The curve's numbers, the newest first. */
export function CostTable({ usage }: { usage: readonly UsagePoint[] }) {
  const sums = useMemo(() => runningTotal(usage).toReversed(), [usage]);
  const isOverDays = (usage.at(-1)?.at ?? 0) - (usage[0]?.at ?? 0) >= DAY_MS;
  const time = isOverDays ? formatMoment : formatClock;
  return (
    <div className="h-21 overflow-auto" tabIndex={0} role="region" aria-label="Cost over time">
      <table className="w-full text-xs tabular-nums">
        <thead className="sticky top-0 bg-surface text-ink-3">
          <tr>
            {['Time', 'Spent', 'Total'].map((name) => (
              <th key={name} scope="col" className="text-right font-normal first:text-left">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sums.map(({ at, spent, sum }) => (
            <tr key={at} className="border-t border-line">
              <th scope="row" className="text-left font-normal text-ink-2" title={formatMoment(at)}>
                {time(at)}
              </th>
              <td className="text-right">{formatCost(spent)}</td>
              <td className="text-right">{formatCost(sum)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function curve(totals: readonly Total[], slotMs: number, budget: number | null) {
  const [first, last] = [totals[0], totals.at(-1)];
  if (!first || !last) return { line: '', limit: null };
  // To the end of the last slot, or its step would have no width.
  const span = last.at + slotMs - first.at;
  const spent = last.sum ?? 0;
  const isNear = budget !== null && spent >= budget * BUDGET_SHOWN_FROM;
  const top = Math.max(1, spent, isNear ? budget : 0);
  const y = (sum: number) => (HEIGHT - 2 - (sum / top) * (HEIGHT - 4)).toFixed(1);
  const steps = totals.map(
    ({ at, sum }) => `H${(((at - first.at) / span) * WIDTH).toFixed(1)}V${y(sum ?? 0)}`,
  );
  const limit = isNear ? Number(y(budget)) : null;
  return { line: `M0 ${y(0)}${steps.join('')}H${WIDTH}`, limit };
}
