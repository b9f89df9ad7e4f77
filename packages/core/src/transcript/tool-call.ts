import { asFields, countAt, listAt, preview, textAt, type Fields } from './fields.js';
import type { ListedObjective } from './observation.js';
import type { PendingTool } from './reader-state.js';

const LABEL_LENGTH = 120;
/** How much of a subagent's prompt is kept: enough to tell one from another. */
export const PROMPT_HEAD = 200;

/** The tools that start a subagent: Task up to 2.1.42, Agent from 2.1.89. */
export function startsAgent(name: string): boolean {
  return name === 'Task' || name === 'Agent';
}

/** What must be remembered of a tool call until its result comes. */
export function pendingTool(
  name: string,
  input: Fields | null,
  at: number,
  agentId: string | null,
): PendingTool {
  const file = textAt(input, 'file_path') ?? textAt(input, 'notebook_path');
  return {
    name,
    label: labelOf(name, input),
    at,
    agentId,
    ...(file === null ? {} : { file }),
    ...plannedLines(name, input),
    ...plannedObjective(name, input),
    ...(startsAgent(name)
      ? { promptHead: preview(textAt(input, 'prompt') ?? '', PROMPT_HEAD) }
      : {}),
  };
}

const LABEL_FIELDS = [
  'subject',
  'description',
  'command',
  'file_path',
  'notebook_path',
  'pattern',
  'query',
  'url',
  'skill',
  'taskId',
  'task_id',
  'path',
  'prompt',
];

/** What a call works on, in a few words. */
export function labelOf(name: string, input: Fields | null): string {
  if (name === 'TodoWrite') return `${String(listAt(input, 'todos').length)} todos`;
  if (name === 'AskUserQuestion') {
    return preview(textAt(asFields(listAt(input, 'questions')[0]), 'question') ?? '', LABEL_LENGTH);
  }
  for (const key of LABEL_FIELDS) {
    const text = textAt(input, key);
    if (text !== null) return preview(text, LABEL_LENGTH);
  }
  return '';
}

// The result's patch is better; subagents' files mostly have none, then the input has to do.
function plannedLines(name: string, input: Fields | null): Partial<PendingTool> {
  switch (name) {
    case 'Edit':
      return replacedLines([input]);
    case 'MultiEdit':
      return replacedLines(listAt(input, 'edits').map(asFields));
    case 'Write':
      return { linesAdded: lineCount(textAt(input, 'content')), linesRemoved: 0 };
    case 'NotebookEdit':
      return { linesAdded: lineCount(textAt(input, 'new_source')), linesRemoved: 0 };
    default:
      return {};
  }
}

function replacedLines(edits: readonly (Fields | null)[]): Partial<PendingTool> {
  const sum = { linesAdded: 0, linesRemoved: 0 };
  for (const edit of edits) {
    const before = (textAt(edit, 'old_string') ?? '').split('\n');
    const after = (textAt(edit, 'new_string') ?? '').split('\n');
    const same = commonEnds(before, after);
    sum.linesAdded += after.length - same;
    sum.linesRemoved += before.length - same;
  }
  return sum;
}

// Lines of context that an edit repeats at its head and tail.
function commonEnds(before: readonly string[], after: readonly string[]): number {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return head + tail;
}

/** Lines of a text; a closing newline doesn't begin another. */
export function lineCount(text: string | null): number {
  if (text === null) return 0;
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

function plannedObjective(name: string, input: Fields | null): Partial<PendingTool> {
  if (name === 'TodoWrite') return { todos: listedTodos(listAt(input, 'todos')) };
  if (name !== 'TaskUpdate') return {};
  const taskStatus = objectiveStatus(textAt(input, 'status'));
  const taskText = textAt(input, 'subject');
  return {
    ...(taskStatus === null ? {} : { taskStatus }),
    ...(taskText === null ? {} : { taskText: preview(taskText, PROMPT_HEAD) }),
  };
}

/** The entries of a TodoWrite list. */
export function listedTodos(todos: readonly unknown[]): ListedObjective[] {
  return todos.flatMap((todo) => {
    const fields = asFields(todo);
    const text = textAt(fields, 'content');
    const status = objectiveStatus(textAt(fields, 'status')) ?? 'pending';
    return text === null ? [] : [{ taskId: null, text: preview(text, PROMPT_HEAD), status }];
  });
}

/** The entries of a TaskList result or a task reminder. */
export function listedTasks(tasks: readonly unknown[]): ListedObjective[] {
  return tasks.flatMap((task) => {
    const fields = asFields(task);
    const number = countAt(fields, 'id');
    const taskId = textAt(fields, 'id') ?? (number > 0 ? String(number) : null);
    const text = textAt(fields, 'subject');
    const status = objectiveStatus(textAt(fields, 'status')) ?? 'pending';
    return text === null ? [] : [{ taskId, text: preview(text, PROMPT_HEAD), status }];
  });
}

/** The client's word for an objective's state in ours; null for a word that we don't know. */
export function objectiveStatus(status: string | null): ListedObjective['status'] | null {
  switch (status) {
    case 'pending':
    case 'in_progress':
    case 'completed':
      return status;
    case 'deleted':
      return 'removed';
    default:
      return null;
  }
}
