import { sessionStatus, settleStatus, statusValidUntil } from '@claude-optimizer/core';
import type { EventOf, Objective } from '@claude-optimizer/protocol';
import type { SessionChange, StoredSession, ToolCall } from '@claude-optimizer/store';

/** A session in a commit, with what the commit has changed. */
export type Touched = StoredSession & { toolCalls: ToolCall[]; objectives: Set<string> };

/** What of a session is to be written; its status is as at `now` (epoch ms). */
export function changeOf(
  { key, state, toolCalls, objectives }: Touched,
  now: number,
): SessionChange {
  settleStatus(state.summary);
  return {
    session: { key, state },
    status: sessionStatus(state.summary, now),
    statusUntil: statusValidUntil(state.summary, now),
    toolCalls,
    objectives: state.objectives.filter((objective: Objective) => objectives.has(objective.id)),
  };
}

/** A call as its end tells it. */
export function callOf(event: EventOf<'session:tool'>): ToolCall {
  return {
    seq: event.seq,
    toolUseId: event.toolUseId,
    name: event.name,
    agentId: event.agentId,
    endedAt: event.timestamp,
    durationMs: event.durationMs ?? null,
    outcome: event.outcome ?? 'ok',
    file: event.file ?? null,
    linesAdded: event.linesAdded ?? null,
    linesRemoved: event.linesRemoved ?? null,
  };
}
