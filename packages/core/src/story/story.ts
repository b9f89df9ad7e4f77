import type { SessionEvent } from '@claude-optimizer/protocol';
import { readCalls, type ToolCall } from './calls.js';
import { readResponses, type Response } from './responses.js';
import { readThreads, type Thread } from './threads.js';
import { readTurns, turnAt, type Turn } from './turns.js';

/** What happened in a session, put together from its events: the ground of three views. */
export type Story = {
  turns: Turn[];
  calls: ToolCall[];
  threads: ReadonlyMap<string, Thread>;
  responses: Response[];
  /** The session's whole cost (micro-dollars); null when nothing in it has a known price. */
  cost: number | null;
  /** What of that cost no single response carries: what rounding left. */
  rest: number;
  /** Responses without a known price. */
  unpriced: number;
  startAt: number;
  lastAt: number;
  /** Whether the client has closed the session or the person has. */
  isClosed: boolean;
};

/** Reads the story of a session from its events, which come in the order of their numbers. */
export function readStory(events: readonly SessionEvent[]): Story {
  const { byId: threads, idOf } = readThreads(events);
  const calls = readCalls(events, idOf);
  const { responses, rest } = readResponses(events, calls, idOf);
  const sums = events.findLast((event) => event.type === 'session:tokens');
  let [startAt, lastAt] = [Infinity, -Infinity];
  for (const event of events) {
    if (!isSign(event)) continue;
    startAt = Math.min(startAt, event.timestamp);
    lastAt = Math.max(lastAt, event.timestamp);
  }
  const last = events.findLast(isSign);
  return {
    turns: readTurns(events),
    calls,
    threads,
    responses,
    cost: sums ? sums.totals.costMicrodollars : 0,
    rest,
    unpriced: responses.filter(({ cost }) => cost === null).length,
    startAt: Number.isFinite(startAt) ? startAt : 0,
    lastAt: Number.isFinite(lastAt) ? lastAt : 0,
    isClosed: last?.type === 'session:complete',
  };
}

/**
 * The turn that a thread's work at `at` belongs to: a subagent's to the turn in which it was
 * called, however long it went on; null before the first prompt.
 */
export function turnOf(
  story: Pick<Story, 'turns' | 'threads'>,
  agentId: string | null,
  at: number,
): Turn | null {
  let [id, when] = [agentId, at];
  for (let depth = 0; id !== null && depth < MAX_DEPTH; depth += 1) {
    const thread: Thread | undefined = story.threads.get(id);
    if (!thread) break;
    when = Math.min(when, thread.startAt);
    id = thread.parentId;
  }
  return turnAt(story.turns, when);
}

/** Subagents that call one another in a circle would be a broken transcript. */
const MAX_DEPTH = 50;

function isSign(event: SessionEvent): boolean {
  if (event.type === 'session:info' || event.type === 'session:budget') return false;
  return event.type !== 'session:tokens' || event.usage.messages > 0;
}
