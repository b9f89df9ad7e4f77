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
  const summary = before ?? emptySummary(event.sessionId, event.timestamp);
  const next = { ...apply(inTime(summary, event), event), seq: event.seq };
  next.status = sessionStatus(next, next.lastAt);
  return next;
}

function inTime(summary: SessionSummary, event: SessionEvent): SessionSummary {
  if (!isActivity(event)) return summary;
  const at = event.timestamp;
  const timed = {
    ...summary,
    startedAt: Math.min(summary.startedAt, at),
    lastAt: Math.max(summary.lastAt, at),
  };
  if (!isMainThread(event) || at <= summary.mainAt) return timed;
  timed.mainAt = at;
  if (summary.phase === 'working') {
    timed.activeMs += Math.min(at - summary.mainAt, ACTIVE_GAP_MS);
  }
  return timed;
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

function apply(summary: SessionSummary, event: SessionEvent): SessionSummary {
  switch (event.type) {
    case 'session:start':
      return { ...summary, project: event.project ?? summary.project, visible: event.visible };
    case 'session:info':
      return withInfo(summary, event);
    case 'session:turn':
      return withTurn(summary, event);
    case 'session:message':
      return inPhase(summary, event, event.closing ? 'turn-ended' : 'working');
    case 'session:tokens':
      return withTokens(summary, event);
    case 'session:tool':
      return withTool(summary, event);
    case 'session:objective':
      return withObjective(summary, event);
    case 'session:agent':
      return withAgent(summary, event);
    case 'session:compact':
      return {
        ...summary,
        counts: { ...summary.counts, compactions: summary.counts.compactions + 1 },
        context:
          summary.context && event.postTokens !== null
            ? { ...summary.context, tokens: event.postTokens }
            : summary.context,
      };
    case 'session:error':
      return withError(summary, event);
    case 'session:budget':
      return { ...summary, budgetMicrodollars: event.budgetMicrodollars };
    case 'session:complete':
      return withEnd(summary, event);
  }
}

function withInfo(summary: SessionSummary, event: EventOf<'session:info'>): SessionSummary {
  const { seq: _seq, sessionId: _id, timestamp: _at, type: _type, ...known } = event;
  return { ...summary, ...known, visible: summary.visible || known.visible === true };
}

function inPhase(
  summary: SessionSummary,
  event: SessionEvent,
  phase: SessionSummary['phase'],
): SessionSummary {
  if (!isMainThread(event) || summary.phase === phase) return summary;
  return { ...summary, phase, phaseAt: event.timestamp };
}

function withTurn(summary: SessionSummary, event: EventOf<'session:turn'>): SessionSummary {
  const cleared = { ...summary, openTools: summary.openTools.filter((tool) => tool.agentId) };
  switch (event.phase) {
    case 'start':
      return {
        ...inPhase(cleared, event, 'working'),
        firstPrompt: summary.firstPrompt ?? event.prompt ?? null,
        lastError: null,
        counts: { ...summary.counts, prompts: summary.counts.prompts + 1 },
      };
    case 'end':
      return inPhase(cleared, event, 'turn-ended');
    case 'interrupted':
      return { ...inPhase(cleared, event, 'interrupted'), openTools: [] };
  }
}

function withAgent(summary: SessionSummary, event: EventOf<'session:agent'>): SessionSummary {
  const counts = { ...summary.counts, agents: event.agents };
  const ended = event.status === 'completed' || event.status === 'failed';
  // What a subagent left open when it ended gets no result any more.
  const openTools = ended
    ? summary.openTools.filter((tool) => tool.agentId !== event.agentId)
    : summary.openTools;
  return { ...summary, counts, openTools };
}

function withTokens(summary: SessionSummary, event: EventOf<'session:tokens'>): SessionSummary {
  const { totals: usage, unpriced, incomplete, costFraction } = event;
  const counted = { ...summary, usage, unpriced, incomplete, costFraction };
  counted.rate = withRate(summary.rate, event);
  if (event.usage.messages === 0) return counted;
  if (!summary.models.includes(event.model)) counted.models = [...summary.models, event.model];
  if (event.context) {
    counted.context = event.context;
    counted.model = event.model;
  }
  counted.basis = weaker(summary.basis, event.basis);
  counted.lastUsageAt = Math.max(summary.lastUsageAt ?? 0, event.timestamp);
  return counted;
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

function withTool(summary: SessionSummary, event: EventOf<'session:tool'>): SessionSummary {
  const { counts } = summary;
  const others = summary.openTools.filter((tool) => tool.toolUseId !== event.toolUseId);
  const working = inPhase(summary, event, 'working');
  if (event.phase === 'start') {
    const { toolUseId, name, label, agentId, timestamp: startedAt } = event;
    return {
      ...working,
      openTools: [...others, { toolUseId, name, label, agentId, startedAt }],
      counts: { ...counts, tools: counts.tools + 1 },
    };
  }
  return {
    ...working,
    openTools: others,
    counts: {
      ...counts,
      toolErrors: counts.toolErrors + (event.outcome === 'error' ? 1 : 0),
      denials: counts.denials + (event.outcome === 'denied' ? 1 : 0),
      linesAdded: counts.linesAdded + (event.linesAdded ?? 0),
      linesRemoved: counts.linesRemoved + (event.linesRemoved ?? 0),
    },
  };
}

function withObjective(
  summary: SessionSummary,
  event: EventOf<'session:objective'>,
): SessionSummary {
  const { text, status, progress } = event;
  const current = summary.currentObjective;
  const left = current === text ? null : current;
  return {
    ...summary,
    objectives: progress,
    currentObjective: status === 'in_progress' ? text : left,
  };
}

function withError(summary: SessionSummary, event: EventOf<'session:error'>): SessionSummary {
  const counts = { ...summary.counts, errors: summary.counts.errors + 1 };
  const noted = { ...summary, counts, lastError: event.message };
  return event.fatal ? inPhase(noted, event, 'failed') : inPhase(noted, event, 'working');
}

function withEnd(summary: SessionSummary, event: EventOf<'session:complete'>): SessionSummary {
  const clientCost =
    event.clientCostMicrodollars === null
      ? summary.clientCost
      : { microdollars: event.clientCostMicrodollars, at: event.timestamp };
  const closed = { ...summary, clientCost, openTools: [] };
  if (event.reason === 'ended') return inPhase(closed, event, 'ended');
  // The client closed in the middle of a turn: it was told to stop.
  if (summary.phase === 'working') return inPhase(closed, event, 'interrupted');
  if (summary.phase === 'turn-ended') return inPhase(closed, event, 'exited');
  return closed;
}
