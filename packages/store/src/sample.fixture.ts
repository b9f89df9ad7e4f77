import {
  NO_USAGE,
  NOTHING_UNPRICED,
  type SessionEvent,
  type SessionQuery,
  type SessionState,
  type SessionSummary,
} from '@claude-optimizer/protocol';
import type { Checkpoint, Commit, LedgerRow, SessionChange } from './store.js';

/** A time to count from, in epoch ms. */
export const NOON = Date.UTC(2026, 10, 23, 12);

/** A commit of nothing but what is given. */
export function commitOf(parts: Partial<Commit>): Commit {
  return { events: [], sessions: [], ledger: [], checkpoints: [], malformed: [], ...parts };
}

/** A visible, idle session whose summary has these facts. */
export function sessionOf(
  id: string,
  key: number,
  facts: Partial<SessionSummary> = {},
): SessionChange {
  const { status = 'idle' } = facts;
  return {
    session: { key, state: stateOf(id, facts) },
    status,
    statusUntil: null,
    toolCalls: [],
    objectives: [],
  };
}

function stateOf(id: string, facts: Partial<SessionSummary>): SessionState {
  const summary: SessionSummary = {
    ...{ id, seq: 0, visible: true, status: 'idle', phase: 'turn-ended', phaseAt: NOON },
    ...{ project: null, title: null, firstPrompt: null, branch: null, version: null },
    ...{ entrypoint: null, permissionMode: null, pullRequest: null, model: null, models: [] },
    ...{ startedAt: NOON, lastAt: NOON, mainAt: NOON, activeMs: 0 },
    ...{ usage: NO_USAGE, unpriced: NOTHING_UNPRICED, incomplete: 0 },
    ...{ costFraction: 0, basis: 'exact' },
    ...{ context: null, rate: [], objectives: { completed: 0, total: 0 } },
    ...{ currentObjective: null, openTools: [], budgetMicrodollars: null, clientCost: null },
    ...{ lastUsageAt: null, lastError: null },
    counts: {
      ...{ prompts: 0, tools: 0, toolErrors: 0, denials: 0, errors: 0, agents: 0 },
      ...{ compactions: 0, linesAdded: 0, linesRemoved: 0 },
    },
    ...facts,
  };
  return { summary, objectives: [], tools: [], agents: [], files: [] };
}

/** An event that says little: the message of a session. */
export function eventOf(seq: number, sessionId: string, text = `words ${seq}`): SessionEvent {
  const said = { recordId: `r${seq}`, agentId: null, text, closing: false };
  return { seq, sessionId, timestamp: NOON + seq, type: 'session:message', ...said };
}

/** A response of a thousand tokens in, ten out, for a tenth of a cent. */
export function responseOf(messageId: string, facts: Partial<LedgerRow> = {}): LedgerRow {
  const usage = { ...NO_USAGE, inputTokens: 1_000, outputTokens: 10, messages: 1 };
  return {
    ...{ messageId, requestId: 'req', sessionId: 'a', bornAt: NOON + 0.25, model: 'opus' },
    ...{
      agentId: null,
      at: NOON,
      webSearches: 0,
      stopped: true,
      basis: 'exact',
      billing: 'standard',
    },
    usage: { ...usage, costMicrodollars: 1_000 },
    costPicodollars: 1_000_000_000,
    ...facts,
  };
}

/** A file read up to its hundredth byte. */
export function checkpointOf(id: number, facts: Partial<Checkpoint> = {}): Checkpoint {
  return {
    ...{ id, path: `/transcripts/${id}.jsonl`, sessionId: 'a', offset: 100, size: 100 },
    ...{ tail: Buffer.from([0, 255, 10, 128]), modifiedAt: NOON + 0.5, bornAt: NOON + 0.25 },
    ...{ reader: '{}', repeats: false },
    ...facts,
  };
}

/** A query of the list with defaults as the API has them. */
export function queryOf(parts: Partial<SessionQuery> = {}): SessionQuery {
  return { sort: 'lastAt', order: 'desc', limit: 50, ...parts };
}
