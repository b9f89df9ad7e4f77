import {
  NO_USAGE,
  NOTHING_UNPRICED,
  type SessionEvent,
  type Usage,
} from '@claude-optimizer/protocol';

export const NOW = Date.UTC(2026, 10, 23, 12);

const base = (seq: number, sessionId: string, timestamp: number) => ({ seq, sessionId, timestamp });

export function started(seq: number, id: string, at = NOW, visible = true): SessionEvent {
  return { ...base(seq, id, at), type: 'session:start', project: '/home/ada/ledger', visible };
}

export function prompted(seq: number, id: string, at = NOW): SessionEvent {
  const recordId = `turn-${seq}`;
  return { ...base(seq, id, at), type: 'session:turn', phase: 'start', recordId, prompt: 'Go' };
}

export function turnEnded(seq: number, id: string, at = NOW): SessionEvent {
  return { ...base(seq, id, at), type: 'session:turn', phase: 'end', recordId: `end-${seq}` };
}

export function failed(seq: number, id: string, at = NOW): SessionEvent {
  const error = { message: 'Overloaded', status: 529, fatal: true };
  const recordId = `error-${seq}`;
  return { ...base(seq, id, at), type: 'session:error', recordId, agentId: null, ...error };
}

export function toolStarted(seq: number, id: string, name: string, at = NOW): SessionEvent {
  const tool = { toolUseId: `use-${seq}`, name, label: 'x', agentId: null };
  return { ...base(seq, id, at), type: 'session:tool', phase: 'start', ...tool };
}

export const usageOf = (outputTokens: number, costMicrodollars: number | null = 0): Usage => ({
  ...NO_USAGE,
  outputTokens,
  messages: 1,
  costMicrodollars,
});

export function tokensUsed(
  seq: number,
  id: string,
  change: Usage,
  more: { at?: number; totals?: Usage; model?: string } = {},
): SessionEvent {
  return {
    ...base(seq, id, more.at ?? NOW),
    type: 'session:tokens',
    messageId: `message-${seq}`,
    model: more.model ?? 'claude-opus-4-5-20251101',
    agentId: null,
    basis: change.costMicrodollars === null ? 'unknown' : 'exact',
    usage: change,
    change,
    totals: more.totals ?? change,
    unpriced: NOTHING_UNPRICED,
    incomplete: 0,
    costFraction: 0,
    context: null,
  };
}
