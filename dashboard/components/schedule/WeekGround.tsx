import type { Busy, CalendarSettings } from '@claude-optimizer/protocol';
import { dayStart, minutesOfDay, spanText } from '@/lib/schedule/local-time';

const HATCHED =
  'repeating-linear-gradient(135deg, var(--line) 0 1px, transparent 1px 6px), var(--sunken)';

/** Minutes since midnight of `09:30`. */
export function readClock(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
}

const percentOfDay = (minutes: number) => `${(minutes / 1_440) * 100}%`;

type Props = {
  days: readonly number[];
  busy: readonly Busy[];
  workingHours: CalendarSettings['workingHours'] | null;
};

/** What lies behind the plans: hours, working hours, and when the person is busy. */
export function WeekGround({ days, busy, workingHours }: Props) {
  return (
    <div className="absolute inset-0 grid grid-cols-7">
      {days.map((day) => (
        <div key={day} className="relative border-l border-line bg-canvas">
          {workingHours?.days.includes(isoDay(day)) && (
            <Stretch
              from={readClock(workingHours.from)}
              to={readClock(workingHours.to)}
              background="var(--surface)"
            />
          )}
          <div
            aria-hidden
            className="absolute inset-0"
            style={{
              background:
                'repeating-linear-gradient(to bottom, transparent 0 calc(100% / 24 - 1px), var(--line) calc(100% / 24 - 1px) calc(100% / 24))',
            }}
          />
          {busyOn(day, busy).map(({ from, to, title }) => (
            <Stretch key={`${from} ${to}`} {...{ from, to, title }} background={HATCHED} />
          ))}
        </div>
      ))}
    </div>
  );
}

type StretchProps = { from: number; to: number; background: string; title?: string };

function Stretch({ from, to, background, title }: StretchProps) {
  return (
    <div
      title={title}
      className="absolute inset-x-0"
      style={{ top: percentOfDay(from), height: percentOfDay(to - from), background }}
    />
  );
}

/** Monday is 1, Sunday 7. */
function isoDay(day: number): number {
  return ((new Date(day).getDay() + 6) % 7) + 1;
}

function busyOn(day: number, busy: readonly Busy[]) {
  const next = dayStart(day, 1);
  return busy
    .filter(({ startsAt, endsAt }) => startsAt < next && endsAt > day)
    .map(({ startsAt, endsAt }) => ({
      from: startsAt <= day ? 0 : minutesOfDay(startsAt),
      to: endsAt >= next ? 1_440 : minutesOfDay(endsAt),
      title: `Busy ${spanText(startsAt, endsAt)}`,
    }));
}
