/** What is wanted of a value: of an object these fields, of a list this of each, of a text … */
export type Shape = {
  /** By the number of its key; what isn't named isn't wanted. */
  fields: readonly (Shape | undefined)[];
  items: Shape | null;
  text: 'whole' | 'repeated' | 'first' | 'none';
  /** Whether its field `content` is only read when somebody asks for it. */
  isLate: boolean;
};

/** All keys that a shape names; the number of one is its place here and 1. */
export const KEYS: string[] = [];

function numberOf(key: string): number {
  const known = KEYS.indexOf(key);
  return known === -1 ? KEYS.push(key) : known + 1;
}

const NOTHING: Shape = { fields: [], items: null, text: 'none', isLate: false };
/** A text, number or word. */
const ONE: Shape = { ...NOTHING, text: 'whole' };
/** A text that is mostly the same as that of the line before. */
const SAME: Shape = { ...NOTHING, text: 'repeated' };

function object(named: Readonly<Record<string, Shape>>): Shape {
  const fields: Shape['fields'][number][] = [];
  for (const [key, shape] of Object.entries(named)) fields[numberOf(key)] = shape;
  return { ...ONE, fields };
}

function list(items: Shape): Shape {
  return { ...ONE, items };
}

function each(shape: Shape, ...keys: readonly string[]): Record<string, Shape> {
  return Object.fromEntries(keys.map((key) => [key, shape]));
}

const TEXTS = list(object({ text: ONE, type: SAME }));
const TODOS = list(object({ content: ONE, status: SAME }));
const TOKENS = {
  ...each(ONE, 'input_tokens', 'output_tokens', 'cache_read_input_tokens'),
  ...each(ONE, 'cache_creation_input_tokens'),
  cache_creation: object(each(ONE, 'ephemeral_5m_input_tokens', 'ephemeral_1h_input_tokens')),
};
const USAGE = object({
  ...TOKENS,
  server_tool_use: object(each(ONE, 'web_search_requests')),
  ...each(SAME, 'speed', 'service_tier'),
  iterations: list(object({ ...TOKENS, ...each(SAME, 'type', 'model') })),
});
const EDIT = each(ONE, 'old_string', 'new_string');
const INPUT = object({
  ...each(ONE, 'subject', 'description', 'command', 'file_path', 'notebook_path', 'pattern'),
  ...each(ONE, 'query', 'url', 'skill', 'taskId', 'task_id', 'path', 'prompt', 'subagent_type'),
  ...each(ONE, 'content', 'new_source', 'status'),
  ...EDIT,
  edits: list(object(EDIT)),
  todos: TODOS,
  questions: list(object(each(ONE, 'question'))),
});
const BLOCK = {
  ...object({
    ...each(SAME, 'type', 'name'),
    ...each(ONE, 'text', 'id', 'tool_use_id', 'is_error'),
    input: INPUT,
    content: TEXTS,
  }),
  isLate: true,
};
const MESSAGE = object({
  ...each(SAME, 'id', 'model', 'stop_reason'),
  content: list(BLOCK),
  usage: USAGE,
});
const LISTED = object(each(ONE, 'id', 'subject', 'status'));
/** What the client keeps of a result beside what the model is told. */
const TWIN: Shape = {
  ...object({
    ...each(ONE, 'type', 'content', 'agentId', 'agent_id', 'isAsync', 'status', 'agentType'),
    ...each(ONE, 'success', 'taskId'),
    structuredPatch: list(object({ lines: list({ ...NOTHING, text: 'first' }) })),
    newTodos: TODOS,
    tasks: list(LISTED),
    task: LISTED,
    statusChange: object(each(ONE, 'to')),
    updatedFields: list(ONE),
  }),
  text: 'none',
  isLate: true,
};

/** What the rules look at in a line of a prompt, a result or an answer. */
export const RECORD = object({
  ...each(SAME, 'type', 'cwd', 'gitBranch', 'version', 'entrypoint', 'permissionMode', 'agentId'),
  ...each(SAME, 'promptId', 'requestId'),
  ...each(ONE, 'uuid', 'parentUuid', 'timestamp', 'isSidechain', 'isCompactSummary', 'isMeta'),
  ...each(ONE, 'isApiErrorMessage', 'apiErrorStatus', 'advisorModel', 'toolDenialKind'),
  message: MESSAGE,
  toolUseResult: TWIN,
  todos: TODOS,
});

export const CONTENT = numberOf('content');
