'use client';

import { useRef, useState, type KeyboardEvent } from 'react';
import { HOURS, hourName, hourUse, WEEKDAYS, type WeekHour } from './week-hours';

/** The colour of a shade, from nothing to the most, on either theme. */
export function shadeColor(shade: number): string {
  if (shade === 0) return 'var(--sunken)';
  return `color-mix(in oklab, var(--accent) ${[0, 22, 40, 58, 78, 100][shade]}%, var(--surface))`;
}

const STEPS: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
const within = (at: number, last: number) => Math.max(0, Math.min(last, at));

type Props = { week: readonly WeekHour[][]; onLook: (hour: WeekHour | null) => void };

/** The week as a grid: one stop for Tab, arrows, Home and End within. */
export function HeatGrid({ week, onLook }: Props) {
  const [stop, setStop] = useState({ weekday: 0, hour: 9 });
  const grid = useRef<HTMLDivElement>(null);
  const go = (weekday: number, hour: number) => {
    setStop({ weekday, hour });
    grid.current?.querySelector<HTMLElement>(`[data-at="${weekday}-${hour}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { weekday, hour } = stop;
    const step = STEPS[event.key];
    if (step) go(within(weekday + step[0], WEEKDAYS.length - 1), within(hour + step[1], HOURS - 1));
    else if (event.key === 'Home') go(weekday, 0);
    else if (event.key === 'End') go(weekday, HOURS - 1);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={grid}
      role="grid"
      aria-label="Use by weekday and hour"
      className="grid gap-y-px"
      onKeyDown={onKeyDown}
      onMouseLeave={() => onLook(null)}
      onBlur={() => onLook(null)}
    >
      {week.map((hours, weekday) => (
        <div key={weekday} role="row" className="flex h-6 items-stretch gap-px">
          <span role="rowheader" className="w-8 shrink-0 self-center text-2xs text-ink-3">
            {WEEKDAYS[weekday]}
          </span>
          {hours.map((each) => (
            <span
              key={each.hour}
              role="gridcell"
              data-at={`${weekday}-${each.hour}`}
              tabIndex={stop.weekday === weekday && stop.hour === each.hour ? 0 : -1}
              aria-label={`${hourName(each)}: ${hourUse(each.usage)}`}
              className="min-w-0 flex-1 rounded-xs hover:outline-2 hover:outline-ink-2 focus:z-1 focus-visible:outline-offset-1"
              style={{ background: shadeColor(each.shade) }}
              onMouseEnter={() => onLook(each)}
              onFocus={() => {
                setStop({ weekday, hour: each.hour });
                onLook(each);
              }}
            />
          ))}
        </div>
      ))}
      <div aria-hidden className="flex gap-px pt-0.5 text-2xs text-ink-3 tabular-nums">
        <span className="w-8 shrink-0" />
        {[0, 6, 12, 18].map((hour) => (
          <span key={hour} className="flex-1">
            {String(hour).padStart(2, '0')}
          </span>
        ))}
      </div>
    </div>
  );
}
