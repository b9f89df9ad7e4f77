import type { EventOf, Objective } from '@claude-optimizer/protocol';
import { progressOf } from '../decide/objectives.js';
import { objectiveKey } from '../transcript/marks.js';

/** Which of the planned objectives the session has completed, by their words. In planned order. */
export function completedOf(
  planned: readonly string[],
  seen: readonly Pick<Objective, 'text' | 'status'>[],
): boolean[] {
  const done = seen.filter(({ status }) => status === 'completed').map(({ text }) => plain(text));
  return planned.map((objective) => {
    const words = plain(objective);
    return words !== '' && done.some((text) => text === words || text.startsWith(`${words} `));
  });
}

/**
 * What makes a planned objective one of the session's, open until it is completed; one that the
 * session has named already stays as it is.
 */
export function plannedObjective(
  known: readonly Objective[],
  planned: string,
): Pick<
  EventOf<'session:objective'>,
  'objectiveId' | 'text' | 'status' | 'source' | 'taskId' | 'progress'
> {
  const key = objectiveKey(planned);
  const same = known.find(({ id, text }) => id === key || objectiveKey(text) === key);
  const statuses = known.map(({ status }) => status);
  if (same) {
    const { id: objectiveId, text, status, source, taskId } = same;
    return { objectiveId, text, status, source, taskId, progress: progressOf(statuses) };
  }
  return {
    ...{ objectiveId: key, text: planned, status: 'pending', source: 'plan', taskId: null },
    progress: progressOf([...statuses, 'pending']),
  };
}

/** Letters and digits alone: models vary in case, quotes and full stops. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
