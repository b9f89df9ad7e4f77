import { randomUUID } from 'node:crypto';
import { newRun } from '@claude-optimizer/core/run';
import type { Plan, Run, RunCause } from '@claude-optimizer/protocol';
import { orderOf } from './plan-book.js';

/** The run of a plan that is still to come. */
export function runOf(plan: Plan, onLimit: Run['onLimit']): Run {
  const { id: planId, limits, startsAt: scheduledAt, endsAt } = plan;
  const order = orderOf(plan);
  const facts = { planId, order, limits, onLimit, scheduledAt, endsAt };
  return newRun({ ...facts, id: randomUUID(), origin: 'calendar', cwd: null });
}

/** The run as its plan stands now: what was moved is warned of again. */
export function followPlan(run: Run, plan: Plan): Run {
  const moved = run.scheduledAt !== plan.startsAt;
  return {
    ...run,
    ...(moved && { state: 'scheduled', warnedAt: null, cause: null, reason: null }),
    order: orderOf(plan),
    limits: plan.limits,
    scheduledAt: plan.startsAt,
    endsAt: plan.endsAt,
    objectives: { completed: 0, total: plan.objectives.length },
  };
}

/** To be started after all: its plan has come back or was moved to a later time. */
export function reopened(run: Run, plan: Plan): Run {
  return followPlan({ ...run, scheduledAt: null, endedAt: null }, plan);
}

export function missed(run: Run, at: number, why: { cause: RunCause; reason: string }): Run {
  return { ...run, ...why, state: 'missed', endedAt: at };
}

export function warned(run: Run, at: number): Run {
  return { ...run, state: 'warned', warnedAt: at };
}

/** Waits for others since its start; that isn't being late. */
export function queued(run: Run, reason: string): Run {
  return { ...run, state: 'warned', cause: 'queue_full', reason };
}

/** Whether its start is still to come. */
export function isToCome({ state }: Run): boolean {
  return state === 'scheduled' || state === 'warned';
}
