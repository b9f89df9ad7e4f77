import type { EventOf, Objective, SessionState } from '@claude-optimizer/protocol';
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
        ...change.list.flatMap((entry) => listed(known, entry, 'todo')),
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

// A number may start over within a session (a new team): another wording is another objective.
function listed(
  known: readonly Objective[],
  entry: ListedObjective,
  source: 'todo' | 'task',
): ObjectiveNews[] {
  const numbered = byTask(known, entry.taskId);
  const same = numbered && objectiveKey(numbered.text) === objectiveKey(entry.text);
  const objective = same ? numbered : byText(known, entry.text);
  return changed(objective, { ...entry, source });
}

function changed(
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
    objectiveId: objective?.id ?? objectiveKey(next.text),
    text: objective ? objective.text : next.text,
    status: next.status,
    source: objective?.source ?? next.source,
    taskId,
  };
  const same = objective && objective.status === news.status && objective.taskId === taskId;
  return same ? [] : [news];
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
  return changed(objective, { text, status: 'completed', taskId: null, source: 'mark' });
}

// "Build auth (with tests)" marks "Build auth": a mark often says more than the objective.
function byBeginning(known: readonly Objective[], text: string): Objective | undefined {
  const key = objectiveKey(text);
  return known.findLast((objective) => {
    const own = objectiveKey(objective.text);
    return own.length >= 8 && key.startsWith(own) && /^[^\p{L}\p{N}]/u.test(key.slice(own.length));
  });
}

/** How many objectives a session has and how many are done, after `news`; removed ones don't count. */
export function progressAfter(
  state: SessionState | null,
  news: ObjectiveNews,
): { completed: number; total: number } {
  const statuses = new Map(state?.objectives.map(({ id, status }) => [id, status]));
  statuses.set(news.objectiveId, news.status);
  const standing = [...statuses.values()].filter((status) => status !== 'removed');
  return {
    completed: standing.filter((status) => status === 'completed').length,
    total: standing.length,
  };
}
