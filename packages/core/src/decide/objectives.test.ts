import type { SessionState } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { foldSession } from '../fold/state.js';
import type { ListedObjective, ObjectiveChange } from '../transcript/observation.js';
import { decide } from './decide.js';

/** Objectives as `[text, status]`, after these changes, each a minute after the one before. */
function after(...changes: (ObjectiveChange & { late?: number })[]) {
  let state: SessionState | null = null;
  let seq = 0;
  for (const [index, { late, ...change }] of changes.entries()) {
    const at = (late ?? index + 1) * 60_000;
    const aside = late === undefined ? {} : { aside: true as const };
    for (const event of decide('s', state, { kind: 'objectives', at, change, ...aside })) {
      state = foldSession(state, { ...event, seq: (seq += 1) });
    }
  }
  const standing = state?.objectives.filter(({ status }) => status !== 'removed') ?? [];
  // Whatever came, the progress told last is that of the list.
  expect(state?.summary.objectives ?? { completed: 0, total: 0 }).toEqual({
    completed: standing.filter(({ status }) => status === 'completed').length,
    total: standing.length,
  });
  return {
    list: state?.objectives.map(({ text, status }) => [text, status]) ?? [],
    state,
    events: seq,
  };
}
const entry = (
  text: string,
  status: ListedObjective['status'] = 'pending',
  taskId: string | null = null,
) => ({ text, status, taskId });
const todos = (...list: ListedObjective[]): ObjectiveChange => ({ type: 'todos', list });
const tasks = (...list: ListedObjective[]): ObjectiveChange => ({ type: 'tasks', list });
const create = (taskId: string, text: string): ObjectiveChange => ({
  type: 'task-created',
  taskId,
  text,
});
const update = (
  taskId: string,
  status: ListedObjective['status'] | null,
  text: string | null = null,
): ObjectiveChange => ({ type: 'task-updated', taskId, text, status });
const mark = (text: string): ObjectiveChange => ({ type: 'mark', text });

describe('todo lists', () => {
  it('replace the list before, keep what is done, and tell each change once', () => {
    const first = todos(entry('A', 'in_progress'), entry('B'), entry('C'));
    const { list, events } = after(first, first, todos(entry('A', 'completed'), entry('D')));
    expect(list).toEqual([
      ['A', 'completed'],
      ['B', 'removed'],
      ['C', 'removed'],
      ['D', 'pending'],
    ]);
    expect(events).toBe(3 + 4);
    expect(after(todos(entry('A', 'completed'), entry('B')), todos()).list).toEqual([
      ['A', 'completed'],
      ['B', 'removed'],
    ]);
  });

  it('may repeat an entry, in other letters, spaces and emphasis', () => {
    const twice = todos(entry('Run tests', 'completed'), entry('run  **tests**.'));
    expect(after(twice, twice)).toMatchObject({
      list: [['run  **tests**.', 'pending']],
      events: 1,
    });
  });

  it('may hold entries that are nothing but signs', () => {
    expect(after(todos(entry('…'), entry('***'))).list).toEqual([
      ['…', 'pending'],
      ['***', 'pending'],
    ]);
  });
});

describe('tasks', () => {
  it('are known by their number', () => {
    const { list, state } = after(
      create('1', 'Build'),
      create('2', 'Test'),
      update('1', 'in_progress'),
      update('1', 'completed'),
      update('9', 'completed'),
      update('2', 'removed'),
    );
    expect(list).toEqual([
      ['Build', 'completed'],
      ['Test', 'removed'],
    ]);
    expect(state?.objectives[0]).toMatchObject({
      taskId: '1',
      createdAt: 60_000,
      startedAt: 180_000,
      completedAt: 240_000,
    });
  });

  it('can be renamed, and leave their old wording to another', () => {
    const { list } = after(
      create('1', 'Build'),
      update('1', null, 'Build it all'),
      create('2', 'Build'),
      update('2', 'completed'),
    );
    expect(list).toEqual([
      ['Build it all', 'pending'],
      ['Build', 'completed'],
    ]);
  });

  it('of a new team may have the numbers of the old one', () => {
    const { list } = after(
      create('1', 'Old'),
      update('1', 'completed'),
      create('1', 'New'),
      update('1', 'in_progress'),
    );
    expect(list).toEqual([
      ['Old', 'completed'],
      ['New', 'in_progress'],
    ]);
  });

  it('are brought in line by a list, and none is lost by it', () => {
    const { list } = after(
      create('1', 'Build'),
      create('2', 'Test'),
      tasks(entry('Test', 'completed', '2'), entry('Docs', 'pending', '3')),
    );
    expect(list).toEqual([
      ['Build', 'pending'],
      ['Test', 'completed'],
      ['Docs', 'pending'],
    ]);
  });

  it('stand beside todos, which do not remove them', () => {
    expect(after(create('1', 'Build'), todos(entry('Todo')), todos()).list).toEqual([
      ['Build', 'pending'],
      ['Todo', 'removed'],
    ]);
  });

  it('are not set back by what a subagent said before', () => {
    const told = [create('1', 'Build'), update('1', 'in_progress'), update('1', 'completed')];
    expect(after(...told, { ...update('1', 'in_progress'), late: 2 }).list).toEqual([
      ['Build', 'completed'],
    ]);
    expect(after(...told, { ...update('1', 'pending'), late: 9 }).list).toEqual([
      ['Build', 'pending'],
    ]);
  });
});

describe('marks', () => {
  it('complete what they name, or are objectives of their own', () => {
    const { list } = after(
      todos(entry('Build auth', 'in_progress')),
      create('1', 'Run tests'),
      mark('build auth (with tests)'),
      mark('**Run tests**'),
      mark('Something else'),
      mark('something else!'),
    );
    expect(list).toEqual([
      ['Build auth', 'completed'],
      ['Run tests', 'completed'],
      ['Something else', 'completed'],
    ]);
  });

  it('do not complete another objective that only begins alike', () => {
    expect(after(create('1', 'Build auth'), mark('Build authentication')).list).toEqual([
      ['Build auth', 'pending'],
      ['Build authentication', 'completed'],
    ]);
    expect(after(create('1', 'Test'), mark('Test: the other')).list).toEqual([
      ['Test', 'pending'],
      ['Test: the other', 'completed'],
    ]);
  });

  it('are found again by the list that comes later', () => {
    expect(after(mark('Write docs'), create('4', 'Write docs'))).toMatchObject({
      list: [['Write docs', 'completed']],
      events: 2,
    });
  });
});
