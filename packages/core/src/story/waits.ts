import { ASKING_TOOLS, INSTANT_TOOLS, STATUS_RULES } from '../fold/status.js';
import type { ToolCall } from './calls.js';
import type { Story } from './story.js';

/**
 * A stretch in which it was the person's move: the next prompt, a question of the client, or a
 * permission. `likely`: nobody said so, but an edit doesn't take that long by itself.
 */
export type Wait = {
  kind: 'prompt' | 'question' | 'permission';
  likely: boolean;
  from: number;
  to: number;
  /** The call that waited; null between turns. */
  toolUseId: string | null;
};

/** Shorter pauses between turns are nobody's wait. */
const LEAST_MS = 1_000;

/** The session's waiting times in order; what is still waited for lasts until `until` (epoch ms). */
export function readWaits(story: Story, until: number): Wait[] {
  const between = story.turns.flatMap((turn, index): Wait[] => {
    const next = story.turns[index + 1]?.startAt ?? (story.isClosed ? story.lastAt : until);
    if (turn.endAt === null || next - turn.endAt < LEAST_MS) return [];
    return [{ kind: 'prompt', likely: false, from: turn.endAt, to: next, toolUseId: null }];
  });
  const within = story.calls.flatMap((call) => {
    const wait = waitOf(call, until);
    return wait && wait.to > wait.from ? [wait] : [];
  });
  return [...between, ...within].sort((a, b) => a.from - b.from);
}

function waitOf(call: ToolCall, until: number): Wait | null {
  const { name, toolUseId, startAt: from, askedAt, answeredAt } = call;
  const to = call.endAt ?? until;
  if (ASKING_TOOLS.has(name)) return { kind: 'question', likely: false, from, to, toolUseId };
  if (askedAt !== null) {
    const answered = answeredAt ?? to;
    return { kind: 'permission', likely: false, from: askedAt, to: answered, toolUseId };
  }
  const isSlow = to - from > STATUS_RULES.permissionAfterMs && INSTANT_TOOLS.has(name);
  if (!isSlow || call.permissionMode === 'bypassPermissions') return null;
  return { kind: 'permission', likely: true, from, to, toolUseId };
}

/**
 * The waits in which the main thread stood still, in order and apart from one another: what a time
 * axis may shorten.
 */
export function standstills(story: Story, waits: readonly Wait[]): { from: number; to: number }[] {
  const ofAgents = new Set(
    story.calls.filter(({ agentId }) => agentId !== null).map(({ toolUseId }) => toolUseId),
  );
  const apart: { from: number; to: number }[] = [];
  for (const { from, to, toolUseId } of waits) {
    if (toolUseId !== null && ofAgents.has(toolUseId)) continue;
    const before = apart.at(-1);
    if (before && from <= before.to) before.to = Math.max(before.to, to);
    else apart.push({ from, to });
  }
  return apart;
}
