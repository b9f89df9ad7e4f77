import type { EventOf, SessionEvent } from '@claude-optimizer/protocol';

/** A subagent as the story needs it: whose it is, and from when to when it was seen. */
export type Thread = {
  id: string;
  parentId: string | null;
  toolUseId: string | null;
  agentType: string | null;
  description: string | null;
  status: EventOf<'session:agent'>['status'];
  startAt: number;
  lastAt: number;
};

/** The subagents of a session, and under which name each is known at last. */
export type Threads = {
  byId: ReadonlyMap<string, Thread>;
  idOf: (agentId: string | null) => string | null;
};

/** Reads the subagents of all events: until the client names one, it goes by its call. */
export function readThreads(events: readonly SessionEvent[]): Threads {
  const names = new Map<string, string>();
  for (const event of events) {
    if (event.type !== 'session:agent' || event.toolUseId === null) continue;
    const byCall = `use:${event.toolUseId}`;
    if (event.agentId !== byCall) names.set(byCall, event.agentId);
  }
  const idOf = (agentId: string | null) =>
    agentId === null ? null : (names.get(agentId) ?? agentId);
  const byId = new Map<string, Thread>();
  for (const event of events) {
    if (!('agentId' in event)) continue;
    const id = idOf(event.agentId);
    if (id === null) continue;
    const thread = byId.get(id) ?? newThread(id, event.timestamp);
    byId.set(id, thread);
    thread.startAt = Math.min(thread.startAt, event.timestamp);
    thread.lastAt = Math.max(thread.lastAt, event.timestamp);
    if (event.type === 'session:agent') learn(thread, event, idOf(event.parentAgentId));
  }
  return { byId, idOf };
}

function newThread(id: string, at: number): Thread {
  return {
    id,
    parentId: null,
    toolUseId: null,
    agentType: null,
    description: null,
    status: 'running',
    startAt: at,
    lastAt: at,
  };
}

const RANK = { running: 0, background: 1, completed: 2, failed: 3 } as const;

function learn(thread: Thread, event: EventOf<'session:agent'>, parentId: string | null): void {
  thread.parentId ??= parentId === thread.id ? null : parentId;
  thread.toolUseId ??= event.toolUseId;
  thread.agentType ??= event.agentType;
  thread.description ??= event.description;
  if (RANK[event.status] > RANK[thread.status]) thread.status = event.status;
}
