import {
  promptTokens,
  type EventOf,
  type SessionEvent,
  type Usage,
} from '@claude-optimizer/protocol';
import type { ToolCall } from './calls.js';

/**
 * Whose a response is: of the main thread, of a subagent, of the client itself (an aside), or of
 * the advisor that a response asked.
 */
export type ResponsePart = 'main' | 'agent' | 'aside' | 'advisor';

/** One answer of the model, what it took, and what it called. */
export type Response = {
  messageId: string;
  model: string;
  agentId: string | null;
  part: ResponsePart;
  at: number;
  usage: Usage;
  basis: EventOf<'session:tokens'>['basis'];
  /** What it added to the session's cost (micro-dollars); null when its price isn't known. */
  cost: number | null;
  /** Tokens that the model had in front of it. */
  front: number;
  calls: ToolCall[];
};

const ADVISOR = '#advisor';

/**
 * A session's responses in order of time, each with the calls that follow it in its thread before
 * the next response. What no response of its own carries (rounding, a price that is gone) is `rest`.
 */
export function readResponses(
  events: readonly SessionEvent[],
  calls: readonly ToolCall[],
  idOf: (agentId: string | null) => string | null,
): { responses: Response[]; rest: number } {
  const byId = new Map<string, Response>();
  let rest = 0;
  for (const event of events) {
    if (event.type !== 'session:tokens') continue;
    const change = event.change.costMicrodollars ?? 0;
    const known = byId.get(event.messageId);
    if (event.usage.messages === 0) {
      // It belongs to another session after all: what it had added goes with it.
      rest += change + (known?.cost ?? 0);
      byId.delete(event.messageId);
      continue;
    }
    const priced = event.usage.costMicrodollars !== null;
    const cost = (known?.cost ?? 0) + change;
    if (!priced) rest += cost;
    byId.set(event.messageId, {
      messageId: event.messageId,
      model: event.model,
      agentId: idOf(event.agentId),
      part: known?.part ?? partOf(event),
      at: Math.min(event.timestamp, known?.at ?? event.timestamp),
      usage: event.usage,
      basis: event.basis,
      cost: priced ? cost : null,
      front: promptTokens(event.usage),
      calls: [],
    });
  }
  const responses = [...byId.values()].sort((a, b) => a.at - b.at);
  giveCalls(responses, calls);
  return { responses, rest };
}

/** The responses of each thread that converse, in order; asides and advisors stand apart. */
export function threadsOf(responses: readonly Response[]): Response[][] {
  const threads = new Map<string | null, Response[]>();
  for (const response of responses) {
    if (response.part === 'aside' || response.part === 'advisor') continue;
    const thread = threads.get(response.agentId) ?? [];
    threads.set(response.agentId, thread);
    thread.push(response);
  }
  return [...threads.values()];
}

/** The response that asked an advisor, by the advisor's id. */
export function adviceFor(messageId: string): string {
  return messageId.split(ADVISOR)[0] ?? messageId;
}

function partOf(event: EventOf<'session:tokens'>): ResponsePart {
  if (event.messageId.includes(ADVISOR)) return 'advisor';
  if (event.agentId !== null) return 'agent';
  return event.context === null ? 'aside' : 'main';
}

// A thread waits for its calls before it asks the model again, so a call belongs to the last
// response before it; hooks may tell of it before its line does, but not before it was made.
function giveCalls(responses: readonly Response[], calls: readonly ToolCall[]): void {
  const byThread = new Map<string | null, ToolCall[]>();
  for (const call of calls) {
    const thread = byThread.get(call.agentId) ?? [];
    byThread.set(call.agentId, thread);
    thread.push(call);
  }
  for (const thread of threadsOf(responses)) {
    const own = byThread.get(thread[0]?.agentId ?? null) ?? [];
    let at = 0;
    for (const call of own) {
      while ((thread[at + 1]?.at ?? Infinity) <= call.startAt) at += 1;
      const owner = thread[at];
      if (owner && owner.at <= call.startAt) owner.calls.push(call);
    }
  }
}
