import type { ObservationOf } from '@claude-optimizer/core';
import type { Sighting } from './scan-file.js';
import type { Told } from './told.js';

/** Whether a hook has told the tasks before; it names no call: the task itself is the key. */
export function wasTold(told: Told, { change, cause }: ObservationOf<'objectives'>): boolean {
  if (cause !== undefined) return false;
  if (change.type === 'task-created') return told.hasTask(change.taskId, change.text, false);
  if (change.type !== 'tasks') return false;
  return change.list.every(
    ({ taskId, text }) => taskId !== null && told.hasTask(taskId, text, true),
  );
}

/** As a line says it that comes after hooks: what a hook has changed since stands. */
export function asLate(observation: ObservationOf<'objectives'>): ObservationOf<'objectives'> {
  return { ...observation, aside: true };
}

/** The call that brought it, where it names one. */
export function causeOf(observation: Sighting['observation']): string | null {
  if (observation.kind === 'objectives') return observation.cause ?? null;
  return observation.kind === 'agent' ? observation.toolUseId : null;
}

/** A call as a line at that byte names it. */
export function callAt(byteOffset: number, toolUseId: string | null): string {
  return `${String(byteOffset)} ${toolUseId ?? ''}`;
}

/** Whether it was news then says nothing of now: the state has gone on since. */
export function dependsOnState(observation: Sighting['observation']): boolean {
  switch (observation.kind) {
    case 'info':
    case 'objectives':
    case 'agent':
      return true;
    case 'turn':
      return observation.phase === 'end';
    default:
      return false;
  }
}
