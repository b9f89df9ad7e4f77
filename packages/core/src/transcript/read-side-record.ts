import { fieldsAt, listAt, numberAt, preview, textAt, type Fields } from './fields.js';
import { listedTasks, listedTodos } from './tool-call.js';
import { sayInfo, sayObjectives, sayPermissionMode, sayTitle, type Scene } from './scene.js';
import { classifyPrompt } from './prompt-text.js';
import { readNotification, startTurn } from './read-prompt.js';
import { remember } from './reader-state.js';

const TITLE_LENGTH = 200;
const MAX_SUMMARIES = 50;

/** Reads records that aren't part of the conversation: titles, modes, links, the client's sum. */
export function readSideRecord(scene: Scene, record: Fields): void {
  switch (record['type']) {
    case 'summary':
      readSummary(scene, record);
      break;
    case 'ai-title':
      sayTitle(scene, 'ai', preview(textAt(record, 'aiTitle') ?? '', TITLE_LENGTH));
      break;
    case 'custom-title':
      sayTitle(scene, 'custom', preview(textAt(record, 'customTitle') ?? '', TITLE_LENGTH));
      break;
    case 'permission-mode':
      sayPermissionMode(scene, record);
      break;
    case 'pr-link': {
      const pullRequest = textAt(record, 'prUrl');
      if (pullRequest?.startsWith('https://')) sayInfo(scene, { pullRequest });
      break;
    }
    case 'cost-state':
      readCostState(scene, record);
      break;
  }
}

// At the head of an old file a summary mostly names another session: its leaf tells.
function readSummary(scene: Scene, record: Fields): void {
  const summary = preview(textAt(record, 'summary') ?? '', TITLE_LENGTH);
  const leaf = textAt(record, 'leafUuid');
  if (leaf === null || summary === '') return;
  if (scene.state.recent.includes(leaf)) sayTitle(scene, 'summary', summary);
  else remember(scene.state.summaries, leaf, summary, MAX_SUMMARIES);
}

function readCostState(scene: Scene, record: Fields): void {
  if (scene.state.role !== 'main') return;
  const dollars = numberAt(record, 'totalCostUSD');
  const known = dollars !== null && record['hasUnknownModelCost'] !== true;
  scene.say({
    kind: 'exit',
    at: scene.at,
    recordId: scene.recordId,
    // To a thousandth first: 0.0121755 × 1,000,000 is a hair below the half that it stands for.
    clientCostMicrodollars: known ? Math.round(Number((dollars * 1_000_000).toFixed(3))) : null,
  });
}

/** Reads an attachment: prompts typed while a tool ran, and repeats of the task list. */
export function readAttachment(scene: Scene, record: Fields): void {
  const attachment = fieldsAt(record, 'attachment');
  switch (attachment?.['type']) {
    case 'queued_command':
      readQueued(scene, attachment);
      break;
    case 'task_reminder':
      resync(scene, 'tasks', listAt(attachment, 'content'));
      break;
    case 'todo_reminder':
      resync(scene, 'todos', listAt(attachment, 'content'));
      break;
  }
}

function readQueued(scene: Scene, attachment: Fields): void {
  const said = classifyPrompt(textAt(attachment, 'prompt') ?? '');
  if (said.type === 'notification') readNotification(scene, said.fields);
  if (said.type === 'prompt' && scene.agentId === null && scene.state.role === 'main') {
    startTurn(scene, said.text);
  }
}

// An empty reminder means that there is no list, not that it was cleared.
function resync(scene: Scene, type: 'tasks' | 'todos', content: readonly unknown[]): void {
  const list = type === 'tasks' ? listedTasks(content) : listedTodos(content);
  if (list.length > 0) sayObjectives(scene, { type, list });
}
