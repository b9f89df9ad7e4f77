'use client';

import { Suspense, useState, useSyncExternalStore } from 'react';
import { EmptyState } from '@/components/EmptyState';
import { Button } from '@/components/Button';
import { ErrorState } from '@/components/ErrorState';
import { useHotkeys } from '@/lib/hotkeys/hotkeys';
import { lazyView } from '@/lib/lazy-view';
import { readAddress, writeAddress, type ScheduleAddress } from '@/lib/schedule/address';
import { dayStart, weekStart } from '@/lib/schedule/local-time';
import { AgendaView } from './AgendaView';
import { ConfirmRequests } from './ConfirmRequests';
import { focusPlan } from './plan-keys';
import { ScheduleBar } from './ScheduleBar';
import { ScheduleSummary } from './ScheduleSummary';
import { useMoving } from './useMoving';
import { usePersonSettings, useSchedule } from './useSchedule';
import { WeekView } from './WeekView';

const PlanDialog = lazyView(() =>
  import('./PlanDialog').then((module) => ({ default: module.PlanDialog })),
);
const EntryDialog = lazyView(() =>
  import('./EntryDialog').then((module) => ({ default: module.EntryDialog })),
);

const AGENDA_DAYS = 14;

type Open = { kind: 'plan'; id: string } | { kind: 'new' } | { kind: 'edit'; id: string };

/** What is planned, running and past, and everything that can be said to it. */
export function ScheduleView() {
  const [address, setAddress] = useAddress();
  if (address === null) {
    return <h1 className="p-4 text-xl font-semibold">Schedule</h1>;
  }
  return <Shown address={address} onAddress={setAddress} />;
}

type Props = { address: Shown; onAddress: (address: ScheduleAddress) => void };
type Shown = ScheduleAddress & { isNarrow: boolean };

function Shown({ address, onAddress }: Props) {
  const { day, isNarrow } = address;
  const view = address.view ?? (isNarrow ? 'agenda' : 'week');
  const [today, setToday] = useState(() => dayStart(Date.now()));
  const from = view === 'week' ? weekStart(day ?? today) : (day ?? today);
  const to = dayStart(from, view === 'week' ? 7 : AGENDA_DAYS);
  const { schedule, isStale, answer, error, reload } = useSchedule(from, to);
  const settings = usePersonSettings();
  const moving = useMoving(answer, reload);
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => {
    setOpen(null);
    reload();
  };
  const go = (change: Partial<ScheduleAddress>) => {
    setToday(dayStart(Date.now()));
    onAddress({ view: address.view, day, ...change });
  };
  const step = (by: 1 | -1) =>
    go({ day: dayStart(from, by * (view === 'week' ? 7 : AGENDA_DAYS)) });
  useHotkeys([
    { keys: 'n', label: 'Plan a session', run: () => setOpen({ kind: 'new' }) },
    { keys: 'j', label: 'Next plan', run: () => focusPlan(1) },
    { keys: 'k', label: 'Previous plan', run: () => focusPlan(-1) },
    { keys: 'm', label: 'Move the plan in focus: arrows, then Enter or Esc' },
    { keys: 'Enter', label: 'Open the plan in focus' },
    { keys: '[', label: 'Earlier', run: () => step(-1) },
    { keys: ']', label: 'Later', run: () => step(1) },
    { keys: 't', label: 'Today', run: () => go({ day: null }) },
    {
      keys: 'v',
      label: 'Week or agenda',
      run: () => go({ view: view === 'week' ? 'agenda' : 'week' }),
    },
  ]);
  const shown = isStale ? null : schedule;
  const found = open?.kind === 'plan' || open?.kind === 'edit' ? open.id : null;
  const chosen = schedule?.plans.find(({ plan }) => plan.id === found) ?? null;
  const isEmpty = shown !== null && shown.plans.length + shown.busy.length === 0;
  const onOpen = ({ plan }: { plan: { id: string } }) => setOpen({ kind: 'plan', id: plan.id });
  return (
    <div className="space-y-3 px-3 pt-3 pb-10 sm:px-4">
      <ScheduleBar
        {...{ view, from, to }}
        onView={(next) => go({ view: next })}
        onStep={step}
        onToday={() => go({ day: null })}
        onNew={() => setOpen({ kind: 'new' })}
      />
      {(error ?? moving.error) && (
        <ErrorState error={error ?? moving.error ?? new Error()} onRetry={reload} />
      )}
      <ScheduleSummary schedule={schedule} onChanged={reload} />
      {schedule && (
        <ConfirmRequests
          plans={schedule.plans}
          template={settings.value?.settings.launcher.template ?? null}
          onChanged={reload}
        />
      )}
      <p role="status" className="sr-only">
        {moving.text}
      </p>
      {view === 'week' ? (
        <WeekView
          {...{ from, moving, onOpen }}
          schedule={shown}
          workingHours={settings.value?.settings.calendar.workingHours ?? null}
        />
      ) : (
        <AgendaView {...{ from, to, moving, onOpen }} schedule={shown} />
      )}
      {isEmpty && view === 'agenda' && <Nothing onNew={() => setOpen({ kind: 'new' })} />}
      <Suspense>
        {open?.kind === 'plan' && chosen && (
          <PlanDialog
            key={chosen.plan.id}
            scheduled={chosen}
            template={settings.value?.settings.launcher.template ?? null}
            onEdit={() => setOpen({ kind: 'edit', id: chosen.plan.id })}
            onClose={close}
          />
        )}
        {(open?.kind === 'new' || (open?.kind === 'edit' && chosen)) && (
          <EntryDialog
            plan={open.kind === 'edit' ? (chosen?.plan ?? null) : null}
            plans={schedule?.plans ?? []}
            onClose={close}
          />
        )}
      </Suspense>
    </div>
  );
}

function Nothing({ onNew }: { onNew: () => void }) {
  return (
    <EmptyState
      title="Nothing is planned"
      actions={
        <Button look="primary" onClick={onNew}>
          Plan a session
        </Button>
      }
    >
      <p>
        Plan a session here, or add a calendar in Settings: its events that begin with “Claude:”
        appear here and start by themselves.
      </p>
    </EmptyState>
  );
}

const NARROW = '(max-width: 47.99rem)';

function watchWidth(listener: () => void): () => void {
  const query = window.matchMedia(NARROW);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

const noWatch = () => () => undefined;

/** What the address says; null while the static page is shown. */
function useAddress(): [Shown | null, (address: ScheduleAddress) => void] {
  const [changed, setChanged] = useState<ScheduleAddress | null>(null);
  const isNarrow = useSyncExternalStore(
    watchWidth,
    () => window.matchMedia(NARROW).matches,
    () => false,
  );
  const query = useSyncExternalStore(
    noWatch,
    () => window.location.search,
    () => null,
  );
  const set = (address: ScheduleAddress) => {
    setChanged(address);
    window.history.replaceState(null, '', window.location.pathname + writeAddress(address));
  };
  if (query === null) return [null, set];
  return [{ ...(changed ?? readAddress(query)), isNarrow }, set];
}
