import type { AgentPart, Outcome, TaskStatus, Todo, ToolCall } from './script.js';
import { numbered, sourceText } from './source-text.js';

function call(
  name: string,
  input: Record<string, unknown>,
  seconds: number,
  outcome: Outcome,
): ToolCall {
  return { kind: 'call', name, input, takesMs: seconds * 1_000, outcome };
}

function result(
  content: string,
  structured: unknown,
  lines: { added: number; removed: number } = { added: 0, removed: 0 },
): Outcome {
  return {
    kind: 'result',
    content,
    structured,
    linesAdded: lines.added,
    linesRemoved: lines.removed,
  };
}

/** A command that ends well and prints `stdout`. */
export function bash(command: string, stdout: string, seconds = 1.2): ToolCall {
  const structured = {
    stdout,
    stderr: '',
    interrupted: false,
    isImage: false,
    noOutputExpected: false,
  };
  return call(
    'Bash',
    { command, description: describe(command) },
    seconds,
    result(stdout, structured),
  );
}

/** A command that ends with an exit code other than 0. */
export function bashFails(command: string, output: string, seconds = 1.2): ToolCall {
  const message = `Exit code 1\n${output}`;
  return call('Bash', { command, description: describe(command) }, seconds, {
    kind: 'error',
    message,
  });
}

/** A command that the person doesn't allow. */
export function bashDenied(command: string, said: string, seconds = 6): ToolCall {
  return call('Bash', { command, description: describe(command) }, seconds, {
    kind: 'denied',
    said,
  });
}

function describe(command: string): string {
  const [program = '', verb = ''] = command.split(' ');
  return `Run ${program} ${verb}`.trim();
}

/** Reads a file of so many lines. */
export function read(path: string, lines: number): ToolCall {
  const content = sourceText(path, lines);
  const file = {
    filePath: path,
    content,
    numLines: lines + 1,
    startLine: 1,
    totalLines: lines + 1,
  };
  return call('Read', { file_path: path }, 0.3, result(numbered(content), { type: 'text', file }));
}

/** Replaces `before` by `after`, which begins at `line` of the file. */
export function edit(path: string, line: number, before: string, after: string): ToolCall {
  const removed = before.split('\n');
  const added = after.split('\n');
  const original = sourceText(path, line - 1) + before + '\n' + sourceText(path, 12);
  const structured = {
    filePath: path,
    oldString: before,
    newString: after,
    originalFile: original,
    structuredPatch: [
      {
        oldStart: line,
        oldLines: removed.length,
        newStart: line,
        newLines: added.length,
        lines: [...removed.map((text) => `-${text}`), ...added.map((text) => `+${text}`)],
      },
    ],
    userModified: false,
    replaceAll: false,
  };
  const note = `The file ${path} has been updated successfully.`;
  return call(
    'Edit',
    { replace_all: false, file_path: path, old_string: before, new_string: after },
    0.4,
    result(note, structured, { added: added.length, removed: removed.length }),
  );
}

/** Writes a new file. */
export function write(path: string, content: string): ToolCall {
  const structured = {
    type: 'create',
    filePath: path,
    content,
    structuredPatch: [],
    originalFile: null,
    userModified: false,
  };
  const added = content.split('\n').length;
  return call(
    'Write',
    { file_path: path, content },
    0.4,
    result(`File created successfully at: ${path}`, structured, { added, removed: 0 }),
  );
}

export function webSearch(query: string, titles: readonly string[]): ToolCall {
  const content = titles.map((title, index) => ({
    title,
    url: `https://docs.example.com/${String(index + 1)}`,
  }));
  const results = [{ tool_use_id: 'srvtoolu_search', content }];
  return call(
    'WebSearch',
    { query },
    4,
    result(`Web search results for query: "${query}"\n\n${titles.join('\n')}`, {
      query,
      results,
      durationSeconds: 4,
      searchCount: 1,
    }),
  );
}

/** Asks the person and waits for the answer. */
export function ask(
  question: string,
  options: readonly string[],
  answer: string,
  seconds: number,
): ToolCall {
  const questions = [
    {
      question,
      header: 'Choice',
      options: options.map((label) => ({ label, description: label })),
      multiSelect: false,
    },
  ];
  const answers = { [question]: answer };
  return call(
    'AskUserQuestion',
    { questions },
    seconds,
    result(`User has answered your questions: "${question}"="${answer}".`, { questions, answers }),
  );
}

export function createTask(subject: string, description: string): ToolCall {
  const activeForm = subject;
  return call('TaskCreate', { subject, description, activeForm }, 0.1, {
    kind: 'task-created',
    subject,
    description,
  });
}

/** Tasks have the numbers in which they were created, from 1. */
export function updateTask(number: number, status: TaskStatus): ToolCall {
  const taskId = String(number);
  return call('TaskUpdate', { taskId, status }, 0.1, { kind: 'task-updated', taskId, status });
}

/** The whole list, of which the first `done` are completed and the next is under way. */
export function todos(contents: readonly string[], done: number): ToolCall {
  const list = contents.map((content, index): Todo => ({
    content,
    status: index < done ? 'completed' : index === done ? 'in_progress' : 'pending',
    activeForm: content,
  }));
  return call('TodoWrite', { todos: list }, 0.1, { kind: 'todos', todos: list });
}

/** Hands work to a subagent; its last response is the report. */
export function agent(part: AgentPart): ToolCall {
  const input = {
    description: part.description,
    prompt: part.prompt,
    subagent_type: part.type,
    ...(part.background ? {} : { run_in_background: false }),
  };
  return call('Agent', input, 0.5, { kind: 'agent', agent: part });
}
