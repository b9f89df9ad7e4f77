'use client';

import type { Plan } from '@claude-optimizer/protocol';
import { Button } from '@/components/Button';
import { useAction } from '@/hooks/useAction';
import { approvePlan } from '@/lib/schedule/schedule-api';

/** Yes or no to a plan with the content that is shown; of a series, once for all of it. */
export function ApprovalButtons({ plan, onChanged }: { plan: Plan; onChanged: () => void }) {
  const { run, isBusy, error } = useAction();
  const say = (decision: 'approve' | 'refuse', series: boolean) =>
    run(async () => {
      await approvePlan(plan, { decision, series });
      onChanged();
    });
  return (
    <div className="space-y-2">
      <div className="flex flex-wrap gap-2">
        <Button disabled={isBusy} onClick={() => say('approve', false)}>
          Approve
        </Button>
        {plan.recurrence !== null && (
          <Button disabled={isBusy} onClick={() => say('approve', true)}>
            Approve this series
          </Button>
        )}
        <Button look="quiet" disabled={isBusy} onClick={() => say('refuse', false)}>
          Refuse
        </Button>
      </div>
      {error && (
        <p role="alert" className="text-danger">
          {error.message}
        </p>
      )}
    </div>
  );
}
