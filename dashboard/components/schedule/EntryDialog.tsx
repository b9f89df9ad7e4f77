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
import { bodyOf, draftOf, entryIdOf, newDraft } from '@/lib/schedule/entry-draft';
import { addEntry, changeEntry, dropEntry, fetchEntries } from '@/lib/schedule/schedule-api';
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

/** Plans a session, or changes one of our own schedule with all that repeats of it. */
export function EntryDialog({ plan, plans, onClose }: Props) {
  const title = plan === null ? 'Plan a session' : 'Edit the plan';
  const id = plan === null ? null : entryIdOf(plan);
  const ask = useCallback(async (): Promise<Entry | null> => {
    if (id === null) return null;
    const { entries } = await fetchEntries();
    const found = entries.find((entry) => entry.id === id);
    if (!found) throw new Error('This plan is gone.');
    return found;
  }, [id]);
  const { value, error, reload } = useAnswer(ask);
  if (id === null || value) return <EntryForm {...{ title, plans, onClose }} entry={value} />;
  return (
    <DialogFrame title={title} onClose={onClose}>
      {error ? <ErrorState error={error} onRetry={reload} /> : <Skeleton className="h-96" />}
    </DialogFrame>
  );
}

type FormProps = {
  title: string;
  entry: Entry | null;
  plans: readonly ScheduledPlan[];
  onClose: () => void;
};

const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

function EntryForm({ title, entry, plans, onClose }: FormProps) {
  const [draft, setDraft] = useState(() => (entry ? draftOf(entry) : newDraft(Date.now(), here())));
  const [wasTried, setTried] = useState(false);
  const projects = useAnswer(fetchProjects);
  const body = bodyOf(draft);
  const check = useEntryCheck(draft, entry?.id ?? null);
  const { run, isBusy, error } = useAction();
  const errors = wasTried ? { ...check.wrong, ...check.problemOf } : check.problemOf;
  const save = () => {
    setTried(true);
    if (Object.keys(check.wrong).length > 0) return;
    run(async () => {
      await (entry ? changeEntry(entry.id, body, entry.revision) : addEntry(body));
      onClose();
    });
  };
  return (
    <DialogFrame
      title={title}
      onClose={onClose}
      actions={
        <>
          {entry !== null && entry.rule !== null && (
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
            {entry ? 'Save' : 'Plan it'}
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
          onChange={(change) => setDraft({ ...draft, ...change })}
        />
        {/* Enter in a field saves. */}
        <button type="submit" hidden />
      </form>
      <EntryOutlook check={check} plans={plans} />
      {error && <ErrorState error={error} />}
    </DialogFrame>
  );
}
