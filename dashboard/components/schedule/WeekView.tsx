'use client';

import type { CalendarSettings, Schedule, ScheduledPlan } from '@claude-optimizer/protocol';
import { useEffect, useRef } from 'react';
import { useNow } from '@/lib/clock';
import { inLanes } from '@/lib/schedule/lanes';
import { clockText, dayStart, dayText, minutesOfDay } from '@/lib/schedule/local-time';
import { PlanBlock } from './PlanBlock';
import type { Moving } from './useMoving';
import { readClock, WeekGround } from './WeekGround';

/** Height of an hour (px). */
export const HOUR = 44;
const DAY_MINUTES = 1_440;
/** A plan is never lower than this many minutes, so that it can be read. */
const LEAST_MINUTES = 40;
const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;

type Props = {
  from: number;
  schedule: Schedule | null;
  workingHours: CalendarSettings['workingHours'] | null;
  moving: Moving;
  onOpen: (scheduled: ScheduledPlan) => void;
};

/** Seven days by the hour: plans, busy time, working hours and now. */
export function WeekView({ from, schedule, workingHours, moving, onOpen }: Props) {
  const now = useNow(60_000);
  const scroller = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const opensAt = workingHours?.from ?? '09:00';
  useEffect(() => {
    scroller.current?.scrollTo({ top: (readClock(opensAt) / 60 - 1) * HOUR });
  }, [opensAt]);
  const days = DAYS.map((day) => dayStart(from, day));
  const measure = () => ({
    dayWidth: (layer.current?.clientWidth ?? 700) / 7,
    hourHeight: HOUR,
  });
  const plans = schedule?.plans ?? [];
  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label="Week by the hour"
      aria-busy={schedule === null}
      className="relative h-[calc(100dvh-14rem)] min-h-96 overflow-auto rounded-md border border-line bg-surface"
    >
      <div className="grid min-w-[44rem] grid-cols-[3rem_1fr]">
        <div className="sticky top-0 left-0 z-7 border-r border-b border-line bg-surface" />
        <DayNames days={days} now={now} plans={plans} onOpen={onOpen} />
        <Hours />
        <div ref={layer} className="relative" style={{ height: 24 * HOUR }}>
          <WeekGround days={days} busy={schedule?.busy ?? []} workingHours={workingHours} />
          <NowLine days={days} now={now} />
          {placed(plans, days, moving).map(({ scheduled, startsAt, part, style }) => (
            <PlanBlock
              key={`${scheduled.plan.id} ${part}`}
              isRest={part > 0}
              {...{ scheduled, startsAt, now, moving, style, measure }}
              onOpen={() => onOpen(scheduled)}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** Each plan's parts by day, side by side where they overlap. Keys stay, so that focus stays. */
function placed(plans: readonly ScheduledPlan[], days: readonly number[], moving: Moving) {
  const timed = plans.filter(({ plan }) => !plan.allDay);
  return days
    .flatMap((day, index) => {
      const next = dayStart(day, 1);
      const parts = timed.flatMap((scheduled) => {
        const startsAt = moving.startOf(scheduled);
        const endsAt = startsAt + scheduled.plan.endsAt - scheduled.plan.startsAt;
        if (endsAt <= day || startsAt >= next) return [];
        const from = startsAt < day ? 0 : minutesOfDay(startsAt);
        const end = endsAt >= next ? DAY_MINUTES : minutesOfDay(endsAt);
        const to = Math.min(DAY_MINUTES, Math.max(end, from + LEAST_MINUTES));
        const part = startsAt < day ? 1 + index : 0;
        return [{ scheduled, startsAt, part, from: Math.min(from, DAY_MINUTES - 20), to }];
      });
      return inLanes(parts).map(({ item, lane, lanes }) => ({
        ...item,
        style: {
          top: (item.from / 60) * HOUR + 1,
          height: ((item.to - item.from) / 60) * HOUR - 2,
          left: `calc(${((index + lane / lanes) / 7) * 100}% + 2px)`,
          width: `calc(${100 / 7 / lanes}% - 4px)`,
        },
      }));
    })
    .toSorted((a, b) => a.scheduled.plan.startsAt - b.scheduled.plan.startsAt);
}

type NamesProps = {
  days: readonly number[];
  now: number;
  plans: readonly ScheduledPlan[];
  onOpen: (scheduled: ScheduledPlan) => void;
};

/** The days, and what is planned for the whole of each. */
function DayNames({ days, now, plans, onOpen }: NamesProps) {
  return (
    <div className="sticky top-0 z-6 grid grid-cols-7 border-b border-line bg-surface">
      {days.map((day) => {
        const isToday = day === dayStart(now);
        const whole = plans.filter(
          ({ plan }) => plan.allDay && plan.startsAt < dayStart(day, 1) && plan.endsAt > day,
        );
        return (
          <div key={day} className="min-w-0 border-l border-line px-1 py-1.5 text-center">
            <h2
              aria-current={isToday ? 'date' : undefined}
              className={`text-xs ${isToday ? 'font-semibold text-accent' : 'font-medium text-ink-2'}`}
            >
              {dayText(day)}
            </h2>
            {whole.map((scheduled) => (
              <button
                key={scheduled.plan.id}
                type="button"
                title="For the whole day: it doesn’t start by itself."
                onClick={() => onOpen(scheduled)}
                className="mt-1 block w-full truncate rounded-sm border border-line-strong px-1 text-left text-2xs"
              >
                {scheduled.plan.title}
              </button>
            ))}
          </div>
        );
      })}
    </div>
  );
}

function Hours() {
  return (
    <div
      aria-hidden
      className="sticky left-0 z-6 border-r border-line bg-surface text-right text-2xs text-ink-3 tabular-nums"
      style={{ height: 24 * HOUR }}
    >
      {Array.from({ length: 23 }, (_, index) => (
        <span
          key={index}
          className="absolute right-1.5 -translate-y-1/2"
          style={{ top: (index + 1) * HOUR }}
        >
          {String(index + 1).padStart(2, '0')}:00
        </span>
      ))}
    </div>
  );
}

function NowLine({ days, now }: { days: readonly number[]; now: number }) {
  const index = days.indexOf(dayStart(now));
  if (index === -1) return null;
  return (
    <div
      role="img"
      aria-label={`Now, ${clockText(now)}`}
      className="pointer-events-none absolute z-4 h-0.5 bg-accent"
      style={{
        top: (minutesOfDay(now) / 60) * HOUR,
        left: `${(index / 7) * 100}%`,
        width: `${100 / 7}%`,
      }}
    />
  );
}
