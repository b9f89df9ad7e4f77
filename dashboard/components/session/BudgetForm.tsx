'use client';

import { MICRODOLLARS } from '@claude-optimizer/protocol';
import { useId, useState } from 'react';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { ErrorState } from '@/components/ErrorState';
import { useAction } from '@/hooks/useAction';
import { setBudget } from '@/lib/api';
import { formatCost } from '@/lib/format';

/** Sets, changes or removes a session's budget, in dollars. */
export function BudgetForm({ id, budget }: { id: string; budget: number | null }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" look="quiet" onClick={() => setOpen(true)}>
        {budget === null ? 'Set a budget' : `Budget ${formatCost(budget)}`}
      </Button>
      {isOpen && <BudgetDialog id={id} budget={budget} onClose={() => setOpen(false)} />}
    </>
  );
}

type Props = { id: string; budget: number | null; onClose: () => void };

function BudgetDialog({ id, budget, onClose }: Props) {
  const field = useId();
  const [dollars, setDollars] = useState(budget === null ? '' : String(budget / MICRODOLLARS));
  const { run, isBusy, error } = useAction();
  const amount = Math.round(Number(dollars.replace(/^\$/u, '')) * MICRODOLLARS);
  const isValid = Number.isSafeInteger(amount) && amount > 0;
  const save = (next: number | null) =>
    run(async () => {
      await setBudget(id, next);
      onClose();
    });
  return (
    <Dialog label="Budget of this session" onClose={onClose} className="max-w-sm">
      <form
        className="space-y-3 p-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isValid) save(amount);
        }}
      >
        <h2 className="text-lg font-semibold">Budget of this session</h2>
        <label htmlFor={field} className="block text-xs text-ink-2">
          The most that it may cost, in US dollars
        </label>
        <input
          id={field}
          inputMode="decimal"
          autoComplete="off"
          value={dollars}
          placeholder="2.00"
          onChange={(event) => setDollars(event.target.value)}
          className="h-9 w-full rounded-sm border border-control-line bg-surface px-2 tabular-nums"
        />
        <p className="min-h-4 text-xs text-ink-3">
          {dollars !== '' && !isValid
            ? 'An amount above 0, like 2 or 0.50.'
            : 'It warns at 80 % and at 100 %; it stops nothing.'}
        </p>
        {error && <ErrorState error={error} />}
        <div className="flex justify-end gap-2">
          {budget !== null && (
            <Button look="quiet" className="mr-auto" disabled={isBusy} onClick={() => save(null)}>
              Remove
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={isBusy || !isValid}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
