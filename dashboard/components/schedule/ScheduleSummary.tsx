'use client';

import type { Schedule } from '@claude-optimizer/protocol';
import { Pause, Play } from 'lucide-react';
import { Button } from '@/components/Button';
import { Meter } from '@/components/Meter';
import { useAction } from '@/hooks/useAction';
import { formatCost } from '@/lib/format';
import { pauseSchedule } from '@/lib/schedule/schedule-api';

type Props = { schedule: Schedule | null; onChanged: () => void };

/** What launched sessions have used of their caps, and whether anything starts by itself. */
export function ScheduleSummary({ schedule, onChanged }: Props) {
  const { run, isBusy, error } = useAction();
  const paused = schedule?.paused ?? false;
  const caps = schedule?.caps;
  const used = schedule?.used;
  return (
    <section
      aria-label="Caps and pause"
      className={`flex min-h-12 flex-wrap items-center gap-x-6 gap-y-2 rounded-md border px-3 py-2 ${paused ? 'border-warning bg-warning-soft' : 'border-line bg-surface'}`}
    >
      <Used name="Today" used={used?.dayMicrodollars} cap={caps?.dayMicrodollars ?? null} isMoney />
      <Used
        name="This week"
        used={used?.weekMicrodollars}
        cap={caps?.weekMicrodollars ?? null}
        isMoney
      />
      <Used name="Runs today" used={used?.runsToday} cap={caps?.runsPerDay ?? null} />
      <div className="flex items-center gap-2 sm:ml-auto">
        <span
          role="status"
          className={`text-xs ${paused ? 'font-medium text-warning' : 'text-ink-2'}`}
        >
          {stateText(schedule)}
        </span>
        <Button
          size="small"
          disabled={isBusy || schedule === null}
          onClick={() =>
            run(async () => {
              await pauseSchedule(!paused);
              onChanged();
            })
          }
        >
          {paused ? (
            <Play aria-hidden className="size-3.5" />
          ) : (
            <Pause aria-hidden className="size-3.5" />
          )}
          {paused ? 'Resume' : 'Pause'}
        </Button>
      </div>
      {error && (
        <p role="alert" className="w-full text-danger">
          {error.message}
        </p>
      )}
    </section>
  );
}

function stateText(schedule: Schedule | null): string {
  if (schedule === null) return '';
  if (schedule.paused) return 'Paused: nothing starts by itself';
  return schedule.autoStart
    ? 'Plans start by themselves'
    : 'Warnings only: nothing starts by itself';
}

type UsedProps = { name: string; used: number | undefined; cap: number | null; isMoney?: boolean };

function Used({ name, used, cap, isMoney = false }: UsedProps) {
  const text = (amount: number) => (isMoney ? formatCost(amount) : String(amount));
  const share = used === undefined || cap === null ? null : used / cap;
  const said = used === undefined ? '–' : text(used);
  const limit = cap === null ? 'no cap' : `of ${text(cap)}`;
  return (
    <div className="min-w-28">
      <p className="flex justify-between gap-2 text-xs">
        <span className="text-ink-2">{name}</span>
        <span className="tabular-nums">
          {said} <span className="text-ink-3">{limit}</span>
        </span>
      </p>
      <Meter
        share={share ?? 0}
        label={`${name}: ${said} ${limit}`}
        color={share !== null && share >= 0.8 ? 'var(--warning)' : 'var(--ink-3)'}
        className="mt-1"
      />
    </div>
  );
}
