import { ChevronLeft, ChevronRight, Plus } from 'lucide-react';
import { Button } from '@/components/Button';
import { Choice } from '@/components/Choice';
import { scheduleViews, type ScheduleView } from '@/lib/schedule/address';
import { dayStart, dayText, weekText } from '@/lib/schedule/local-time';

const NAMES = { week: 'Week', agenda: 'Agenda' } as const;

type Props = {
  view: ScheduleView;
  from: number;
  to: number;
  onView: (view: ScheduleView) => void;
  onStep: (by: 1 | -1) => void;
  onToday: () => void;
  onNew: () => void;
};

/** Which days are shown and how, and a new plan. */
export function ScheduleBar({ view, from, to, onView, onStep, onToday, onNew }: Props) {
  const span = view === 'week' ? weekText(from) : `${dayText(from)} – ${dayText(dayStart(to, -1))}`;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <h1 className="text-xl font-semibold">Schedule</h1>
      <div className="flex items-center gap-1">
        <Button size="small" aria-label="Earlier" onClick={() => onStep(-1)}>
          <ChevronLeft aria-hidden className="size-3.5" />
        </Button>
        <Button size="small" onClick={onToday}>
          Today
        </Button>
        <Button size="small" aria-label="Later" onClick={() => onStep(1)}>
          <ChevronRight aria-hidden className="size-3.5" />
        </Button>
        <span role="status" className="ml-2 whitespace-nowrap text-ink-2">
          {span}
        </span>
      </div>
      <div className="flex items-center gap-2 sm:ml-auto">
        <Choice
          label="View"
          options={scheduleViews}
          names={NAMES}
          chosen={view}
          onChoose={onView}
        />
        <Button look="primary" onClick={onNew}>
          <Plus aria-hidden className="size-4" />
          Plan a session
        </Button>
      </div>
    </div>
  );
}
