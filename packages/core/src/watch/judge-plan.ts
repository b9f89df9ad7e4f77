import type {
  CalendarSettings,
  Plan,
  Run,
  RunCause,
  ScheduledPlan,
} from '@claude-optimizer/protocol';

const MINUTE_MS = 60_000;
/** A start within it is on time: the watcher looks every 15 s, and machines are busy. */
const ON_TIME_MS = 60_000;

/** A plan with all that decides whether it starts. */
export type PlanView = {
  plan: Plan;
  run: Run | null;
  approval: ScheduledPlan['approval'];
  /** When the person approved it; null when it needed no approval or has none. */
  approvedAt: number | null;
  /** Why its project may not run here, in a sentence; null when it may. */
  refusal: string | null;
  /** Name of the calendar that holds the same plan and comes first. */
  sameAs: string | null;
  /** Whether a later occurrence of its series has begun. */
  overtaken: boolean;
  /** Whether it was known before its end: what was added afterwards has not been missed. */
  known: boolean;
};

export type WatchRules = Pick<
  CalendarSettings,
  'paused' | 'autoStart' | 'warnMinutes' | 'missed' | 'lateMinutes'
>;

export type Verdict =
  | { do: 'nothing' }
  | { do: 'warn'; minutes: number }
  | { do: 'start'; late: boolean }
  | { do: 'wait'; reason: string }
  | { do: 'miss'; cause: RunCause; reason: string };

type Hindrance = { cause: RunCause; reason: string; final?: boolean };

const NOTHING: Verdict = { do: 'nothing' };

/** What to do about a plan at a moment (epoch ms). Pure: the rules are those of docs/calendar.md. */
export function judgePlan(view: PlanView, rules: WatchRules, now: number): Verdict {
  const { plan, run, sameAs } = view;
  if (plan.allDay || sameAs !== null || !isOpen(run)) return NOTHING;
  const hindrance = hindranceOf(view, rules, now);
  if (now >= plan.endsAt) {
    if (!view.known) return NOTHING;
    const { cause, reason } = hindrance ?? lastReason(run);
    return { do: 'miss', cause, reason };
  }
  if (now < plan.startsAt) return warningOf(view, rules, now);
  if (hindrance?.final) return { do: 'miss', cause: hindrance.cause, reason: hindrance.reason };
  if (hindrance) return { do: 'wait', reason: hindrance.reason };
  return { do: 'start', late: now - plan.startsAt > ON_TIME_MS };
}

/** Why a plan won't start as things stand, or null when it will. */
export function hindranceTo(view: PlanView, rules: WatchRules, now: number): string | null {
  if (!isOpen(view.run)) return null;
  if (view.sameAs !== null) return `The same plan is in ${view.sameAs}; it runs once, from there.`;
  if (view.plan.allDay) return 'It is for the day as a whole: give it a time and it starts then.';
  return hindranceOf(view, rules, now)?.reason ?? null;
}

/** What kept it until its end. */
function lastReason(run: Run | null): Hindrance {
  return run?.cause === 'queue_full'
    ? { cause: run.cause, reason: run.reason ?? '' }
    : { cause: 'late', reason: 'It could not start before its end.' };
}

const ASK: Hindrance = { cause: 'late', reason: 'Its start was missed: start it now?' };

/** In order of weight: what makes it impossible first, what waits for the person last. */
function hindranceOf(view: PlanView, rules: WatchRules, now: number): Hindrance | null {
  const { plan, approval, refusal } = view;
  const [problem] = plan.problems;
  if (problem) return { cause: 'not_allowed', reason: `${problem.message} ${problem.fix}`.trim() };
  if (refusal !== null) return { cause: 'not_allowed', reason: refusal };
  if (approval === 'refused') return { cause: 'not_approved', reason: 'You refused it.' };
  if (approval === 'needed') {
    return { cause: 'not_approved', reason: 'It waits for your confirmation.' };
  }
  if (rules.paused) return { cause: 'paused', reason: 'The calendar is paused.' };
  if (!rules.autoStart) return { cause: 'paused', reason: 'Starting by itself is off.' };
  return latenessOf(view, rules, now);
}

function latenessOf(view: PlanView, rules: WatchRules, now: number): Hindrance | null {
  const { plan, run, approvedAt, overtaken } = view;
  const lateMs = now - plan.startsAt;
  if (lateMs <= ON_TIME_MS) return null;
  // Due on time and queued since, or wanted now by the person: neither has been slept through.
  if (run?.cause === 'queue_full' || (approvedAt !== null && approvedAt >= plan.startsAt))
    return null;
  // Said once and told once: the words may not change from minute to minute.
  switch (rules.missed) {
    case 'skip':
      return { cause: 'late', reason: 'Its start was missed.', final: true };
    case 'ask':
      return ASK;
    case 'latest-once':
      if (!overtaken) return null;
      return { cause: 'late', reason: 'Its start was missed, and the next is due.', final: true };
    case 'run-if-within':
      return lateMs <= rules.lateMinutes * MINUTE_MS ? null : ASK;
  }
}

/** One warning at a time: of several that are due, the last. */
function warningOf({ plan, run }: PlanView, { warnMinutes }: WatchRules, now: number): Verdict {
  const due = warnMinutes.filter((minutes) => plan.startsAt - minutes * MINUTE_MS <= now);
  if (due.length === 0) return NOTHING;
  const minutes = Math.min(...due);
  const told = run?.warnedAt ?? -Infinity;
  return told >= plan.startsAt - minutes * MINUTE_MS ? NOTHING : { do: 'warn', minutes };
}

/** Whether its start is still to come. */
function isOpen(run: Run | null): boolean {
  return run === null || run.state === 'scheduled' || run.state === 'warned';
}

/** The next moment (epoch ms) at which the verdict may change by the clock alone. */
export function nextMoment(
  plans: readonly Plan[],
  { warnMinutes }: WatchRules,
  now: number,
): number {
  const moments = plans.flatMap(({ startsAt, endsAt }) => [
    ...warnMinutes.map((minutes) => startsAt - minutes * MINUTE_MS),
    startsAt,
    endsAt,
  ]);
  return Math.min(...moments.filter((moment) => moment > now));
}
