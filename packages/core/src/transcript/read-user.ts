import { fieldsAt, listAt, preview, textAt, type Fields } from './fields.js';
import { blocksOf, contentText } from './prompt-text.js';
import { readPrompt } from './read-prompt.js';
import { remember, type PendingTool } from './reader-state.js';
import { sayObjectives, sayPermissionMode, type Scene } from './scene.js';
import { listedTodos, startsAgent } from './tool-call.js';
import {
  agentOf,
  editedLines,
  objectiveChange,
  outcomeOf,
  toolResultOf,
  type ToolResult,
} from './tool-result.js';

const ERROR_LENGTH = 200;
const MAX_BACKGROUND = 100;

/** Reads a user record: tool results (nine in ten), prompts, interruptions, notifications. */
export function readUser(scene: Scene, record: Fields): void {
  if (scene.agentId === null && scene.state.role === 'main') sayPermissionMode(scene, record);
  const message = fieldsAt(record, 'message');
  const results = blocksOf(message, 'tool_result');
  for (const block of results) {
    const result = toolResultOf(record, block, results.length === 1);
    if (result) readResult(scene, result);
  }
  const todos = listedTodos(listAt(record, 'todos'));
  if (todos.length > 0) sayObjectives(scene, { type: 'todos', list: todos });
  if (results.length === 0) readPrompt(scene, record, promptOf(message));
}

// A picture alone is a prompt too.
function promptOf(message: Fields | null): string {
  const text = contentText(message?.['content']);
  if (text !== '') return text;
  const attached = [...blocksOf(message, 'image'), ...blocksOf(message, 'document')];
  return attached.length === 0 ? '' : `[${textAt(attached[0] ?? null, 'type') ?? 'image'}]`;
}

function readResult(scene: Scene, result: ToolResult): void {
  const { state, at } = scene;
  const call = state.tools.get(result.toolUseId);
  if (call === undefined) return;
  state.tools.delete(result.toolUseId);
  const outcome = outcomeOf(result);
  const lines = outcome === 'ok' ? editedLines(call, result) : undefined;
  scene.say({
    kind: 'tool',
    at,
    phase: 'end',
    toolUseId: result.toolUseId,
    name: call.name,
    label: call.label,
    agentId: call.agentId,
    outcome,
    durationMs: Math.max(0, at - call.at),
    ...(call.file === undefined ? {} : { file: call.file }),
    ...lines,
    ...(outcome === 'error' ? { error: preview(result.text, ERROR_LENGTH) } : {}),
  });
  if (startsAgent(call.name)) readAgentResult(scene, call, result);
  const change = outcome === 'ok' ? objectiveChange(call, result) : null;
  if (change) sayObjectives(scene, change, result.toolUseId);
}

function readAgentResult(scene: Scene, call: PendingTool, result: ToolResult): void {
  const agent = agentOf(call, result, call.agentId);
  if (agent.status === 'background') {
    remember(scene.state.tools, `bg:${result.toolUseId}`, call, MAX_BACKGROUND);
  }
  scene.say({ kind: 'agent', at: scene.at, ...agent });
}
