'use client';

import type { Entry, Plan, ScheduledPlan } from '@claude-optimizer/protocol';
import { useCallback, useState } from 'react';
import { Button } from '@/components/Button';
import { DialogFrame } from '@/components/DialogFrame';
import { ErrorState } from '@/components/ErrorState';
import { OrderFields } from '@/components/form/OrderFields';
import { NoProjects } from '@/components/loop/LaunchDialog';
import { Skeleton } from '@/components/Skeleton';
import { useAction } from '@/hooks/useAction';
import { useAnswer } from '@/hooks/useAnswer';
import {
  bodyOf,
  draftOf,
  draftOfPlan,
  editOf,
  entryIdOf,
  newDraft,
} from '@/lib/schedule/entry-draft';
import {
  addEntry,
  changeEntry,
  changePlan,
  dropEntry,
  fetchEntries,
} from '@/lib/schedule/schedule-api';
import { fetchProjects } from '@/lib/settings-api';
import { EntryOutlook } from './EntryOutlook';
import { useEntryCheck } from './useEntryCheck';
import { WhenFields } from './WhenFields';

type Props = {
  /** The plan whose entry is edited; null for a new one. */
  plan: Plan | null;
  /** By which conflicts are named. */
  plans: readonly ScheduledPlan[];
  onClose: () => void;
};

/**
 * Plans a session, or changes one: of our own schedule with all that repeats of it, of another
 * calendar this one alone.
 */
export function EntryDialog({ plan, plans, onClose }: Props) {
  if (plan === null) return <EntryForm title="Plan a session" {...{ plans, onClose }} />;
  const form = { title: 'Edit the plan', plan, plans, onClose };
  return plan.source === 'own' ? <OwnDialog {...form} /> : <EntryForm {...form} event={plan} />;
}

type OwnProps = Props & { title: string; plan: Plan };

function OwnDialog({ title, plan, plans, onClose }: OwnProps) {
  const id = entryIdOf(plan);
  const ask = useCallback(async (): Promise<Entry> => {
    const { entries } = await fetchEntries();
    const found = entries.find((entry) => entry.id === id);
    if (!found) throw new Error('This plan is gone.');
    return found;
  }, [id]);
  const { value, error, reload } = useAnswer(ask);
  if (value) return <EntryForm {...{ title, plans, onClose }} entry={value} />;
  return (
    <DialogFrame title={title} onClose={onClose}>
      {error ? <ErrorState error={error} onRetry={reload} /> : <Skeleton className="h-96" />}
    </DialogFrame>
  );
}

type FormProps = {
  title: string;
  entry?: Entry;
  /** A plan of another calendar. */
  event?: Plan;
  plans: readonly ScheduledPlan[];
  onClose: () => void;
};

const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

function EntryForm({ title, entry, event, plans, onClose }: FormProps) {
  const [draft, setDraft] = useState(() => {
    if (event) return draftOfPlan(event, here());
    return entry ? draftOf(entry) : newDraft(Date.now(), here());
  });
  const [wasTried, setTried] = useState(false);
  const projects = useAnswer(fetchProjects);
  const body = bodyOf(draft);
  const check = useEntryCheck(draft, {
    ...(entry && { entryId: entry.id }),
    ...(event && { planId: event.id }),
  });
  const { run, isBusy, error } = useAction();
  const errors = wasTried ? { ...check.wrong, ...check.problemOf } : check.problemOf;
  const save = () => {
    setTried(true);
    if (Object.keys(check.wrong).length > 0) return;
    run(async () => {
      if (event) await changePlan(event, editOf(draft));
      else await (entry ? changeEntry(entry.id, body, entry.revision) : addEntry(body));
      onClose();
    });
  };
  return (
    <DialogFrame
      title={title}
      onClose={onClose}
      actions={
        <>
          {entry && entry.rule !== null && (
            <Button
              look="quiet"
              className="mr-auto"
              disabled={isBusy}
              onClick={() =>
                run(async () => {
                  await dropEntry(entry.id);
                  onClose();
                })
              }
            >
              Delete the series
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={isBusy} onClick={save}>
            {entry || event ? 'Save' : 'Plan it'}
          </Button>
        </>
      }
    >
      <form
        className="space-y-2"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        {projects.value?.projects.length === 0 && <NoProjects />}
        <OrderFields
          order={draft.order}
          projects={projects.value?.projects ?? []}
          errors={errors}
          onChange={(change) => setDraft({ ...draft, order: { ...draft.order, ...change } })}
        />
        <WhenFields
          draft={draft}
          errors={errors}
          isSingle={event !== undefined}
          onChange={(change) => setDraft({ ...draft, ...change })}
        />
        {event && (
          <p className="text-xs text-ink-2">
            It is written into the calendar {event.source}
            {event.recurrence !== null && ', for this one of the series alone'}. What else its
            description says stays.
          </p>
        )}
        {/* Enter in a field saves. */}
        <button type="submit" hidden />
      </form>
      <EntryOutlook check={check} plans={plans} />
      {error && <ErrorState error={error} />}
    </DialogFrame>
  );
}
