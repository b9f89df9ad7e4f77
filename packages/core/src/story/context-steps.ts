import { purposeKey, purposeOfCalls, type Purpose } from './cost-rows.js';
import { threadsOf, type Response } from './responses.js';
import type { Story } from './story.js';
import { turnAt } from './turns.js';

/**
 * What made the context grow: a tool's calls with their results, several tools at once, a prompt,
 * the thread's beginning (system prompt, tools, first prompt), anything else. `shrunk`: compaction,
 * or what the client took out.
 */
export type Origin = Purpose | { kind: 'prompt' | 'beginning' | 'shrunk' };

/** By how much the context of a thread differs from one response to the next, and why. */
export type ContextStep = {
  origin: Origin;
  /** The response that was the first to see it. */
  seen: Response;
  /** The response before it in the thread; null at its beginning. */
  before: Response | null;
  /** Tokens; negative where the context shrank. */
  tokens: number;
  /** Responses of the thread that had it in front of them, the first one included. */
  times: number;
};

/**
 * Every step of every thread. The steps of a thread add up to its last response's prompt; times
 * their `times` they add up to all prompt tokens of its responses.
 */
export function contextSteps(story: Story): ContextStep[] {
  return threadsOf(story.responses).flatMap((thread) =>
    thread.map((seen, index) => {
      const before = thread[index - 1] ?? null;
      const tokens = seen.front - (before?.front ?? 0);
      const origin = originOf(story, before, seen, tokens);
      return { origin, seen, before, tokens, times: thread.length - index };
    }),
  );
}

/** What one origin brought into contexts, and how often that was sent. */
export type Brought = {
  key: string;
  origin: Origin;
  steps: number;
  /** Tokens that it brought, all steps together. */
  tokens: number;
  /** Those tokens, each as often as it was in front of the model. */
  sent: number;
};

/** What stood in front of the model, by what brought it; the most sent first. */
export function broughtByTool(steps: readonly ContextStep[]): Brought[] {
  const rows = new Map<string, Brought>();
  for (const { origin, tokens, times } of steps) {
    const key = originKey(origin);
    const row = rows.get(key) ?? { key, origin, steps: 0, tokens: 0, sent: 0 };
    rows.set(key, row);
    row.steps += 1;
    row.tokens += tokens;
    row.sent += tokens * times;
  }
  return [...rows.values()].sort((a, b) => b.sent - a.sent || (a.key < b.key ? -1 : 1));
}

/** An origin's name as a key; a tool has the same as its purpose. */
export function originKey(origin: Origin): string {
  return origin.kind === 'tool' ? purposeKey(origin) : origin.kind;
}

function originOf(story: Story, before: Response | null, seen: Response, tokens: number): Origin {
  if (before === null) return { kind: 'beginning' };
  if (tokens < 0) return { kind: 'shrunk' };
  const turn = seen.part === 'main' ? turnAt(story.turns, seen.at) : null;
  if (turn !== null && turn.startAt > before.at) return { kind: 'prompt' };
  return purposeOfCalls(before.calls);
}
