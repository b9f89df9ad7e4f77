import type { EventOf } from '@claude-optimizer/protocol';
import { asFields, fieldsAt, listAt, preview, textAt, type Fields } from './fields.js';
import type { AgentSaid, ObjectiveChange } from './observation.js';
import { contentText } from './prompt-text.js';
import type { PendingTool } from './reader-state.js';
import { listedTasks, listedTodos, lineCount, objectiveStatus, PROMPT_HEAD } from './tool-call.js';

/** A tool's result as its user record gives it, with the structured twin where there is one. */
export type ToolResult = {
  toolUseId: string;
  isError: boolean;
  readonly text: string;
  twin: unknown;
  denialKind: string | null;
};

/** The result in a `tool_result` block of `record`; the twin belongs to it only if it is alone. */
export function toolResultOf(record: Fields, block: Fields, alone: boolean): ToolResult | null {
  const toolUseId = textAt(block, 'tool_use_id');
  if (toolUseId === null) return null;
  return {
    toolUseId,
    isError: block['is_error'] === true,
    // Few rules ask for it: reading it would take longer than all else of the line.
    get text() {
      return contentText(block['content']);
    },
    twin: alone ? record['toolUseResult'] : undefined,
    denialKind: textAt(record, 'toolDenialKind'),
  };
}

const DENIED =
  /^(The user doesn't want to (proceed|take)|User (rejected|chose to stay in plan mode)|This command requires approval|Claude requested permissions? to |Permission to use .{1,400}? (has been|was) denied|Permission for this action (was|has been) denied|.{0,80}denied by your permission settings)/su;
const CANCELLED =
  /^(<tool_use_error>)?(Sibling tool call errored|Cancelled: parallel tool call)|^\[Request interrupted by user/u;

/** How the call ended, from the result's own words (the format has no field for it). */
export function outcomeOf(result: ToolResult): NonNullable<EventOf<'session:tool'>['outcome']> {
  if (result.denialKind !== null) return 'denied';
  if (!result.isError) return 'ok';
  const said = result.text.replace(/^<tool_use_error>(Error: )?/u, '');
  if (CANCELLED.test(result.text)) return 'cancelled';
  return DENIED.test(said) ? 'denied' : 'error';
}

/** Lines that the call added and removed; undefined for calls that edit nothing. */
export function editedLines(
  call: PendingTool,
  result: ToolResult,
): { linesAdded: number; linesRemoved: number } | undefined {
  if (call.linesAdded === undefined) return undefined;
  const twin = asFields(result.twin);
  const hunks = listAt(twin, 'structuredPatch');
  if (hunks.length > 0) return patchLines(hunks);
  if (textAt(twin, 'type') === 'create') {
    return { linesAdded: lineCount(textAt(twin, 'content')), linesRemoved: 0 };
  }
  // An update whose patch is empty changed nothing.
  if (twin !== null && 'structuredPatch' in twin) return { linesAdded: 0, linesRemoved: 0 };
  return { linesAdded: call.linesAdded, linesRemoved: call.linesRemoved ?? 0 };
}

function patchLines(hunks: readonly unknown[]): { linesAdded: number; linesRemoved: number } {
  const lines = hunks.flatMap((hunk) => listAt(asFields(hunk), 'lines'));
  const starting = (sign: string) =>
    lines.filter((line) => typeof line === 'string' && line.startsWith(sign)).length;
  return { linesAdded: starting('+'), linesRemoved: starting('-') };
}

/** What a successful result says about objectives; ids and outcomes come from results only. */
export function objectiveChange(call: PendingTool, result: ToolResult): ObjectiveChange | null {
  const twin = asFields(result.twin);
  switch (call.name) {
    case 'TodoWrite': {
      const list = twin && 'newTodos' in twin ? listedTodos(listAt(twin, 'newTodos')) : call.todos;
      return list === undefined ? null : { type: 'todos', list };
    }
    case 'TaskCreate':
      return taskCreated(twin, result.text);
    case 'TaskUpdate':
      return taskUpdated(call, twin, result.text);
    case 'TaskList':
      return twin && 'tasks' in twin
        ? { type: 'tasks', list: listedTasks(listAt(twin, 'tasks')) }
        : null;
    default:
      return null;
  }
}

function taskCreated(twin: Fields | null, said: string): ObjectiveChange | null {
  const task = fieldsAt(twin, 'task');
  const match = /^Task #(\S+) created successfully: (.+)/u.exec(said);
  const taskId = textAt(task, 'id') ?? match?.[1];
  const text = textAt(task, 'subject') ?? match?.[2];
  if (taskId === undefined || text === undefined) return null;
  return { type: 'task-created', taskId, text: preview(text, PROMPT_HEAD) };
}

function taskUpdated(call: PendingTool, twin: Fields | null, said: string): ObjectiveChange | null {
  if (twin?.['success'] === false) return null;
  const taskId = textAt(twin, 'taskId') ?? /^Updated task #(\S+)/u.exec(said)?.[1];
  if (taskId === undefined) return null;
  const changed = objectiveStatus(textAt(fieldsAt(twin, 'statusChange'), 'to'));
  const fields = twin ? listAt(twin, 'updatedFields') : ['status', 'subject'];
  const status = changed ?? (fields.includes('status') ? (call.taskStatus ?? null) : null);
  const deleted = call.taskStatus === 'removed' && fields.includes('deleted');
  const text = fields.includes('subject') ? (call.taskText ?? null) : null;
  return { type: 'task-updated', taskId, text, status: deleted ? 'removed' : status };
}

const AGENT_ID = /^agentId: ([\w-]{4,64})(?= \(|\s*$)(?![\s\S]*^agentId: )/mu;

/** What the result of a call that starts a subagent says about it. */
export function agentOf(
  call: PendingTool,
  result: ToolResult,
  parentAgentId: string | null,
): AgentSaid {
  const twin = asFields(result.twin);
  // The client's closing words are believed where the twin is missing; an agent's own answer can
  // print "agentId: …" too.
  const named = textAt(twin, 'agentId') ?? textAt(twin, 'agent_id');
  const spoken = twin === null ? AGENT_ID.exec(result.text)?.[1] : undefined;
  const launched = twin?.['isAsync'] === true || textAt(twin, 'status') === 'async_launched';
  const mate = textAt(twin, 'status') === 'teammate_spawned';
  return {
    agentId: named ?? spoken ?? `use:${result.toolUseId}`,
    toolUseId: result.toolUseId,
    parentAgentId,
    agentType: textAt(twin, 'agentType'),
    description: call.label === '' ? null : call.label,
    prompt: call.promptHead ?? null,
    status: result.isError ? 'failed' : launched || mate ? 'background' : 'completed',
  };
}
