import type { Hook } from '@claude-optimizer/protocol';
import { asFields, preview, textAt } from '../transcript/fields.js';
import type { ObjectiveChange } from '../transcript/observation.js';
import { classifyPrompt } from '../transcript/prompt-text.js';
import { pendingTool, PROMPT_HEAD, startsAgent } from '../transcript/tool-call.js';
import {
  agentOf,
  editedLines,
  objectiveChange,
  outcomeOf,
  type ToolResult,
} from '../transcript/tool-result.js';
import type { Heard } from './heard.js';

const PROMPT_LENGTH = 400;
const ERROR_LENGTH = 200;

/** What a hook says that came at `at` (epoch ms), in order; nothing for hooks we don't know. */
export function readHook(hook: Hook, at: number): Heard[] {
  switch (hook.hook_event_name) {
    case 'SessionStart':
      return [circumstances(hook, at)];
    case 'UserPromptSubmit':
      return readPrompt(hook, at);
    case 'PreToolUse':
      return readToolStart(hook, at);
    case 'PostToolUse':
    case 'PostToolUseFailure':
      return readToolEnd(hook, at);
    case 'PermissionRequest':
      return [asked(hook, at)];
    case 'Notification':
      return hook.notification_type === 'permission_prompt' ? [asked(hook, at)] : [];
    case 'TaskCreated':
    case 'TaskCompleted':
      return readTask(hook, at);
    case 'SubagentStart':
    case 'SubagentStop':
      return readAgent(hook, at);
    case 'Stop':
      return [{ kind: 'turn', at, phase: 'end', recordId: `hook:${String(at)}` }];
    case 'SessionEnd':
      return [{ kind: 'exit', at, recordId: `hook:${String(at)}`, clientCostMicrodollars: null }];
    default:
      return [];
  }
}

// Said weakly: the transcript knows the session's first folder and its better titles.
function circumstances(hook: Hook, at: number, visible = false, title?: string): Heard {
  return {
    kind: 'info',
    at,
    weak: true,
    info: {
      ...(visible ? { visible } : {}),
      ...(title === undefined ? {} : { title }),
      ...(hook.cwd === undefined || hook.agent_id !== undefined ? {} : { project: hook.cwd }),
      ...(hook.permission_mode === undefined ? {} : { permissionMode: hook.permission_mode }),
    },
  };
}

function readPrompt(hook: Hook, at: number): Heard[] {
  const said = classifyPrompt(hook.prompt ?? '');
  // A command may be one that the client answers by itself: its transcript knows.
  if (said.type !== 'prompt' || said.text.startsWith('/')) return [circumstances(hook, at)];
  const promptId = hook.prompt_id;
  return [
    circumstances(hook, at, true, preview(said.text, PROMPT_HEAD)),
    {
      kind: 'turn',
      at,
      phase: 'start',
      recordId: `hook:${promptId ?? String(at)}`,
      prompt: preview(said.text, PROMPT_LENGTH),
      ...(promptId === undefined ? {} : { promptId }),
    },
  ];
}

function readToolStart(hook: Hook, at: number): Heard[] {
  const { tool_use_id: toolUseId, tool_name: name } = hook;
  if (toolUseId === undefined || name === undefined) return [];
  const agentId = hook.agent_id ?? null;
  const call = pendingTool(name, hook.tool_input ?? null, at, agentId);
  const { label } = call;
  const said: Heard[] = [
    circumstances(hook, at, true),
    { kind: 'tool', at, phase: 'start', toolUseId, name, label, agentId },
  ];
  if (!startsAgent(name)) return said;
  return [
    ...said,
    {
      kind: 'agent',
      at,
      agentId: `use:${toolUseId}`,
      toolUseId,
      parentAgentId: agentId,
      agentType: textAt(hook.tool_input ?? null, 'subagent_type'),
      description: label === '' ? null : label,
      prompt: call.promptHead ?? null,
      status: 'running',
    },
  ];
}

function readToolEnd(hook: Hook, at: number): Heard[] {
  const { tool_use_id: toolUseId, tool_name: name, duration_ms: took } = hook;
  if (toolUseId === undefined || name === undefined) return [];
  const agentId = hook.agent_id ?? null;
  const call = pendingTool(name, hook.tool_input ?? null, at, agentId);
  const result = resultOf(hook, toolUseId);
  const outcome = hook.is_interrupt === true ? 'cancelled' : outcomeOf(result);
  // The client gives hooks the whole path; the transcript has it as the model wrote it.
  const file = textAt(asFields(hook.tool_response), 'filePath') ?? call.file;
  const change = outcome === 'ok' ? objectiveChange(call, result) : null;
  return [
    circumstances(hook, at, true),
    {
      kind: 'tool',
      at,
      phase: 'end',
      toolUseId,
      name,
      label: call.label,
      agentId,
      outcome,
      ...(took === undefined ? {} : { durationMs: Math.round(took) }),
      ...(call.file === undefined || file === undefined ? {} : { file }),
      ...(outcome === 'ok' ? editedLines(call, result) : {}),
      ...(outcome === 'error' ? { error: preview(result.text, ERROR_LENGTH) } : {}),
    },
    ...(startsAgent(name)
      ? [{ kind: 'agent', at, ...agentOf(call, result, agentId) } as const]
      : []),
    ...(change ? readChange(change, agentId, toolUseId, at) : []),
  ];
}

function resultOf(hook: Hook, toolUseId: string): ToolResult {
  const failed = hook.hook_event_name === 'PostToolUseFailure';
  const text = failed ? (hook.error ?? '') : '';
  return { toolUseId, isError: failed, text, twin: hook.tool_response, denialKind: null };
}

// As in transcripts: a subagent's todo list is nobody else's, tasks are shared.
function readChange(
  change: ObjectiveChange,
  agentId: string | null,
  cause: string,
  at: number,
): Heard[] {
  if (agentId !== null && change.type === 'todos') return [];
  return [{ kind: 'objectives', at, change, cause }];
}

function asked(hook: Hook, at: number): Heard {
  const name = hook.tool_name ?? /permission to use (\S+)/u.exec(hook.message ?? '')?.[1] ?? null;
  const toolUseId = hook.tool_use_id ?? null;
  return { kind: 'asked', at, toolUseId, name, agentId: hook.agent_id ?? null };
}

function readTask(hook: Hook, at: number): Heard[] {
  const { task_id: taskId, task_subject: subject } = hook;
  if (taskId === undefined || subject === undefined) return [];
  const text = preview(subject, PROMPT_HEAD);
  const change: ObjectiveChange =
    hook.hook_event_name === 'TaskCreated'
      ? { type: 'task-created', taskId, text }
      : { type: 'tasks', list: [{ taskId, text, status: 'completed' }] };
  return [circumstances(hook, at, true), { kind: 'objectives', at, change }];
}

function readAgent(hook: Hook, at: number): Heard[] {
  const { agent_id: agentId, agent_type: agentType = null } = hook;
  if (agentId === undefined) return [];
  const status = hook.hook_event_name === 'SubagentStart' ? 'running' : 'completed';
  const unknown = { toolUseId: null, parentAgentId: null, description: null, prompt: null };
  return [{ kind: 'agent', at, agentId, agentType, ...unknown, status }];
}
