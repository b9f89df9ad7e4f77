import type { Run, ScheduledPlan } from '@claude-optimizer/protocol';
import { isActive, outcomeText, runWord } from '../loop/run-words';

/** What became, or will become, of a plan, in a word or two. */
export function planWord(scheduled: ScheduledPlan, now: number): string {
  const { plan, run, approval, hindrance } = scheduled;
  const hasBegun = run !== null && run.state !== 'scheduled' && run.state !== 'warned';
  if (hasBegun) return runWord(run);
  if (plan.endsAt <= now) return 'not run';
  if (approval === 'refused') return 'refused';
  if (plan.problems.length > 0) return 'won’t start';
  if (approval === 'needed') return 'needs confirmation';
  if (hindrance !== null) return 'won’t start';
  return run === null ? 'planned' : runWord(run);
}

const CHANGES = { moved: 'Moved', edited: 'Edited', cancelled: 'Cancelled' };

/** What its calendar says of a plan since its run has begun; null while it says the same. */
export function changeText({ changed, run }: ScheduledPlan): string | null {
  if (changed === null) return null;
  const goesOn = run !== null && isActive(run);
  const what = `${CHANGES[changed]} in its calendar since.`;
  return goesOn
    ? `${what} The run goes on with what it was started with: stop it?`
    : `${what} The run kept what it was started with.`;
}

/** What there is to know at a glance: a change, what stands in its way, or what came of it. */
export function planNote(scheduled: ScheduledPlan): string | null {
  const { run, hindrance } = scheduled;
  const change = changeText(scheduled);
  if (change !== null) return change;
  if (run !== null && run.startedAt !== null) return outcomeText(run);
  return hindrance;
}

/** Whether a plan can still be changed: its calendar can be written to, and it hasn't begun. */
export function canChange({ writable, run, plan }: ScheduledPlan, now: number): boolean {
  const hasBegun = run !== null && run.state !== 'scheduled' && run.state !== 'warned';
  return writable && !hasBegun && plan.endsAt > now;
}

/** Whether it can be moved over the week; a plan for a whole day is given a time first. */
export function canMove(scheduled: ScheduledPlan, now: number): boolean {
  return canChange(scheduled, now) && !scheduled.plan.allDay;
}

/** Plans for whose content somebody has to say yes, the next of each series, by start. */
export function toConfirm(plans: readonly ScheduledPlan[], now: number): ScheduledPlan[] {
  const waiting = plans.filter((each) => planWord(each, now) === 'needs confirmation');
  const seen = new Set<string>();
  return waiting.filter(({ plan: { source, uid, contentHash } }) => {
    const key = JSON.stringify([source, uid, contentHash]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The plans with what is known of their runs by now. */
export function withNewestRuns(
  plans: readonly ScheduledPlan[],
  runs: ReadonlyMap<string, Run>,
): ScheduledPlan[] {
  const byPlan = new Map<string, Run>();
  for (const run of runs.values()) {
    const known = run.planId === null ? undefined : byPlan.get(run.planId);
    if (run.planId !== null && (known?.claimedAt ?? -1) <= (run.claimedAt ?? 0)) {
      byPlan.set(run.planId, run);
    }
  }
  return plans.map((each) => {
    const fresh = byPlan.get(each.plan.id);
    if (!fresh) return each;
    const isNewer = fresh.id !== each.run?.id || fresh.revision > each.run.revision;
    return isNewer ? { ...each, run: fresh } : each;
  });
}
