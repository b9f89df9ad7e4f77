import { fieldsAt, preview, textAt, type Fields, asFields, listAt } from './fields.js';
import { completedMarks } from './marks.js';
import { contentText } from './prompt-text.js';
import { sayInfo, type Scene } from './scene.js';
import { startTurn } from './read-prompt.js';
import { pendingTool, startsAgent } from './tool-call.js';
import { responseUses } from './response-uses.js';
import { contextTokens as contextOf } from './usage.js';
import { remember } from './reader-state.js';

const TEXT_LENGTH = 400;
const ERROR_LENGTH = 300;
/** More calls than that are never open at once; the oldest are given up. */
const MAX_PENDING = 500;

/** Reads an assistant record: one content block of a response, with the response's usage. */
export function readAssistant(scene: Scene, record: Fields): void {
  const message = fieldsAt(record, 'message');
  if (message === null) return;
  const shown = scene.state.role !== 'aside';
  if (textAt(message, 'model') === '<synthetic>') {
    if (shown) readSynthetic(scene, record, contentText(message['content']));
    return;
  }
  if (shown) sayInfo(scene, { visible: true });
  if (scene.state.command && scene.agentId === null) {
    const { text, ...when } = scene.state.command;
    startTurn({ ...scene, ...when }, text);
  }
  readUsage(scene, record, message);
  if (!shown) return;
  const content = message['content'];
  const blocks =
    typeof content === 'string' ? [{ type: 'text', text: content }] : listAt(message, 'content');
  for (const block of blocks) readBlock(scene, message, asFields(block));
}

/** Says what a response used; its advisor's calls apart, as their own model bills them. */
export function readUsage(scene: Scene, record: Fields, message: Fields): void {
  const usage = fieldsAt(message, 'usage');
  const agentId = scene.state.role === 'aside' ? null : scene.agentId;
  const inMain = scene.state.role === 'main' && scene.agentId === null;
  responseUses(record, message, scene.recordId).forEach((use, index) => {
    const contextTokens = inMain && usage && index === 0 ? contextOf(usage) : null;
    // What was just made of the record is nobody else's: a copy of each takes longer.
    scene.say({ kind: 'usage', at: scene.at, use: Object.assign(use, { agentId, contextTokens }) });
  });
}

function readBlock(scene: Scene, message: Fields, block: Fields | null): void {
  switch (block?.['type']) {
    case 'text':
      readText(scene, message, textAt(block, 'text') ?? '');
      break;
    case 'tool_use':
      readToolUse(scene, block);
      break;
  }
}

function readText(scene: Scene, message: Fields, text: string): void {
  const { at, recordId, agentId } = scene;
  const reason = textAt(message, 'stop_reason');
  const words = preview(text, TEXT_LENGTH);
  if (words !== '') {
    scene.say({ kind: 'message', at, recordId, agentId, text: words, closing: reason === null });
  }
  if (agentId !== null) return;
  for (const mark of completedMarks(text)) {
    scene.say({ kind: 'objectives', at, change: { type: 'mark', text: mark } });
  }
  if (reason === 'end_turn' || reason === 'stop_sequence' || reason === 'refusal') {
    scene.say({ kind: 'turn', at, phase: 'end', recordId });
  }
}

function readToolUse(scene: Scene, block: Fields): void {
  const toolUseId = textAt(block, 'id');
  const name = textAt(block, 'name');
  if (toolUseId === null || name === null || scene.state.tools.has(toolUseId)) return;
  const call = pendingTool(name, fieldsAt(block, 'input'), scene.at, scene.agentId);
  remember(scene.state.tools, toolUseId, call, MAX_PENDING);
  const { at, agentId } = scene;
  scene.say({ kind: 'tool', at, phase: 'start', toolUseId, name, label: call.label, agentId });
  if (!startsAgent(name)) return;
  scene.say({
    kind: 'agent',
    at,
    agentId: `use:${toolUseId}`,
    toolUseId,
    parentAgentId: agentId,
    agentType: textAt(fieldsAt(block, 'input'), 'subagent_type'),
    description: call.label === '' ? null : call.label,
    prompt: call.promptHead ?? null,
    status: 'running',
  });
}

/** How the client begins where it gives up on the API, in the model’s place. */
export const FAILURE =
  /^(API Error|Invalid API key|Credit balance|You've (hit|reached) your|Claude .{0,40}limit reached)/u;

// The client speaks for itself: an error that ended the turn, or a remark of no consequence.
function readSynthetic(scene: Scene, record: Fields, text: string): void {
  if (record['isApiErrorMessage'] !== true && !FAILURE.test(text)) return;
  const status = record['apiErrorStatus'];
  scene.say({
    kind: 'error',
    at: scene.at,
    recordId: scene.recordId,
    agentId: scene.agentId,
    message: preview(text, ERROR_LENGTH),
    status: typeof status === 'number' ? status : null,
    fatal: scene.agentId === null,
  });
}
