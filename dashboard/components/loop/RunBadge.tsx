import type { Run } from '@claude-optimizer/protocol';
import {
  Activity,
  CalendarClock,
  CalendarX,
  CircleCheck,
  CirclePause,
  CircleQuestionMark,
  CircleStop,
  CircleX,
  LoaderCircle,
  OctagonAlert,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react';
import { runWord } from '@/lib/loop/run-words';

type Look = { icon: LucideIcon; color: string; soft: string };

const LOOKS: Record<string, Look> = {
  planned: { icon: CalendarClock, color: 'text-ink-2', soft: 'bg-surface border-line-strong' },
  'starts soon': { icon: CalendarClock, color: 'text-info', soft: 'bg-info-soft border-info' },
  waiting: { icon: CirclePause, color: 'text-warning', soft: 'bg-warning-soft border-warning' },
  starting: { icon: LoaderCircle, color: 'text-info', soft: 'bg-info-soft border-info' },
  running: { icon: Activity, color: 'text-info', soft: 'bg-info-soft border-info' },
  succeeded: { icon: CircleCheck, color: 'text-good', soft: 'bg-good-soft border-good' },
  failed: { icon: OctagonAlert, color: 'text-danger', soft: 'bg-danger-soft border-danger' },
  stopped: { icon: CircleStop, color: 'text-warning', soft: 'bg-warning-soft border-warning' },
  'needs confirmation': {
    icon: CircleQuestionMark,
    color: 'text-warning',
    soft: 'bg-warning-soft border-warning border-dashed',
  },
  'won’t start': {
    icon: TriangleAlert,
    color: 'text-danger',
    soft: 'bg-surface border-danger border-dashed',
  },
  refused: { icon: CircleX, color: 'text-ink-2', soft: 'bg-sunken border-line-strong' },
  'not run': { icon: CalendarX, color: 'text-ink-2', soft: 'bg-sunken border-line-strong' },
  missed: { icon: CalendarX, color: 'text-ink-2', soft: 'bg-sunken border-line-strong' },
};
const PLANNED: Look = {
  icon: CalendarClock,
  color: 'text-ink-2',
  soft: 'bg-surface border-line-strong',
};

/** How a state of a run or plan looks; unknown words look planned. */
export const lookOf = (word: string): Look => LOOKS[word] ?? PLANNED;

/** A state of a run or plan as icon, word and colour. */
export function StateBadge({ word }: { word: string }) {
  const { icon: Icon, color } = lookOf(word);
  return (
    <span className={`flex items-center gap-1 text-xs font-medium whitespace-nowrap ${color}`}>
      <Icon aria-hidden className="size-3.5 shrink-0" strokeWidth={2.25} />
      {word}
    </span>
  );
}

/** A run's state. */
export const RunBadge = ({ run }: { run: Run }) => <StateBadge word={runWord(run)} />;
