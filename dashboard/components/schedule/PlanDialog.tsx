'use client';

import { buildPrompt } from '@claude-optimizer/core/run';
import type { Plan, ScheduledPlan } from '@claude-optimizer/protocol';
import { Pencil, Play, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useState, type ReactNode } from 'react';
import { Button } from '@/components/Button';
import { DialogFrame } from '@/components/DialogFrame';
import { ErrorState } from '@/components/ErrorState';
import { INPUT } from '@/components/form/Field';
import { StateBadge } from '@/components/loop/RunBadge';
import { Words } from '@/components/loop/Words';
import { RunActions } from '@/components/loop/RunActions';
import { SessionOutcome } from '@/components/loop/SessionOutcome';
import { useAction } from '@/hooks/useAction';
import { useNow } from '@/lib/clock';
import { isActive, limitsText } from '@/lib/loop/run-words';
import { dayText, localText, spanText } from '@/lib/schedule/local-time';
import { canChange, changeText, planWord } from '@/lib/schedule/plan-words';
import { dropPlan, movePlan, startPlan } from '@/lib/schedule/schedule-api';
import { sessionHref } from '@/lib/session-path';
import { ApprovalButtons } from './ApprovalButtons';
import { Problems } from './Problems';

type Props = {
  scheduled: ScheduledPlan;
  template: string | null;
  onEdit: () => void;
  onClose: () => void;
};

/** One plan: what it would start, what stands in its way, what became of it. */
export function PlanDialog({ scheduled, template, onEdit, onClose }: Props) {
  const { plan, run, hindrance, changed, approval } = scheduled;
  const now = useNow(60_000);
  const word = planWord(scheduled, now);
  return (
    <DialogFrame
      title={plan.title}
      isText
      onClose={onClose}
      actions={<Actions scheduled={scheduled} onEdit={onEdit} onClose={onClose} />}
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <StateBadge word={word} />
        <span className="tabular-nums">
          {dayText(plan.startsAt)},{' '}
          {plan.allDay ? 'the whole day' : spanText(plan.startsAt, plan.endsAt)}
        </span>
        {run?.sessionId && (
          <Link
            href={sessionHref(run.sessionId)}
            prefetch={false}
            className="text-accent underline"
          >
            See the session
          </Link>
        )}
      </div>
      {hindrance !== null && <p className="text-ink-2">{hindrance}</p>}
      {changed !== null && <p className="text-warning">{changeText(scheduled)}</p>}
      {run !== null && isActive(run) && <RunActions run={run} />}
      {plan.problems.length > 0 && <Problems problems={plan.problems} />}
      {approval === 'needed' && plan.endsAt > now && (
        <ApprovalButtons plan={plan} onChanged={onClose} />
      )}
      <Facts plan={plan} />
      {run ? (
        <SessionOutcome run={run} />
      ) : (
        <section>
          <h3 className="mb-1 text-xs font-semibold">Objectives</h3>
          <ul className="list-inside list-disc">
            {plan.objectives.map((objective) => (
              <li key={objective} className="break-words">
                {objective}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3 className="mb-1 text-xs font-semibold">Prompt, word for word</h3>
        <Words label="Prompt" text={buildPrompt(template, plan)} />
      </section>
      {canChange(scheduled, now) && <MoveForm plan={plan} onMoved={onClose} />}
    </DialogFrame>
  );
}

function Facts({ plan }: { plan: Plan }) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-y-0.5">
      <Fact name="Project">{plan.project ?? plan.path ?? 'none'}</Fact>
      {plan.phase !== null && <Fact name="Phase">{plan.phase}</Fact>}
      <Fact name="Model">{plan.model ?? 'as in the settings'}</Fact>
      <Fact name="Limits">{limitsText(plan.limits)}</Fact>
      <Fact name="Calendar">{plan.source === 'own' ? 'your own schedule' : plan.source}</Fact>
      {plan.zone !== here && (
        <Fact name="There">
          {localText(plan.startsAt, plan.zone).replace('T', ' ')} {plan.zone}
        </Fact>
      )}
      {plan.constraints.length > 0 && <Fact name="Constraints">{plan.constraints.join('; ')}</Fact>}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">{name}</dt>
      <dd className="break-words">{children}</dd>
    </>
  );
}

/** For fingers: a plan is moved by its time. */
function MoveForm({ plan, onMoved }: { plan: Plan; onMoved: () => void }) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [text, setText] = useState(() => localText(plan.startsAt, here));
  const { run, isBusy, error } = useAction();
  const startsAt = new Date(text).getTime();
  const isNew = Number.isFinite(startsAt) && (plan.allDay || startsAt !== plan.startsAt);
  return (
    <form
      className="space-y-1"
      onSubmit={(event) => {
        event.preventDefault();
        run(async () => {
          await movePlan(plan, startsAt);
          onMoved();
        });
      }}
    >
      <label className="block text-xs text-ink-2" htmlFor="plan-move">
        {plan.allDay
          ? 'It starts by itself once it has a time'
          : `Move ${plan.recurrence === null ? 'it' : 'only this one'} to`}
      </label>
      <div className="flex gap-2">
        <input
          id="plan-move"
          type="datetime-local"
          value={text}
          onChange={(event) => setText(event.target.value)}
          className={`${INPUT} max-w-56`}
        />
        <Button type="submit" disabled={isBusy || !isNew}>
          {plan.allDay ? 'Set the time' : 'Move'}
        </Button>
      </div>
      {error && <ErrorState error={error} />}
    </form>
  );
}

type ActionsProps = Pick<Props, 'scheduled' | 'onEdit' | 'onClose'>;

function Actions({ scheduled, onEdit, onClose }: ActionsProps) {
  const { plan, run: begun } = scheduled;
  const [asks, setAsks] = useState<'start' | 'delete' | null>(null);
  const { run, isBusy, error } = useAction();
  const now = useNow(60_000);
  const isOpen = canChange(scheduled, now);
  const isOwn = plan.source === 'own';
  const mayStart =
    begun === null ||
    begun.state === 'scheduled' ||
    begun.state === 'warned' ||
    begun.state === 'missed';
  const perform = (action: () => Promise<unknown>) =>
    run(async () => {
      await action();
      onClose();
    });
  if (asks !== null) {
    const isStart = asks === 'start';
    return (
      <>
        {error && <ErrorState error={error} className="w-full" />}
        <p className="mr-auto">
          {isStart
            ? 'Start it now, before its time?'
            : plan.recurrence === null
              ? `Take it out of ${isOwn ? 'the schedule' : 'its calendar'}?`
              : 'Take this one out? The rest of the series stays.'}
        </p>
        <Button onClick={() => setAsks(null)}>No</Button>
        <Button
          look="primary"
          disabled={isBusy}
          onClick={() => perform(() => (isStart ? startPlan(plan.id) : dropPlan(plan.id)))}
        >
          {isStart ? 'Start now' : 'Delete'}
        </Button>
      </>
    );
  }
  return (
    <>
      {(isOwn || isOpen) && (
        <Button look="quiet" className="mr-auto" onClick={() => setAsks('delete')}>
          <Trash2 aria-hidden className="size-3.5" />
          Delete
        </Button>
      )}
      {mayStart && plan.endsAt > now && (
        <Button onClick={() => setAsks('start')}>
          <Play aria-hidden className="size-3.5" />
          Run now
        </Button>
      )}
      {(isOwn || isOpen) && (
        <Button onClick={onEdit}>
          <Pencil aria-hidden className="size-3.5" />
          {plan.recurrence === null ? 'Edit' : isOwn ? 'Edit the series' : 'Edit this one'}
        </Button>
      )}
    </>
  );
}
