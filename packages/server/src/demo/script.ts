/**
 * What a scenario says that happens, in words and without ids, clock or tokens: those come when
 * it is performed.
 */
export type Scenario = {
  /** Names it in tests; never on the page. */
  name: string;
  /** The title that the client gives the session after the first turn has begun. */
  title: string;
  /** Working directory; it needs not exist. */
  project: string;
  branch: string;
  model: string;
  /** How long the cache of the main thread is kept. */
  cache: '5m' | '1h';
  /** A person at a prompt, or `claude -p`. */
  entrypoint: 'cli' | 'sdk-cli';
  permissionMode: 'default' | 'acceptEdits';
  steps: readonly Step[];
};

export type Step =
  | { kind: 'prompt'; text: string }
  | Response
  | { kind: 'pause'; ms: number }
  | { kind: 'reports' }
  | { kind: 'retry'; status: number; attempt: number; of: number; waitMs: number }
  | { kind: 'failure'; status: number }
  | { kind: 'interrupt' }
  | { kind: 'budget'; microdollars: number }
  | { kind: 'exit' };

/** One API message; one without tool calls ends the turn. */
export type Response = { kind: 'response'; blocks: readonly Block[] };

export type Block =
  { kind: 'thinking'; text: string; tokens: number } | { kind: 'text'; text: string } | ToolCall;

export type ToolCall = {
  kind: 'call';
  name: string;
  input: Record<string, unknown>;
  /** From use to result, at the speed of life. */
  takesMs: number;
  outcome: Outcome;
};

export type Todo = {
  content: string;
  activeForm: string;
  status: 'pending' | 'in_progress' | 'completed';
};

export type TaskStatus = 'in_progress' | 'completed' | 'deleted';

/** What comes back from a tool. Where the session has a say in it, only what was asked. */
export type Outcome =
  | {
      kind: 'result';
      content: string;
      structured: unknown;
      linesAdded: number;
      linesRemoved: number;
    }
  | { kind: 'error'; message: string }
  | { kind: 'denied'; said: string }
  | { kind: 'task-created'; subject: string; description: string }
  | { kind: 'task-updated'; taskId: string; status: TaskStatus }
  | { kind: 'todos'; todos: readonly Todo[] }
  | { kind: 'agent'; agent: AgentPart };

export type AgentPart = {
  type: string;
  model: string;
  description: string;
  prompt: string;
  /** In the background the main thread goes on, and is told of the end. */
  background: boolean;
  /** The last one has no tool calls: its text is the report. */
  responses: readonly Response[];
};

/** The person types a prompt. */
export function prompt(text: string): Step {
  return { kind: 'prompt', text };
}

/** The model answers with one message. */
export function respond(...blocks: Block[]): Response {
  return { kind: 'response', blocks };
}

export function think(tokens: number, text: string): Block {
  return { kind: 'thinking', text, tokens };
}

export function say(text: string): Block {
  return { kind: 'text', text };
}

/** Nothing happens for so many seconds of life: the person reads, or is away. */
export function pause(seconds: number): Step {
  return { kind: 'pause', ms: seconds * 1_000 };
}

/** The main thread waits for its background agents and is told of each one's end. */
export function reports(): Step {
  return { kind: 'reports' };
}

/** The API is overloaded; the client waits and tries again. */
export function retry(attempt: number, of: number, waitMs: number): Step {
  return { kind: 'retry', status: 529, attempt, of, waitMs };
}

/** The client has given up retrying: the turn ends with an error. */
export function failure(): Step {
  return { kind: 'failure', status: 529 };
}

/** The person presses Esc. */
export function interrupt(): Step {
  return { kind: 'interrupt' };
}

/** The person sets a budget in the dashboard. */
export function budget(microdollars: number): Step {
  return { kind: 'budget', microdollars };
}

/** The person leaves the client, or `claude -p` is done. */
export function exit(): Step {
  return { kind: 'exit' };
}
