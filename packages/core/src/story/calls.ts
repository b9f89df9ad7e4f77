import type { EventOf, SessionEvent } from '@claude-optimizer/protocol';

/** One call of a tool: its start and its result in one. */
export type ToolCall = {
  toolUseId: string;
  name: string;
  label: string;
  /** The subagent that made it; null in the main thread. */
  agentId: string | null;
  startAt: number;
  /** Null while it runs, and for a call that never got a result. */
  endAt: number | null;
  outcome: NonNullable<EventOf<'session:tool'>['outcome']> | null;
  file: string | null;
  /** Lines that it changed; null for calls that edit nothing. */
  lines: { added: number; removed: number } | null;
  error: string | null;
  /** When the client asked the person for this call, as far as it was told, and had an answer. */
  askedAt: number | null;
  answeredAt: number | null;
  /** Of the session when it began. */
  permissionMode: string | null;
};

/** A session's tool calls in the order of their starts. `idOf` names a thread by its last name. */
export function readCalls(
  events: readonly SessionEvent[],
  idOf: (agentId: string | null) => string | null,
): ToolCall[] {
  const calls = new Map<string, ToolCall>();
  let permissionMode: string | null = null;
  let asked: ToolCall | undefined;
  for (const event of events) {
    if (event.type === 'session:info') {
      permissionMode = event.permissionMode ?? permissionMode;
      if (event.askedFor === undefined) continue;
      if (asked) asked.answeredAt ??= event.timestamp;
      asked = event.askedFor === null ? undefined : calls.get(event.askedFor);
      if (asked) asked.askedAt ??= event.timestamp;
    }
    if (event.type !== 'session:tool') continue;
    const known = calls.get(event.toolUseId);
    const call = known ?? newCall(event, idOf(event.agentId), permissionMode);
    if (!known) calls.set(event.toolUseId, call);
    if (event.phase === 'start') call.startAt = Math.min(call.startAt, event.timestamp);
    else finish(call, event);
  }
  return [...calls.values()].sort((a, b) => a.startAt - b.startAt);
}

function newCall(
  event: EventOf<'session:tool'>,
  agentId: string | null,
  permissionMode: string | null,
): ToolCall {
  const { toolUseId, name, label, timestamp, durationMs } = event;
  return {
    toolUseId,
    name,
    label,
    agentId,
    // A result whose use wasn't seen may still know how long the call took.
    startAt: timestamp - (durationMs ?? 0),
    endAt: null,
    outcome: null,
    file: event.file ?? null,
    lines: null,
    error: null,
    askedAt: null,
    answeredAt: null,
    permissionMode,
  };
}

function finish(call: ToolCall, event: EventOf<'session:tool'>): void {
  call.endAt = Math.max(call.startAt, event.timestamp);
  call.outcome = event.outcome ?? 'ok';
  call.file = event.file ?? call.file;
  call.error = event.error ?? null;
  if (event.linesAdded === undefined) return;
  call.lines = { added: event.linesAdded, removed: event.linesRemoved ?? 0 };
}
