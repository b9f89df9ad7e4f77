import type { Bar, Timeline } from '@claude-optimizer/core/story';
import { toolName } from '@/lib/format';

const KINDS = { turn: 'turn', model: 'model at work', tool: 'tool', agent: 'subagent' } as const;
const OUTCOMES = {
  ok: null,
  error: 'failed',
  denied: 'denied',
  cancelled: 'cancelled',
  interrupted: 'interrupted',
} as const;

/** A bar's name as people call it. */
export function barName(bar: Bar): string {
  return bar.kind === 'tool' ? toolName(bar.name) : bar.name;
}

/** What a bar is and how it ended, in words. */
export function barState(bar: Bar): string {
  const ended = bar.outcome === null ? null : OUTCOMES[bar.outcome];
  const state = bar.isOpen ? (bar.kind === 'tool' ? 'no result' : 'open') : ended;
  return [KINDS[bar.kind], state].filter((part) => part !== null).join(', ');
}

/** Whose a bar is: the subagent's name, or null in the main thread. */
export function barThread(bar: Bar, { bars }: Timeline): string | null {
  if (bar.agentId === null || bar.kind === 'agent') return null;
  const agent = bars.find(({ id }) => id === `agent ${bar.agentId}`);
  return agent ? `${agent.name} ${agent.label}`.trim() : 'Subagent';
}
