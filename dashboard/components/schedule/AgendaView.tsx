'use client';

import type { Busy, Schedule, ScheduledPlan } from '@claude-optimizer/protocol';
import { StateBadge } from '@/components/loop/RunBadge';
import { Skeleton } from '@/components/Skeleton';
import { useNow } from '@/lib/clock';
import { limitsText, orderTitle } from '@/lib/loop/run-words';
import { dayStart, dayText, spanText } from '@/lib/schedule/local-time';
import { planNote, planWord } from '@/lib/schedule/plan-words';
import { onPlanKey, planMark } from './plan-keys';
import type { Moving } from './useMoving';

type Props = {
  from: number;
  to: number;
  schedule: Schedule | null;
  moving: Moving;
  onOpen: (scheduled: ScheduledPlan) => void;
};

/** What is planned, day by day. */
export function AgendaView({ from, to, schedule, moving, onOpen }: Props) {
  const now = useNow(60_000);
  if (schedule === null) return <AgendaSkeleton />;
  const days: number[] = [];
  for (let day = from; day < to; day = dayStart(day, 1)) days.push(day);
  const shown = days
    .map((day) => ({ day, plans: plansOn(day, schedule.plans), busy: busyOn(day, schedule.busy) }))
    .filter(({ day, plans, busy }) => plans.length + busy.length > 0 || day === dayStart(now));
  return (
    <ol aria-label="Agenda" className="space-y-4">
      {shown.map(({ day, plans, busy }) => (
        <li key={day}>
          <h2 className="mb-1 text-xs font-semibold text-ink-2">
            {dayText(day)}
            {day === dayStart(now) && <span className="text-accent"> · today</span>}
          </h2>
          <ul className="divide-y divide-line rounded-md border border-line bg-surface">
            {plans.map((scheduled) => (
              <li key={scheduled.plan.id}>
                <PlanRow {...{ scheduled, now, moving, onOpen }} />
              </li>
            ))}
            {busy.map(({ startsAt, endsAt }) => (
              <li key={`${startsAt} ${endsAt}`} className="px-3 py-1 text-xs text-ink-3">
                <span className="tabular-nums">{spanText(startsAt, endsAt)}</span> busy
              </li>
            ))}
            {plans.length + busy.length === 0 && (
              <li className="px-3 py-2 text-ink-3">Nothing planned.</li>
            )}
          </ul>
        </li>
      ))}
    </ol>
  );
}

type RowProps = {
  scheduled: ScheduledPlan;
  now: number;
  moving: Moving;
  onOpen: (scheduled: ScheduledPlan) => void;
};

function PlanRow({ scheduled, now, moving, onOpen }: RowProps) {
  const { plan } = scheduled;
  const startsAt = moving.startOf(scheduled);
  const endsAt = startsAt + plan.endsAt - plan.startsAt;
  const isMoved = startsAt !== plan.startsAt;
  return (
    <button
      type="button"
      {...planMark(scheduled)}
      onClick={() => onOpen(scheduled)}
      onKeyDown={(event) => onPlanKey(event, scheduled, moving)}
      className="grid min-h-11 w-full grid-cols-[6.5rem_minmax(0,1fr)] gap-x-2 px-3 py-2 text-left -outline-offset-2 hover:bg-sunken sm:grid-cols-[6.5rem_minmax(0,1fr)_10rem]"
    >
      <span className={`tabular-nums ${isMoved ? 'font-medium text-accent' : 'text-ink-2'}`}>
        {plan.allDay ? 'whole day' : spanText(startsAt, endsAt)}
        {isMoved && dayStart(startsAt) !== dayStart(plan.startsAt) && (
          <span className="block text-xs">{dayText(startsAt)}</span>
        )}
      </span>
      <span className="min-w-0">
        <span className="block truncate font-medium">{plan.title}</span>
        <span className="block truncate text-xs text-ink-2">
          {planNote(scheduled) ?? `${orderTitle(plan)} · ${limitsText(plan.limits)}`}
        </span>
      </span>
      <span className="max-sm:col-start-2 max-sm:mt-0.5">
        <StateBadge word={planWord(scheduled, now)} />
      </span>
    </button>
  );
}

function AgendaSkeleton() {
  return (
    <div aria-busy className="space-y-2">
      {[0, 1, 2, 3].map((each) => (
        <Skeleton key={each} className="h-12" />
      ))}
    </div>
  );
}

const plansOn = (day: number, plans: readonly ScheduledPlan[]) =>
  plans.filter(({ plan }) => plan.startsAt >= day && plan.startsAt < dayStart(day, 1));
const busyOn = (day: number, busy: readonly Busy[]) =>
  busy.filter(({ startsAt }) => startsAt >= day && startsAt < dayStart(day, 1));
