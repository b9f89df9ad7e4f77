import { fieldsAt, preview, textAt, timeAt, type Fields } from './fields.js';
import type { InfoPatch, Observation } from './observation.js';
import { contentText } from './prompt-text.js';
import { readAssistant, readUsage } from './read-assistant.js';
import { readAttachment, readSideRecord } from './read-side-record.js';
import { readSystem } from './read-system.js';
import { readUser } from './read-user.js';
import { remember, type ReaderState } from './reader-state.js';
import { progressMessage } from './response-uses.js';
import { sayInfo, sayTitle, type Scene } from './scene.js';
import { PROMPT_HEAD } from './tool-call.js';

const RECENT = 64;
const MAX_SIDECHAINS = 500;

/**
 * What one record says. Pure but for `state`, which it advances. `place` names the record within
 * its file when it has no uuid. Unknown types and fields are passed over.
 */
export function readRecord(state: ReaderState, record: Fields, place: string): Observation[] {
  const uuid = textAt(record, 'uuid');
  if (uuid !== null && seenBefore(state, uuid)) return [];
  const said: Observation[] = [];
  const time = timeAt(record, 'timestamp');
  const scene: Scene = {
    state,
    at: time ?? state.lastAt ?? state.bornAt,
    recordId: uuid ?? place,
    agentId: state.agentId,
    say: (observation) => said.push(observation),
  };
  if (time !== null) beginTime(scene, time);
  scene.agentId = threadOf(scene, record);
  if (isConversation(record)) readEnvelope(scene, record);
  if (uuid !== null) claimSummary(scene, uuid);
  read(scene, record);
  return said;
}

function isConversation(record: Fields): boolean {
  return 'message' in record || 'cwd' in record;
}

function read(scene: Scene, record: Fields): void {
  switch (record['type']) {
    case 'user':
      readUser(scene, record);
      break;
    case 'assistant':
      readAssistant(scene, record);
      break;
    case 'system':
      if (scene.state.role !== 'aside') readSystem(scene, record);
      break;
    case 'attachment':
      if (scene.state.role !== 'aside') readAttachment(scene, record);
      break;
    case 'progress':
      readProgress(scene, record);
      break;
    default:
      // A record without a time before any time: there is no session yet to say it of.
      readSideRecord(scene, record);
  }
}

function seenBefore(state: ReaderState, uuid: string): boolean {
  if (state.recent.includes(uuid)) return true;
  state.recent.push(uuid);
  if (state.recent.length > RECENT) state.recent.shift();
  return false;
}

function beginTime(scene: Scene, time: number): void {
  const { state } = scene;
  const first = state.lastAt === null;
  state.lastAt = time;
  if (first && Object.keys(state.early).length > 0) {
    scene.say({ kind: 'info', at: time, info: state.early });
    state.early = {};
  }
}

// Project, branch and version change on the way; the project is the first directory (a later
// `cd` doesn't move the session), and a subagent's worktree says nothing about its session.
function readEnvelope(scene: Scene, record: Fields): void {
  const { state } = scene;
  if (scene.agentId !== null || state.role === 'aside') return readAgentEnvelope(scene, record);
  const patch: InfoPatch = {};
  const cwd = textAt(record, 'cwd');
  if (cwd !== null && state.info.project === undefined) patch.project = cwd;
  const branch = textAt(record, 'gitBranch');
  if (branch !== null && branch !== 'HEAD') patch.branch = branch;
  const version = textAt(record, 'version');
  if (version !== null) patch.version = version;
  const entrypoint = textAt(record, 'entrypoint');
  if (entrypoint !== null) patch.entrypoint = entrypoint;
  sayInfo(scene, patch);
}

// Of a session whose main file is gone the subagents' files are all there is.
function readAgentEnvelope(scene: Scene, record: Fields): void {
  const { state } = scene;
  if (state.role !== 'agent' || state.agentSeen) return;
  state.agentSeen = true;
  const prompt = preview(contentText(fieldsAt(record, 'message')?.['content']), PROMPT_HEAD);
  if (prompt === 'Warmup') {
    state.role = 'aside';
    return;
  }
  const cwd = textAt(record, 'cwd');
  const info = { visible: true, ...(cwd === null ? {} : { project: cwd }) };
  scene.say({ kind: 'info', at: scene.at, info, weak: true });
  scene.say({
    kind: 'agent',
    at: scene.at,
    agentId: scene.agentId ?? scene.recordId,
    toolUseId: state.agentNote?.toolUseId ?? null,
    parentAgentId: null,
    agentType: state.agentNote?.agentType ?? null,
    description: state.agentNote?.description ?? null,
    prompt: prompt === '' ? null : prompt,
    status: 'running',
  });
}

function claimSummary(scene: Scene, uuid: string): void {
  const summary = scene.state.summaries.get(uuid);
  if (summary !== undefined) sayTitle(scene, 'summary', summary);
}

// Old clients wrote subagents' threads into the main file: the first record has no parent and
// repeats the prompt of the call, the others hang on it.
function threadOf(scene: Scene, record: Fields): string | null {
  const { state } = scene;
  if (state.role !== 'main' || record['isSidechain'] !== true) return state.agentId;
  const parent = textAt(record, 'parentUuid');
  const known =
    (parent === null ? undefined : state.sidechains.get(parent)) ?? callOf(state, record);
  const agentId = known ?? textAt(record, 'agentId') ?? `side:${scene.recordId}`;
  if (known === undefined) meetAgent(scene, agentId, null);
  remember(state.sidechains, scene.recordId, agentId, MAX_SIDECHAINS);
  return agentId;
}

// A subagent that no call and no file of its own has made known.
function meetAgent(scene: Scene, agentId: string, toolUseId: string | null): void {
  const { at, state } = scene;
  const met = `agent ${agentId}`;
  if (state.sidechains.has(met)) return;
  remember(state.sidechains, met, agentId, MAX_SIDECHAINS);
  const unknown = { parentAgentId: null, agentType: null, description: null, prompt: null };
  scene.say({ kind: 'agent', at, agentId, toolUseId, ...unknown, status: 'running' });
}

function callOf(state: ReaderState, record: Fields): string | undefined {
  const prompt = preview(contentText(fieldsAt(record, 'message')?.['content']), PROMPT_HEAD);
  for (const [id, call] of state.tools) {
    if (call.promptHead !== undefined && call.promptHead === prompt) return `use:${id}`;
  }
  return undefined;
}

// 2.1.11–2.1.42 repeat a subagent's messages in its parent's file; counted by the same ids, they
// only matter where the subagent's own file is missing.
function readProgress(scene: Scene, record: Fields): void {
  const nested = progressMessage(record);
  if (nested === null) return;
  const named = textAt(fieldsAt(record, 'data'), 'agentId');
  const agentId = named ?? scene.agentId;
  const at = timeAt(nested.record, 'timestamp') ?? scene.at;
  if (named !== null) meetAgent({ ...scene, at }, named, textAt(record, 'parentToolUseID'));
  readUsage({ ...scene, at, agentId }, nested.record, nested.message);
}
