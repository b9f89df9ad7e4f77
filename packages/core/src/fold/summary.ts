import {
  freshTokens,
  NO_USAGE,
  NOTHING_UNPRICED,
  type EventOf,
  type SessionEvent,
  type SessionSummary,
} from '@claude-optimizer/protocol';
import { sessionStatus } from './status.js';

const MINUTE = 60_000;
/** Minutes of speed that a card shows. */
export const RATE_MINUTES = 30;
/** A longer silence within a turn isn't counted as active time: nobody was there. */
const ACTIVE_GAP_MS = 30 * MINUTE;

/** A session of which nothing is known but its id and first time (epoch ms). */
export function emptySummary(id: string, at: number): SessionSummary {
  return {
    id,
    seq: 0,
    visible: false,
    status: 'idle',
    phase: 'turn-ended',
    phaseAt: at,
    project: null,
    title: null,
    firstPrompt: null,
    branch: null,
    version: null,
    entrypoint: null,
    permissionMode: null,
    pullRequest: null,
    model: null,
    models: [],
    startedAt: at,
    lastAt: at,
    mainAt: at,
    activeMs: 0,
    usage: NO_USAGE,
    unpriced: NOTHING_UNPRICED,
    incomplete: 0,
    costFraction: 0,
    basis: 'exact',
    context: null,
    rate: [],
    objectives: { completed: 0, total: 0 },
    currentObjective: null,
    openTools: [],
    counts: {
      prompts: 0,
      tools: 0,
      toolErrors: 0,
      denials: 0,
      errors: 0,
      agents: 0,
      compactions: 0,
      linesAdded: 0,
      linesRemoved: 0,
    },
    budgetMicrodollars: null,
    clientCost: null,
    lastUsageAt: null,
    lastError: null,
  };
}

/** The summary after one more event. Pure; `status` is as at the event's own time. */
export function foldSummary(before: SessionSummary | null, event: SessionEvent): SessionSummary {
  const next = before ? { ...before } : emptySummary(event.sessionId, event.timestamp);
  foldSummaryOn(next, event);
  settleStatus(next);
  return next;
}

/** The status as at the time of the last sign of life. */
export function settleStatus(summary: SessionSummary): void {
  summary.status = sessionStatus(summary, summary.lastAt);
}

/** As `foldSummary`, on a summary that nobody else holds; its status is still to be settled. */
export function foldSummaryOn(next: SessionSummary, event: SessionEvent): void {
  if (isActivity(event)) inTime(next, event);
  apply(next, event);
  next.seq = event.seq;
}

function inTime(next: SessionSummary, event: SessionEvent): void {
  const at = event.timestamp;
  next.startedAt = Math.min(next.startedAt, at);
  next.lastAt = Math.max(next.lastAt, at);
  if (!isMainThread(event) || at <= next.mainAt) return;
  if (next.phase === 'working') next.activeMs += Math.min(at - next.mainAt, ACTIVE_GAP_MS);
  next.mainAt = at;
}

/** Whether the event is a sign of life, as against something learnt or said about the session. */
function isActivity(event: SessionEvent): boolean {
  switch (event.type) {
    case 'session:info':
    case 'session:budget':
      return false;
    case 'session:complete':
      return event.reason === 'exited';
    case 'session:tokens':
      return event.usage.messages > 0;
    default:
      return true;
  }
}

function isMainThread(event: SessionEvent): boolean {
  return !('agentId' in event) || event.agentId === null;
}

function apply(next: SessionSummary, event: SessionEvent): void {
  switch (event.type) {
    case 'session:start':
      next.project = event.project ?? next.project;
      next.visible = event.visible;
      return;
    case 'session:info':
      return applyInfo(next, event);
    case 'session:turn':
      return applyTurn(next, event);
    case 'session:message':
      return setPhase(next, event, event.closing ? 'turn-ended' : 'working');
    case 'session:tokens':
      return applyTokens(next, event);
    case 'session:tool':
      return applyTool(next, event);
    case 'session:objective':
      return applyObjective(next, event);
    case 'session:agent':
      return applyAgent(next, event);
    case 'session:compact':
      return applyCompact(next, event);
    case 'session:error':
      return applyError(next, event);
    case 'session:budget':
      next.budgetMicrodollars = event.budgetMicrodollars;
      return;
    case 'session:complete':
      return applyEnd(next, event);
  }
}

function applyInfo(next: SessionSummary, event: EventOf<'session:info'>): void {
  const { seq: _seq, sessionId: _id, timestamp: _at, type: _type, ...known } = event;
  const wasVisible = next.visible;
  Object.assign(next, known);
  next.visible = wasVisible || known.visible === true;
}

function setPhase(next: SessionSummary, event: SessionEvent, phase: SessionSummary['phase']): void {
  if (!isMainThread(event) || next.phase === phase) return;
  // Several sources may tell of a session: what is told late doesn't undo what came after it.
  if (event.timestamp < next.phaseAt && event.type !== 'session:complete') return;
  next.phase = phase;
  next.phaseAt = event.timestamp;
}

function count(next: SessionSummary, more: Partial<SessionSummary['counts']>): void {
  const counts = { ...next.counts };
  for (const name in more)
    counts[name as keyof typeof counts] += more[name as keyof typeof counts] ?? 0;
  next.counts = counts;
}

function applyTurn(next: SessionSummary, event: EventOf<'session:turn'>): void {
  next.openTools = next.openTools.filter((tool) => tool.agentId);
  switch (event.phase) {
    case 'start':
      setPhase(next, event, 'working');
      next.firstPrompt ??= event.prompt ?? null;
      next.lastError = null;
      count(next, { prompts: 1 });
      return;
    case 'end':
      return setPhase(next, event, 'turn-ended');
    case 'interrupted':
      setPhase(next, event, 'interrupted');
      next.openTools = [];
  }
}

function applyAgent(next: SessionSummary, event: EventOf<'session:agent'>): void {
  next.counts = { ...next.counts, agents: event.agents };
  const ended = event.status === 'completed' || event.status === 'failed';
  // What a subagent left open when it ended gets no result any more.
  if (ended) next.openTools = next.openTools.filter((tool) => tool.agentId !== event.agentId);
}

function applyTokens(next: SessionSummary, event: EventOf<'session:tokens'>): void {
  next.usage = event.totals;
  next.unpriced = event.unpriced;
  next.incomplete = event.incomplete;
  next.costFraction = event.costFraction;
  next.rate = withRate(next.rate, event);
  if (event.usage.messages === 0) return;
  if (!next.models.includes(event.model)) next.models = [...next.models, event.model];
  if (event.context) {
    next.context = event.context;
    next.model = event.model;
  }
  next.basis = event.sessionBasis ?? weaker(next.basis, event.basis);
  next.lastUsageAt = Math.max(next.lastUsageAt ?? 0, event.timestamp);
}

function weaker(a: SessionSummary['basis'], b: SessionSummary['basis']): SessionSummary['basis'] {
  if (a === 'unknown' || b === 'unknown') return 'unknown';
  return a === 'estimate' ? a : b;
}

function withRate(
  rate: SessionSummary['rate'],
  event: EventOf<'session:tokens'>,
): SessionSummary['rate'] {
  const tokens = freshTokens(event.change);
  const minute = Math.floor(event.timestamp / MINUTE);
  const newest = Math.max(minute, rate.at(-1)?.minute ?? 0);
  if (tokens === 0 || minute <= newest - RATE_MINUTES) return rate;
  const found = rate.find((slot) => slot.minute === minute);
  const next = found
    ? rate.map((slot) => (slot === found ? { minute, tokens: slot.tokens + tokens } : slot))
    : [...rate, { minute, tokens }].sort((a, b) => a.minute - b.minute);
  return next.filter((slot) => slot.minute > newest - RATE_MINUTES);
}

function applyTool(next: SessionSummary, event: EventOf<'session:tool'>): void {
  const others = next.openTools.filter((tool) => tool.toolUseId !== event.toolUseId);
  setPhase(next, event, 'working');
  if (event.phase === 'start') {
    const { toolUseId, name, label, agentId, timestamp: startedAt } = event;
    next.openTools = [...others, { toolUseId, name, label, agentId, startedAt }];
    count(next, { tools: 1 });
    return;
  }
  next.openTools = others;
  count(next, {
    toolErrors: event.outcome === 'error' ? 1 : 0,
    denials: event.outcome === 'denied' ? 1 : 0,
    linesAdded: event.linesAdded ?? 0,
    linesRemoved: event.linesRemoved ?? 0,
  });
}

function applyObjective(next: SessionSummary, event: EventOf<'session:objective'>): void {
  const { text, status, progress } = event;
  next.objectives = progress;
  if (status === 'in_progress') next.currentObjective = text;
  else if (next.currentObjective === text) next.currentObjective = null;
}

function applyCompact(next: SessionSummary, event: EventOf<'session:compact'>): void {
  count(next, { compactions: 1 });
  if (next.context && event.postTokens !== null) {
    next.context = { ...next.context, tokens: event.postTokens };
  }
}

function applyError(next: SessionSummary, event: EventOf<'session:error'>): void {
  count(next, { errors: 1 });
  next.lastError = event.message;
  setPhase(next, event, event.fatal ? 'failed' : 'working');
}

function applyEnd(next: SessionSummary, event: EventOf<'session:complete'>): void {
  if (event.clientCostMicrodollars !== null) {
    next.clientCost = { microdollars: event.clientCostMicrodollars, at: event.timestamp };
  }
  next.openTools = [];
  if (event.reason === 'ended') setPhase(next, event, 'ended');
  // The client closed in the middle of a turn: it was told to stop.
  else if (next.phase === 'working') setPhase(next, event, 'interrupted');
  else if (next.phase === 'turn-ended') setPhase(next, event, 'exited');
}
