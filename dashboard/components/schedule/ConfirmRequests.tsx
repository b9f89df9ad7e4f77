'use client';

import { buildPrompt } from '@claude-optimizer/core/run';
import type { ScheduledPlan } from '@claude-optimizer/protocol';
import { CircleQuestionMark } from 'lucide-react';
import { Words } from '@/components/loop/Words';
import { useNow } from '@/lib/clock';
import { limitsText, orderTitle } from '@/lib/loop/run-words';
import { dayText, spanText } from '@/lib/schedule/local-time';
import { toConfirm } from '@/lib/schedule/plan-words';
import { ApprovalButtons } from './ApprovalButtons';

type Props = {
  plans: readonly ScheduledPlan[];
  template: string | null;
  onChanged: () => void;
};

/** Plans of calendars that aren't trusted with starting: what exactly they would start. */
export function ConfirmRequests({ plans, template, onChanged }: Props) {
  const waiting = toConfirm(plans, useNow(60_000));
  if (waiting.length === 0) return null;
  return (
    <section aria-label="To confirm" className="rounded-md border border-warning bg-surface">
      <h2 className="flex items-center gap-1.5 border-b border-line px-3 py-2 font-semibold">
        <CircleQuestionMark aria-hidden className="size-4 text-warning" />
        {waiting.length === 1 ? '1 plan needs your yes' : `${waiting.length} plans need your yes`}
      </h2>
      <ul className="divide-y divide-line">
        {waiting.map(({ plan, hindrance }) => (
          <li key={plan.id} className="space-y-2 px-3 py-2.5">
            <p className="flex flex-wrap gap-x-3">
              <span className="font-medium break-words">{plan.title}</span>
              <span className="text-ink-2 tabular-nums">
                {dayText(plan.startsAt)}, {spanText(plan.startsAt, plan.endsAt)}
              </span>
              <span className="text-ink-2">
                {orderTitle(plan)} · {limitsText(plan.limits)}
              </span>
            </p>
            {hindrance !== null && <p className="text-xs text-ink-2">{hindrance}</p>}
            <Words isShort label={`Prompt of ${plan.title}`} text={buildPrompt(template, plan)} />
            <ApprovalButtons plan={plan} onChanged={onChanged} />
          </li>
        ))}
      </ul>
    </section>
  );
}
