'use client';

import type { ScheduledPlan } from '@claude-optimizer/protocol';
import { useState } from 'react';
import { canMove } from '@/lib/schedule/plan-words';
import { dayText, shifted, spanText } from '@/lib/schedule/local-time';
import { movePlan } from '@/lib/schedule/schedule-api';

/** A plan that is held above another start. */
type Held = { scheduled: ScheduledPlan; startsAt: number };

export type Moving = {
  held: Held | null;
  /** Where a plan is shown: held, on its way, or where it stands. */
  startOf: (scheduled: ScheduledPlan) => number;
  begin: (scheduled: ScheduledPlan) => void;
  /** By days and minutes of the clock. */
  by: (days: number, minutes: number) => void;
  to: (startsAt: number) => void;
  accept: () => void;
  cancel: () => void;
  /** Said when it changes. */
  text: string;
  error: Error | null;
};

/** Moves a plan: taken up, held, and put down or let go. `source`: what the starts were read from. */
export function useMoving(source: unknown, onMoved: () => void): Moving {
  const [held, setHeld] = useState<Held | null>(null);
  const [sent, setSent] = useState<{ id: string; startsAt: number; source: unknown } | null>(null);
  const [text, setText] = useState('');
  const [error, setError] = useState<Error | null>(null);
  // A fresh answer has it where it now stands.
  if (sent && sent.source !== source) setSent(null);

  const hold = (next: Held) => {
    const { plan } = next.scheduled;
    const endsAt = next.startsAt + plan.endsAt - plan.startsAt;
    setHeld(next);
    setText(`${dayText(next.startsAt)}, ${spanText(next.startsAt, endsAt)}`);
  };
  const put = async ({ scheduled: { plan }, startsAt }: Held) => {
    setHeld(null);
    if (startsAt === plan.startsAt) return;
    setSent({ id: plan.id, startsAt, source });
    try {
      await movePlan(plan, startsAt);
      setText(`${plan.title} is moved.`);
      onMoved();
    } catch (cause) {
      setSent(null);
      setError(cause instanceof Error ? cause : new Error(String(cause)));
      // Where it stands now may be another place than the one shown.
      onMoved();
    }
  };
  return {
    held,
    startOf: ({ plan }) => {
      if (held?.scheduled.plan.id === plan.id) return held.startsAt;
      return sent?.id === plan.id ? sent.startsAt : plan.startsAt;
    },
    begin: (scheduled) => {
      setError(null);
      if (canMove(scheduled, Date.now())) hold({ scheduled, startsAt: scheduled.plan.startsAt });
      else setText('This plan can’t be moved here.');
    },
    by: (days, minutes) => {
      if (held) hold({ ...held, startsAt: shifted(held.startsAt, days, minutes) });
    },
    to: (startsAt) => {
      if (held && held.startsAt !== startsAt) hold({ ...held, startsAt });
    },
    accept: () => {
      if (held) void put(held);
    },
    cancel: () => {
      setHeld(null);
      setText('Left where it was.');
    },
    text,
    error,
  };
}
