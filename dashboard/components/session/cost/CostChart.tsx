'use client';

import {
  readMarks,
  readWaits,
  standstills,
  timeAxis,
  type Mark,
  type Story,
} from '@claude-optimizer/core/story';
import type { SessionEvent } from '@claude-optimizer/protocol';
import { memo, useMemo, useState } from 'react';
import { Button } from '@/components/Button';
import { formatClock, formatCost, formatMoment } from '@/lib/format';
import { Panel } from '../Panel';
import { MARK_LOOKS } from '../story/mark-looks';
import { PlaceLink } from '../story/PlaceLink';
import { costLine, stepPath } from './cost-line';

const SIZE = { width: 1_000, height: 120 };
const DAY_MS = 86_400_000;
/** More marks than that can't be told apart. */
const MOST_MARKS = 200;

type Props = { story: Story; events: readonly SessionEvent[] };

/** The cost as it grew, long waits shortened, with what happened on the way. */
export const CostChart = memo(function CostChart({ story, events }: Props) {
  const [isTable, setTable] = useState(false);
  const { points, marks, starts } = useMemo(() => chartOf(story, events), [story, events]);
  const line = stepPath(points, story.cost ?? 0, SIZE);
  const time = story.lastAt - story.startAt < DAY_MS ? formatClock : formatMoment;
  return (
    <Panel
      title="Cost over time"
      aside={
        <Button size="small" look="quiet" onClick={() => setTable(!isTable)}>
          {isTable ? 'Show as line' : 'Show as table'}
        </Button>
      }
    >
      {isTable ? (
        <MarkTable marks={marks} story={story} />
      ) : (
        <div className="p-3">
          <p className="text-2xs text-ink-3">{formatCost(story.cost)}</p>
          <div className="relative">
            <svg
              role="img"
              aria-label={`The cost grew to ${formatCost(story.cost)} in ${story.turns.length} turns. The table has the numbers.`}
              viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
              preserveAspectRatio="none"
              className="block h-32 w-full overflow-visible border-b border-line"
            >
              {starts.map((place) => (
                <path
                  key={place}
                  d={`M${(place * SIZE.width).toFixed(1)} 0V${SIZE.height}`}
                  className="stroke-line"
                  vectorEffect="non-scaling-stroke"
                />
              ))}
              <path d={`${line}V${SIZE.height}H0z`} className="fill-accent-soft" />
              <path
                d={line}
                className="fill-none stroke-accent"
                strokeWidth={1.5}
                vectorEffect="non-scaling-stroke"
              />
            </svg>
            <div aria-hidden className="relative h-4">
              {marks.slice(0, MOST_MARKS).map(({ mark, place }) => {
                const { Icon, color } = MARK_LOOKS[mark.kind];
                return (
                  <span
                    key={`${mark.at} ${mark.kind} ${mark.text}`}
                    title={`${formatMoment(mark.at)}: ${MARK_LOOKS[mark.kind].name}: ${mark.text}`}
                    className={`absolute top-0.5 -translate-x-1/2 ${color}`}
                    style={{ left: `${(place * 100).toFixed(2)}%` }}
                  >
                    <Icon className="size-3" />
                  </span>
                );
              })}
            </div>
          </div>
          <p className="mt-0.5 flex justify-between gap-2 text-2xs text-ink-3">
            <time dateTime={new Date(story.startAt).toISOString()}>{time(story.startAt)}</time>
            <span>long waits are shortened; vertical lines: turns</span>
            <time dateTime={new Date(story.lastAt).toISOString()}>{time(story.lastAt)}</time>
          </p>
        </div>
      )}
    </Panel>
  );
});

type Placed = { mark: Mark; place: number };

function chartOf(story: Story, events: readonly SessionEvent[]) {
  const pauses = standstills(story, readWaits(story, story.lastAt));
  const axis = timeAxis(story.startAt, story.lastAt, pauses);
  const placeOf = (at: number) =>
    axis.length === 0 ? 0 : Math.max(0, Math.min(1, axis.toShown(at) / axis.length));
  return {
    points: costLine(story.responses, placeOf),
    marks: readMarks(events).map((mark): Placed => ({ mark, place: placeOf(mark.at) })),
    starts: [...new Set(story.turns.map(({ startAt }) => placeOf(startAt)))],
  };
}

/** The cost at each turn’s end, and the marks, in words. */
function MarkTable({ marks, story }: { marks: readonly Placed[]; story: Story }) {
  const rows = useMemo(() => {
    const turns = story.turns.map(({ startAt, number, prompt, recordId }) => ({
      ...{ at: startAt, place: recordId, what: `Turn ${number}` },
      text: prompt ?? '',
    }));
    const marked = marks.map(({ mark: { at, kind, text, place } }) => ({
      ...{ at, text, place },
      what: MARK_LOOKS[kind].name,
    }));
    let [next, sum] = [0, 0];
    return [...turns, ...marked]
      .sort((a, b) => a.at - b.at)
      .map((row) => {
        for (; next < story.responses.length; next += 1) {
          const response = story.responses[next];
          if (response === undefined || response.at > row.at) break;
          sum += response.cost ?? 0;
        }
        return { ...row, sum };
      });
  }, [marks, story]);
  return (
    <div
      className="h-48 overflow-auto px-3"
      tabIndex={0}
      role="region"
      aria-label="Cost over time, in numbers"
    >
      <table className="w-full text-xs tabular-nums">
        <thead className="sticky top-0 bg-surface text-ink-3">
          <tr>
            {['Time', 'What', '', 'Cost so far'].map((name, index) => (
              <th
                key={name}
                scope="col"
                className={`py-1 font-normal ${index === 3 ? 'text-right' : 'text-left'}`}
              >
                {name === '' ? <span className="sr-only">Words</span> : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, what, text, place, sum }, index) => (
            <tr key={index} className="border-t border-line">
              <th scope="row" className="py-1 pr-3 text-left font-normal text-ink-2">
                <time dateTime={new Date(at).toISOString()} title={formatMoment(at)}>
                  {formatClock(at)}
                </time>
              </th>
              <td className="pr-3 whitespace-nowrap">{what}</td>
              <td className="w-full max-w-0 truncate" title={text}>
                <PlaceLink place={place}>{text}</PlaceLink>
              </td>
              <td className="pl-3 text-right">{formatCost(sum)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
