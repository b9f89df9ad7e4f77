import {
  addUsage,
  NO_USAGE,
  NOTHING_UNPRICED,
  roundCost,
  totalTokens,
  usageChange,
  type EventOf,
  type SessionState,
  type Subagent,
  type Unnumbered,
  type Unpriced,
  type Usage,
} from '@claude-optimizer/protocol';
import type { AgentSaid, Observation, ObservationOf } from '../transcript/observation.js';
import { isOutdated, objectiveNews, progressOf } from './objectives.js';

/** One response as the ledger knows it after an observation, and as it was told before. */
export type LedgerEntry = {
  messageId: string;
  model: string;
  agentId: string | null;
  at: number;
  basis: EventOf<'session:tokens'>['basis'];
  context: EventOf<'session:tokens'>['context'];
  before: Usage;
  after: Usage;
  /** What the exact cost changes by, in pico-dollars. */
  costChange: number;
  /** The weakest basis of the session's responses after its prices have changed. */
  sessionBasis?: EventOf<'session:tokens'>['basis'];
  /** By how much the number of responses without a final output count changes. */
  incompleteChange: number;
};

type News = Unnumbered[];

/**
 * The events by which a session differs after an observation; none when it says nothing new.
 * Usage goes through the archive-wide ledger first: see `tokensEvent`.
 */
export function decide(
  sessionId: string,
  state: SessionState | null,
  observation: Exclude<Observation, { kind: 'usage' }>,
): News {
  const base = { sessionId, timestamp: observation.at };
  switch (observation.kind) {
    case 'info':
      return decideInfo(base, state, observation);
    case 'turn':
      return decideTurn(base, state, observation);
    case 'message': {
      const { at: timestamp, recordId, agentId, text, closing } = observation;
      return [{ sessionId, timestamp, type: 'session:message', recordId, agentId, text, closing }];
    }
    case 'tool':
      return [toolEvent(sessionId, observation)];
    case 'objectives':
      return decideObjectives(base, state, observation);
    case 'agent':
      return decideAgent(base, state, observation);
    case 'compact': {
      const { recordId, trigger, preTokens, postTokens } = observation;
      return [{ ...base, type: 'session:compact', recordId, trigger, preTokens, postTokens }];
    }
    case 'error': {
      const { kind: _kind, at: _at, ...said } = observation;
      return [{ ...base, type: 'session:error', ...said }];
    }
    case 'exit':
      return [
        {
          ...base,
          type: 'session:complete',
          recordId: observation.recordId,
          reason: 'exited',
          clientCostMicrodollars: observation.clientCostMicrodollars,
        },
      ];
  }
}

// Field by field: half of all events are these, and spreads take several times as long.
function toolEvent(sessionId: string, said: ObservationOf<'tool'>): News[number] {
  const { at: timestamp, phase, toolUseId, name, label, agentId } = said;
  const event: Unnumbered<EventOf<'session:tool'>> = {
    sessionId,
    timestamp,
    type: 'session:tool',
    phase,
    toolUseId,
    name,
    label,
    agentId,
  };
  if (said.outcome !== undefined) event.outcome = said.outcome;
  if (said.durationMs !== undefined) event.durationMs = said.durationMs;
  if (said.file !== undefined) event.file = said.file;
  if (said.linesAdded !== undefined) event.linesAdded = said.linesAdded;
  if (said.linesRemoved !== undefined) event.linesRemoved = said.linesRemoved;
  if (said.error !== undefined) event.error = said.error;
  return event;
}

type Base = { sessionId: string; timestamp: number };

function decideInfo(
  base: Base,
  state: SessionState | null,
  { info, weak }: ObservationOf<'info'>,
): News {
  const known = state?.summary as Record<string, unknown> | undefined;
  const news = Object.entries(info).filter(([key, value]) => {
    const before = known?.[key] ?? null;
    return before !== value && !(weak && before !== null && before !== false);
  });
  return news.length === 0
    ? []
    : [{ ...base, type: 'session:info', ...(Object.fromEntries(news) as typeof info) }];
}

function decideTurn(
  base: Base,
  state: SessionState | null,
  observation: ObservationOf<'turn'>,
): News {
  // Several records tell the same end: the last text, hooks, the turn's duration.
  const closed = state === null || state.summary.phase !== 'working';
  if (observation.phase === 'end' && closed && observation.durationMs === undefined) return [];
  const settled = state?.summary.phase === 'failed' || state?.summary.phase === 'interrupted';
  if (observation.phase === 'end' && settled) return [];
  const { phase, recordId, prompt, promptId, durationMs } = observation;
  return [
    {
      ...base,
      type: 'session:turn',
      phase,
      recordId,
      ...(prompt === undefined ? {} : { prompt }),
      ...(promptId === undefined ? {} : { promptId }),
      ...(durationMs === undefined ? {} : { durationMs }),
    },
  ];
}

function decideObjectives(
  base: Base,
  state: SessionState | null,
  { at, change, aside }: ObservationOf<'objectives'>,
): News {
  const known = state?.objectives ?? [];
  const news = objectiveNews(known, change).filter(
    ({ objectiveId }) => !aside || !isOutdated(known, objectiveId, at),
  );
  if (news.length === 0) return [];
  const statuses = new Map(known.map(({ id, status }) => [id, status]));
  return news.map((one) => {
    statuses.set(one.objectiveId, one.status);
    return { ...base, type: 'session:objective', ...one, progress: progressOf(statuses.values()) };
  });
}

function decideAgent(
  base: Base,
  state: SessionState | null,
  observation: ObservationOf<'agent'>,
): News {
  const { kind: _kind, at: _at, ...said } = observation;
  const agents = state?.agents ?? [];
  const { agentId, toolUseId } = identify(agents, said);
  const before = agents.find((agent) => agent.id === agentId);
  const absorbed = agents.find(
    (agent) => agent.id !== agentId && agent.id === `use:${toolUseId ?? ''}`,
  );
  const count = agents.length + (before ? 0 : 1) - (absorbed ? 1 : 0);
  const agentType = said.agentType ?? before?.agentType ?? absorbed?.agentType ?? null;
  const description = said.description ?? before?.description ?? absorbed?.description ?? null;
  return [
    {
      ...base,
      type: 'session:agent',
      ...said,
      agentId,
      agentType,
      description,
      toolUseId,
      agents: count,
    },
  ];
}

// A subagent is named by its file and by the result of the call that started it, but the file
// doesn't name the call: until the result comes, the same prompt tells that they are one.
function identify(
  agents: readonly Subagent[],
  said: AgentSaid,
): { agentId: string; toolUseId: string | null } {
  const alike = (agent: Subagent) => said.prompt !== null && agent.prompt === said.prompt;
  if (said.toolUseId === null) {
    const call = agents.find((agent) => agent.id.startsWith('use:') && alike(agent));
    return { agentId: said.agentId, toolUseId: call?.toolUseId ?? null };
  }
  if (!said.agentId.startsWith('use:')) return said;
  const agent =
    agents.find(({ toolUseId }) => toolUseId === said.toolUseId) ??
    agents.find((other) => other.toolUseId === null && alike(other));
  return { agentId: agent?.id ?? said.agentId, toolUseId: said.toolUseId };
}

/**
 * The event of a response's tokens, or null when nothing is new. `after` is NO_USAGE when the
 * response turned out to belong to another session (a copied history).
 */
export function tokensEvent(
  sessionId: string,
  state: SessionState | null,
  entry: LedgerEntry,
): Unnumbered<EventOf<'session:tokens'>> | null {
  const { messageId, model, agentId, at, basis, context, before, after } = entry;
  const tokens = usageChange(before, after);
  // What was unknown may turn out to be nothing, which no sum shows.
  const isPriceSame =
    entry.costChange === 0 &&
    (before.costMicrodollars === null) === (after.costMicrodollars === null);
  const isSame = tokens.messages === 0 && totalTokens(tokens) === 0 && isPriceSame;
  const known = state?.summary;
  const isKnownBasis = entry.sessionBasis === undefined || entry.sessionBasis === known?.basis;
  if (isSame && entry.incompleteChange === 0 && isKnownBasis) return null;
  const told = known?.usage ?? NO_USAGE;
  const unpriced = unpricedAfter(known?.unpriced ?? NOTHING_UNPRICED, before, after);
  const exact = (known?.costFraction ?? 0) + entry.costChange;
  const { microdollars: raised, fraction: costFraction } = roundCost(exact);
  const change =
    tokens.costMicrodollars === raised ? tokens : { ...tokens, costMicrodollars: raised };
  const sofar = told.costMicrodollars === null ? { ...told, costMicrodollars: 0 } : told;
  const totals = addUsage(sofar, change);
  const nothingPriced = totals.messages > 0 && unpriced.messages === totals.messages;
  return {
    type: 'session:tokens',
    sessionId,
    timestamp: at,
    messageId,
    model,
    agentId,
    basis,
    usage: after,
    change:
      raised === 0 && after.costMicrodollars === null
        ? { ...tokens, costMicrodollars: null }
        : change,
    totals: nothingPriced ? { ...totals, costMicrodollars: null } : totals,
    unpriced,
    incomplete: (known?.incomplete ?? 0) + entry.incompleteChange,
    costFraction,
    ...(entry.sessionBasis !== undefined && { sessionBasis: entry.sessionBasis }),
    context: after.messages > 0 ? context : null,
  };
}

function unpricedAfter(unpriced: Unpriced, before: Usage, after: Usage): Unpriced {
  const without = before.costMicrodollars === null ? before : NO_USAGE;
  const plus = after.costMicrodollars === null ? after : NO_USAGE;
  return {
    messages: unpriced.messages - without.messages + plus.messages,
    tokens: unpriced.tokens - totalTokens(without) + totalTokens(plus),
  };
}
