import type { EventOf, Objective } from '@claude-optimizer/protocol';
import { objectiveKey } from '../transcript/marks.js';
import type { ListedObjective, ObjectiveChange } from '../transcript/observation.js';

/** An objective as it should be from now on. */
export type ObjectiveNews = Pick<
  EventOf<'session:objective'>,
  'objectiveId' | 'text' | 'status' | 'source' | 'taskId'
>;

/**
 * What a change means for the objectives that are known: only what becomes different. The same
 * objective told by several sources (list, task, mark) is one, recognised by number or wording.
 */
export function objectiveNews(
  known: readonly Objective[],
  change: ObjectiveChange,
): ObjectiveNews[] {
  switch (change.type) {
    case 'todos':
      return [
        ...distinct(change.list).flatMap((entry) => listed(known, entry, 'todo')),
        ...dropped(known, change.list),
      ];
    case 'tasks':
      return change.list.flatMap((entry) => listed(known, entry, 'task'));
    case 'task-created':
      return created(known, change.taskId, change.text);
    case 'task-updated':
      return updated(known, change);
    case 'mark':
      return marked(known, change.text);
  }
}

function byText(known: readonly Objective[], text: string): Objective | undefined {
  const key = objectiveKey(text);
  return known.findLast((objective) => objectiveKey(objective.text) === key);
}

function byTask(known: readonly Objective[], taskId: string | null): Objective | undefined {
  return taskId === null ? undefined : known.findLast((objective) => objective.taskId === taskId);
}

// Two entries of the same wording are one objective, in the state of the last.
function distinct(list: readonly ListedObjective[]): ListedObjective[] {
  return [...new Map(list.map((entry) => [objectiveKey(entry.text), entry])).values()];
}

// A number may start over within a session (a new team): another wording is another objective.
function listed(
  known: readonly Objective[],
  entry: ListedObjective,
  source: 'todo' | 'task',
): ObjectiveNews[] {
  const numbered = byTask(known, entry.taskId);
  const same = numbered && objectiveKey(numbered.text) === objectiveKey(entry.text);
  const objective = same ? numbered : byText(known, entry.text);
  return changed(known, objective, { ...entry, source });
}

function changed(
  known: readonly Objective[],
  objective: Objective | undefined,
  next: {
    text: string;
    status: Objective['status'];
    taskId: string | null;
    source: Objective['source'];
  },
): ObjectiveNews[] {
  const taskId = next.taskId ?? objective?.taskId ?? null;
  const news = {
    objectiveId: objective?.id ?? freshId(known, next.text),
    text: objective ? objective.text : next.text,
    status: next.status,
    source: objective?.source ?? next.source,
    taskId,
  };
  const same = objective && objective.status === news.status && objective.taskId === taskId;
  return same ? [] : [news];
}

// The wording is the id, unless a renamed objective still has it.
function freshId(known: readonly Objective[], text: string): string {
  const key = objectiveKey(text);
  const taken = known.filter(({ id }) => id === key || id.startsWith(`${key}#`)).length;
  return taken === 0 ? key : `${key}#${String(taken + 1)}`;
}

// A todo list replaces the one before; what was done stays done.
function dropped(known: readonly Objective[], list: readonly ListedObjective[]): ObjectiveNews[] {
  const kept = new Set(list.map((entry) => objectiveKey(entry.text)));
  return known
    .filter((objective) => objective.source === 'todo' && objective.taskId === null)
    .filter((objective) => objective.status === 'pending' || objective.status === 'in_progress')
    .filter((objective) => !kept.has(objectiveKey(objective.text)))
    .map(({ id, text, source }) => ({
      objectiveId: id,
      text,
      status: 'removed' as const,
      source,
      taskId: null,
    }));
}

function created(known: readonly Objective[], taskId: string, text: string): ObjectiveNews[] {
  return listed(known, { taskId, text, status: byText(known, text)?.status ?? 'pending' }, 'task');
}

function updated(
  known: readonly Objective[],
  change: Extract<ObjectiveChange, { type: 'task-updated' }>,
): ObjectiveNews[] {
  const objective = byTask(known, change.taskId);
  if (objective === undefined) return [];
  const text = change.text ?? objective.text;
  const status = change.status ?? objective.status;
  if (text === objective.text && status === objective.status) return [];
  const { id: objectiveId, source, taskId } = objective;
  return [{ objectiveId, text, status, source, taskId }];
}

function marked(known: readonly Objective[], text: string): ObjectiveNews[] {
  const objective = byText(known, text) ?? byBeginning(known, text);
  if (objective?.status === 'completed') return [];
  return changed(known, objective, { text, status: 'completed', taskId: null, source: 'mark' });
}

// "Build auth (with tests)" marks "Build auth": a mark often says more than the objective.
function byBeginning(known: readonly Objective[], text: string): Objective | undefined {
  const key = objectiveKey(text);
  return known.findLast((objective) => {
    const own = objectiveKey(objective.text);
    return own.length >= 8 && key.startsWith(own) && /^[^\p{L}\p{N}]/u.test(key.slice(own.length));
  });
}

/** Whether an objective has changed after `at` (epoch ms), so that what was said then is history. */
export function isOutdated(known: readonly Objective[], id: string, at: number): boolean {
  const objective = known.find((candidate) => candidate.id === id);
  if (objective === undefined) return false;
  const { createdAt, startedAt, completedAt } = objective;
  return Math.max(createdAt, startedAt ?? 0, completedAt ?? 0) > at;
}

/** How many objectives stand in these statuses and how many are done; removed ones don't count. */
export function progressOf(statuses: Iterable<Objective['status']>): {
  completed: number;
  total: number;
} {
  const standing = [...statuses].filter((status) => status !== 'removed');
  return {
    completed: standing.filter((status) => status === 'completed').length,
    total: standing.length,
  };
}
