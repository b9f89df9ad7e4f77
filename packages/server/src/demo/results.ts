import type { Outcome, Todo } from './script.js';

/** What a tool's result says in the conversation, and its structured twin. */
export type Rendered = {
  content: unknown;
  structured: unknown;
  isError: boolean;
  denied: boolean;
};

const TODOS_MODIFIED =
  'Todos have been modified successfully. Ensure that you continue to use the todo list to track your progress.';
const REJECTED =
  "The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was a file edit, the new_string was NOT written to the file). To tell you how to proceed, the user said:";

/** The lists that a session keeps, and what its tools answer from them. */
export class ToolDesk {
  readonly #tasks = new Map<string, string>();
  #todos: readonly Todo[] = [];

  /** Answers a use; those of subagents are rendered by who knows the agent. */
  answer(outcome: Exclude<Outcome, { kind: 'agent' }>): Rendered {
    switch (outcome.kind) {
      case 'result':
        return ok(outcome.content, outcome.structured);
      case 'error':
        return failed(outcome.message, `Error: ${outcome.message}`, false);
      case 'denied': {
        const text = `${REJECTED}\n${outcome.said}`;
        return failed(text, `Error: ${text}`, true);
      }
      case 'task-created':
        return this.#create(outcome.subject, outcome.description);
      case 'task-updated':
        return this.#update(outcome.taskId, outcome.status);
      case 'todos':
        return this.#replace(outcome.todos);
    }
  }

  #create(subject: string, description: string): Rendered {
    const id = String(this.#tasks.size + 1);
    this.#tasks.set(id, 'pending');
    return ok(`Task #${id} created successfully: ${subject}`, {
      task: { id, subject, description },
    });
  }

  #update(taskId: string, status: string): Rendered {
    const from = this.#tasks.get(taskId);
    if (from === undefined) {
      const structured = { success: false, taskId, updatedFields: [], error: 'Task not found' };
      return ok('Task not found', structured);
    }
    this.#tasks.set(taskId, status);
    return ok(`Updated task #${taskId} status`, {
      success: true,
      taskId,
      updatedFields: ['status'],
      statusChange: { from, to: status },
    });
  }

  #replace(todos: readonly Todo[]): Rendered {
    const oldTodos = this.#todos;
    this.#todos = todos;
    return ok(TODOS_MODIFIED, { oldTodos, newTodos: todos });
  }
}

function ok(content: unknown, structured: unknown): Rendered {
  return { content, structured, isError: false, denied: false };
}

function failed(content: string, structured: string, denied: boolean): Rendered {
  return { content, structured, isError: true, denied };
}
