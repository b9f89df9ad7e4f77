import type { Plan, Run } from '@claude-optimizer/protocol';
import { followPlan, isToCome, missed, reopened } from './run-of-plan.js';
import type { PlanRuns } from './plan-runs.js';

/** What a calendar's new content has changed. */
export type PlanChanges = {
  added: readonly Plan[];
  changed: readonly { before: Plan; after: Plan }[];
  gone: readonly Plan[];
};

/**
 * What a calendar's new content means for the runs of its plans: those to come follow it, those
 * under way keep what they were started with, and the person is told.
 */
export async function followChanges(runs: PlanRuns, changes: PlanChanges, now: number) {
  for (const plan of changes.added) await onPlan(runs, plan, now);
  for (const { after } of changes.changed) await onPlan(runs, after, now);
  for (const plan of changes.gone) await onGone(runs, plan, now);
}

/** A plan that is new, back again, or changed. */
async function onPlan(runs: PlanRuns, plan: Plan, now: number): Promise<void> {
  const run = await runs.of(plan);
  if (run === null) return;
  if (isToCome(run)) {
    await runs.put(followPlan(run, plan));
    if (run.scheduledAt !== plan.startsAt) await runs.audit(plan, 'moved', localTime(plan));
  } else if (run.state === 'missed' && plan.startsAt > now) {
    await runs.put(reopened(run, plan));
    await runs.audit(plan, 'planned again', localTime(plan));
  } else if (run.endedAt === null) {
    tellOfChange(runs, plan, run, 'has changed in its calendar');
  }
}

async function onGone(runs: PlanRuns, plan: Plan, now: number): Promise<void> {
  const run = await runs.of(plan);
  if (run !== null && isToCome(run)) {
    const reason = 'It was cancelled in its calendar.';
    await runs.put(missed(run, now, { cause: 'cancelled', reason }));
    if (run.warnedAt !== null) runs.tell(plan, { level: 'info', title: plan.title, text: reason });
  } else if (run !== null && run.endedAt === null) {
    tellOfChange(runs, plan, run, 'was cancelled in its calendar');
  }
  if (plan.endsAt > now) await runs.audit(plan, 'cancelled', localTime(plan));
}

function tellOfChange(runs: PlanRuns, plan: Plan, run: Run, what: string): void {
  const text = 'Its run goes on with what it was started with. Stop it?';
  runs.tell(plan, { level: 'warning', title: `${plan.title} ${what}`, text }, run);
}

function localTime({ startsAt, zone }: Plan): string {
  // Sweden writes dates as ISO does.
  const time = new Date(startsAt).toLocaleString('sv-SE', { timeZone: zone });
  return `${time.slice(0, 16)} ${zone}`;
}
