'use client';

import { useState, type ReactNode } from 'react';
import { Button } from '@/components/Button';
import { ErrorState } from '@/components/ErrorState';
import { Panel } from '@/components/session/Panel';
import { useAction } from '@/hooks/useAction';

type Props<T> = {
  title: string;
  /** As it is stored. */
  value: T;
  /** Why the draft can't be saved; null when it can. */
  check?: (draft: T) => string | null;
  save: (draft: T) => Promise<unknown>;
  children: (draft: T, set: (change: Partial<T>) => void) => ReactNode;
};

/** A part of the settings that is saved by itself; what is typed stays when saving fails. */
export function SectionForm<T extends object>(props: Props<T>) {
  const { title, value, check, save, children } = props;
  const [draft, setDraft] = useState<T | null>(null);
  const [isSaved, setSaved] = useState(false);
  const { run, isBusy, error } = useAction();
  const shown = draft ?? value;
  const isChanged = draft !== null && JSON.stringify(draft) !== JSON.stringify(value);
  const wrong = check?.(shown) ?? (hasNaN(shown) ? 'An amount is no number above 0.' : null);
  const submit = () =>
    run(async () => {
      await save(shown);
      setDraft(null);
      setSaved(true);
    });
  return (
    <Panel title={title}>
      <form
        className="space-y-3 p-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (isChanged && wrong === null) submit();
        }}
      >
        {children(shown, (change) => {
          setDraft({ ...shown, ...change });
          setSaved(false);
        })}
        {error && <ErrorState error={error} />}
        <div className="flex min-h-8 flex-wrap items-center gap-3">
          <Button type="submit" disabled={!isChanged || isBusy || wrong !== null}>
            Save
          </Button>
          {isChanged && (
            <Button look="quiet" onClick={() => setDraft(null)}>
              Undo
            </Button>
          )}
          <span role="status" className={wrong === null ? 'text-good' : 'text-danger'}>
            {wrong ?? (isSaved && !isChanged ? 'Saved' : '')}
          </span>
        </div>
      </form>
    </Panel>
  );
}

/** Whether an amount anywhere in it can't be read. */
function hasNaN(value: unknown): boolean {
  if (typeof value === 'number') return Number.isNaN(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasNaN);
}
