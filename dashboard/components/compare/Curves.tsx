'use client';

import {
  COMPARE_CLOCKS,
  curveOf,
  type CompareClock,
  type CurvePoint,
} from '@claude-optimizer/core/compare';
import { useMemo } from 'react';
import { Choice } from '@/components/Choice';
import { ErrorState } from '@/components/ErrorState';
import { Panel } from '@/components/session/Panel';
import { Skeleton } from '@/components/Skeleton';
import { useAddressQuery } from '@/hooks/useAddressQuery';
import { useAllEvents } from '@/hooks/useSessions';
import { formatCost, formatDuration, formatPercent, formatTokens } from '@/lib/format';
import type { Column } from './column';
import { Letter, sessionColor } from './Letter';

const CLOCK_WORDS: Record<CompareClock, string> = {
  elapsed: 'Elapsed',
  active: 'At work',
  share: 'Share of the way',
};
const WIDTH = 600;
const HEIGHT = 140;
/** Sessions are told apart by letter and dashes, too. */
const DASHES = ['', '6 3', '2 3', '8 3 2 3'];
/** In how many places of the clock the curves are written down. */
const PLACES = [0.25, 0.5, 0.75, 1];

type Curve = { index: number; points: CurvePoint[] };

/** Tokens and cost of each session on a clock that they share. */
export function Curves({ columns }: { columns: readonly Column[] }) {
  const [query, change] = useAddressQuery();
  const clock = COMPARE_CLOCKS.find((each) => each === query.get('clock')) ?? 'elapsed';
  const loads = useAllEvents(columns.map(({ id }) => id));
  const failure = loads.find(({ error }) => error !== null)?.error;
  const isThere = loads.length > 0 && loads.every(({ kind }) => kind === 'ready');
  const letters = columns.map(({ letter }) => letter.charCodeAt(0) - 65).join(',');
  const curves = useMemo(
    () =>
      letters.split(',').map((index, at) => ({
        index: Number(index),
        points: curveOf(loads[at]?.events ?? [], clock),
      })),
    [loads, letters, clock],
  );
  return (
    <Panel
      title="Over time"
      aside={
        <Choice
          label="Clock"
          options={COMPARE_CLOCKS}
          names={CLOCK_WORDS}
          chosen={clock}
          onChoose={(each) => change({ clock: each === 'elapsed' ? null : each })}
        />
      }
    >
      {failure && <ErrorState error={failure} className="m-3" />}
      {isThere ? (
        <div className="grid gap-4 p-3 lg:grid-cols-2">
          <Lines
            name="Cost"
            curves={curves}
            clock={clock}
            of={({ cost }) => cost}
            write={formatCost}
          />
          <Lines
            name="Tokens"
            curves={curves}
            clock={clock}
            of={({ tokens }) => tokens}
            write={formatTokens}
          />
        </div>
      ) : (
        !failure && <Skeleton className="m-3 h-52" />
      )}
    </Panel>
  );
}

type LinesProps = {
  name: string;
  curves: readonly Curve[];
  clock: CompareClock;
  of: (point: CurvePoint) => number | null;
  write: (value: number) => string;
};

function Lines({ name, curves, clock, of, write }: LinesProps) {
  const end = Math.max(...curves.map(({ points }) => points.at(-1)?.x ?? 0), 1e-9);
  const top = Math.max(...curves.map(({ points }) => of(points.at(-1) ?? NOWHERE) ?? 0), 1);
  const time = (x: number) => (clock === 'share' ? formatPercent(x) : formatDuration(x));
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1 flex justify-between text-xs text-ink-2">
        <span className="font-medium">{name}</span>
        <span className="tabular-nums">up to {write(top)}</span>
      </figcaption>
      <svg
        aria-hidden
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="block h-36 w-full border-b border-l border-line-strong"
      >
        {curves.map(({ index, points }) => (
          <path
            key={index}
            d={stepLine(points, of, end, top)}
            fill="none"
            stroke={sessionColor(index)}
            strokeWidth={1.75}
            strokeDasharray={DASHES[index]}
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
      <p className="mt-1 flex justify-between text-2xs text-ink-3 tabular-nums">
        <span>{time(0)}</span>
        <span>{time(end)}</span>
      </p>
      <div
        className="mt-1 overflow-x-auto"
        tabIndex={0}
        role="region"
        aria-label={`${name} over time`}
      >
        <table className="w-full text-xs tabular-nums">
          <thead className="text-ink-3">
            <tr>
              <th scope="col" className="pr-2 text-left font-normal">
                {CLOCK_WORDS[clock]}
              </th>
              {PLACES.map((place) => (
                <th
                  key={place}
                  scope="col"
                  className="px-2 text-right font-normal whitespace-nowrap"
                >
                  {time(end * place)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {curves.map(({ index, points }) => (
              <tr key={index} className="border-t border-line">
                <th scope="row" className="py-0.5 pr-2 text-left font-normal">
                  <span className="flex items-center gap-1.5">
                    <Letter index={index} />
                    <svg aria-hidden viewBox="0 0 24 4" className="h-1 w-6">
                      <path
                        d="M0 2H24"
                        stroke={sessionColor(index)}
                        strokeWidth={2}
                        strokeDasharray={DASHES[index]}
                      />
                    </svg>
                  </span>
                </th>
                {PLACES.map((place) => (
                  <td key={place} className="px-2 text-right">
                    {written(points, end * place, of, write)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

const NOWHERE: CurvePoint = { x: 0, tokens: 0, cost: null };

/** What a curve had reached at `x`; nothing more once it has ended. */
function written(
  points: readonly CurvePoint[],
  x: number,
  of: LinesProps['of'],
  write: LinesProps['write'],
): string {
  const last = points.at(-1);
  const point = points.findLast((each) => each.x <= x + 1e-9);
  if (!last || !point) return '–';
  const value = of(point);
  if (value === null) return '–';
  return write(value) + (x > last.x + 1e-9 ? ' (ended)' : '');
}

function stepLine(points: readonly CurvePoint[], of: LinesProps['of'], end: number, top: number) {
  const steps = points.map((point) => {
    const x = ((point.x / end) * WIDTH).toFixed(1);
    return `H${x}V${(HEIGHT - ((of(point) ?? 0) / top) * (HEIGHT - 4)).toFixed(1)}`;
  });
  return `M0 ${HEIGHT}${steps.join('')}`;
}
