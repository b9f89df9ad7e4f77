import {
  addUsage,
  NO_USAGE,
  type EventOf,
  type SessionEvent,
  type SessionState,
  type Subagent,
  type ToolStats,
  type TouchedFile,
} from '@claude-optimizer/protocol';
import { emptySummary, foldSummaryOn, settleStatus } from './summary.js';

/**
 * The session's state after one more event: the one function from which the server answers and
 * the browser draws. Pure; parts that the event doesn't touch are the same objects as before.
 */
export function foldSession(before: SessionState | null, event: SessionEvent): SessionState {
  const state = before ? { ...before, summary: { ...before.summary } } : emptyState(event);
  foldOn(state, event);
  settleStatus(state.summary);
  return state;
}

/** A session before its first event. */
export function emptyState({ sessionId, timestamp }: SessionEvent): SessionState {
  const summary = emptySummary(sessionId, timestamp);
  return { summary, objectives: [], tools: [], agents: [], files: [] };
}

/**
 * As `foldSession`, on a state and summary that nobody else holds: a history is folded in bulk. Its
 * status is settled once, when all is folded.
 */
export function foldOn(state: SessionState, event: SessionEvent): void {
  foldSummaryOn(state.summary, event);
  switch (event.type) {
    case 'session:objective':
      state.objectives = withObjective(state.objectives, event);
      break;
    case 'session:tool':
      foldTool(state, event);
      break;
    case 'session:tokens':
      if (event.agentId === null) break;
      state.agents = withAgentUsage(state.agents, event.agentId, event);
      break;
    case 'session:agent':
      state.agents = withAgent(state.agents, event);
      break;
    default:
  }
}

function withObjective(
  objectives: SessionState['objectives'],
  event: EventOf<'session:objective'>,
): SessionState['objectives'] {
  const { objectiveId: id, text, status, source, taskId, timestamp } = event;
  const known = objectives.find((objective) => objective.id === id);
  const next = {
    id,
    text,
    status,
    source: known?.source ?? source,
    taskId: taskId ?? known?.taskId ?? null,
    createdAt: known?.createdAt ?? timestamp,
    startedAt: known?.startedAt ?? (status === 'in_progress' ? timestamp : null),
    completedAt: status === 'completed' ? (known?.completedAt ?? timestamp) : null,
  };
  return known
    ? objectives.map((objective) => (objective === known ? next : objective))
    : [...objectives, next];
}

function foldTool(state: SessionState, event: EventOf<'session:tool'>): void {
  state.tools = withToolStats(state.tools, event);
  state.files = withFile(state.files, event);
  if (event.agentId === null || event.phase !== 'start') return;
  state.agents = updateAgent(state.agents, event.agentId, event.timestamp, (agent) => ({
    ...agent,
    tools: agent.tools + 1,
  }));
}

function withToolStats(tools: ToolStats[], event: EventOf<'session:tool'>): ToolStats[] {
  const known = tools.find((tool) => tool.name === event.name) ?? {
    name: event.name,
    count: 0,
    errors: 0,
    denials: 0,
    durationMs: 0,
    timed: 0,
    linesAdded: 0,
    linesRemoved: 0,
  };
  const next = {
    name: known.name,
    count: known.count + (event.phase === 'start' ? 1 : 0),
    errors: known.errors + (event.outcome === 'error' ? 1 : 0),
    denials: known.denials + (event.outcome === 'denied' ? 1 : 0),
    durationMs: known.durationMs + (event.durationMs ?? 0),
    timed: known.timed + (event.durationMs === undefined ? 0 : 1),
    linesAdded: known.linesAdded + (event.linesAdded ?? 0),
    linesRemoved: known.linesRemoved + (event.linesRemoved ?? 0),
  };
  return tools.includes(known)
    ? tools.map((tool) => (tool === known ? next : tool))
    : [...tools, next];
}

function withFile(files: TouchedFile[], event: EventOf<'session:tool'>): TouchedFile[] {
  const path = event.file;
  if (path === undefined || event.linesAdded === undefined) return files;
  const known = files.find((file) => file.path === path) ?? {
    path,
    edits: 0,
    linesAdded: 0,
    linesRemoved: 0,
  };
  const next = {
    path,
    edits: known.edits + 1,
    linesAdded: known.linesAdded + event.linesAdded,
    linesRemoved: known.linesRemoved + (event.linesRemoved ?? 0),
  };
  return files.includes(known)
    ? files.map((file) => (file === known ? next : file))
    : [...files, next];
}

function newAgent(id: string, at: number): Subagent {
  return {
    id,
    toolUseId: null,
    parentId: null,
    agentType: null,
    description: null,
    prompt: null,
    status: 'running',
    model: null,
    usage: NO_USAGE,
    tools: 0,
    startedAt: at,
    lastAt: at,
  };
}

function updateAgent(
  agents: Subagent[],
  id: string,
  at: number,
  change: (agent: Subagent) => Subagent,
): Subagent[] {
  const known = agents.find((agent) => agent.id === id);
  const before = known ?? newAgent(id, at);
  const changed = change(before);
  const next = {
    ...changed,
    startedAt: Math.min(changed.startedAt, at),
    lastAt: Math.max(changed.lastAt, at),
  };
  return known ? agents.map((agent) => (agent === known ? next : agent)) : [...agents, next];
}

function withAgentUsage(
  agents: Subagent[],
  id: string,
  event: EventOf<'session:tokens'>,
): Subagent[] {
  return updateAgent(agents, id, event.timestamp, (agent) => ({
    ...agent,
    model: event.usage.messages > 0 ? event.model : agent.model,
    usage: addUsage(agent.usage, event.change),
  }));
}

const STATUS_RANK = { running: 0, background: 1, completed: 2, failed: 3 } as const;

function withAgent(known: Subagent[], event: EventOf<'session:agent'>): Subagent[] {
  // The same agent may be known by its tool use until the client has named it.
  const alias = event.toolUseId === null ? null : `use:${event.toolUseId}`;
  const placeholder =
    alias !== null && alias !== event.agentId
      ? known.find((agent) => agent.id === alias)
      : undefined;
  const others = placeholder ? known.filter((agent) => agent !== placeholder) : known;
  return updateAgent(others, event.agentId, event.timestamp, (agent) => ({
    ...agent,
    toolUseId: agent.toolUseId ?? event.toolUseId,
    parentId: agent.parentId ?? event.parentAgentId ?? placeholder?.parentId ?? null,
    agentType: agent.agentType ?? event.agentType ?? placeholder?.agentType ?? null,
    description: agent.description ?? event.description ?? placeholder?.description ?? null,
    prompt: agent.prompt ?? event.prompt ?? placeholder?.prompt ?? null,
    status: STATUS_RANK[event.status] > STATUS_RANK[agent.status] ? event.status : agent.status,
    model: agent.model ?? placeholder?.model ?? null,
    usage: placeholder ? addUsage(agent.usage, placeholder.usage) : agent.usage,
    tools: agent.tools + (placeholder?.tools ?? 0),
    startedAt: Math.min(agent.startedAt, placeholder?.startedAt ?? agent.startedAt),
    lastAt: Math.max(agent.lastAt, placeholder?.lastAt ?? agent.lastAt),
  }));
}
