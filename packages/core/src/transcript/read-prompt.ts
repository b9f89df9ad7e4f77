import { preview, textAt, type Fields } from './fields.js';
import { classifyPrompt } from './prompt-text.js';
import { sayInfo, sayTitle, type Scene } from './scene.js';
import { PROMPT_HEAD, startsAgent } from './tool-call.js';

const PROMPT_LENGTH = 400;

/** Reads the text of a user record that carries no tool result. */
export function readPrompt(scene: Scene, record: Fields, raw: string): void {
  const said = classifyPrompt(raw);
  if (said.type === 'notification') {
    readNotification(scene, said.fields);
    return;
  }
  const own = scene.agentId === null && scene.state.role === 'main';
  if (!own || record['isCompactSummary'] === true) return;
  if (said.type === 'interrupted') {
    forgetTools(scene);
    scene.say({ kind: 'turn', at: scene.at, phase: 'interrupted', recordId: scene.recordId });
    return;
  }
  if (record['isMeta'] === true) return;
  switch (said.type) {
    case 'prompt':
      forgetTools(scene);
      startTurn(scene, said.text, textAt(record, 'promptId'));
      break;
    case 'command':
      if (said.hasArguments) sayTitle(scene, 'command', preview(said.text, PROMPT_HEAD));
      forgetTools(scene);
      scene.state.command = { at: scene.at, recordId: scene.recordId, text: said.text };
      break;
    case 'local-output':
      // The client answered the command by itself: no prompt, and nothing to be seen.
      scene.state.command = null;
      break;
    case 'other':
      break;
  }
}

/** A prompt of the person: a turn begins, and the session has something to show. */
export function startTurn(scene: Scene, text: string, promptId: string | null = null): void {
  scene.state.command = null;
  const prompt = preview(text, PROMPT_LENGTH);
  sayInfo(scene, { visible: true });
  sayTitle(scene, 'prompt', preview(text, PROMPT_HEAD));
  const { at, recordId } = scene;
  const id = promptId === null ? {} : { promptId };
  scene.say({ kind: 'turn', at, phase: 'start', recordId, prompt, ...id });
}

// What was still open in the main thread will get no result any more.
function forgetTools(scene: Scene): void {
  for (const [id, call] of scene.state.tools) {
    if (call.agentId === null && !startsAgent(call.name)) scene.state.tools.delete(id);
  }
}

/** A background agent or shell has ended: `<task-notification>` in a prompt or an attachment. */
export function readNotification(scene: Scene, fields: Record<string, string>): void {
  const toolUseId = fields['tool-use-id'];
  const call = toolUseId === undefined ? undefined : scene.state.tools.get(`bg:${toolUseId}`);
  if (toolUseId === undefined || call === undefined) return;
  scene.state.tools.delete(`bg:${toolUseId}`);
  scene.say({
    kind: 'agent',
    at: scene.at,
    agentId: fields['task-id'] ?? `use:${toolUseId}`,
    toolUseId,
    parentAgentId: scene.agentId,
    agentType: null,
    description: null,
    prompt: null,
    status: fields['status'] === 'failed' || fields['status'] === 'killed' ? 'failed' : 'completed',
  });
}
