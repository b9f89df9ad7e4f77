import type { SessionState, Unnumbered } from '@claude-optimizer/protocol';
import { decide } from '../decide/decide.js';
import type { ObservationOf } from '../transcript/observation.js';
import type { Heard } from './heard.js';

/**
 * The events by which a session differs after what was heard of it; none when it says nothing new
 * or comes too late. What its transcript has told under the same id must be left out before.
 */
export function decideHeard(sessionId: string, state: SessionState, heard: Heard): Unnumbered[] {
  switch (heard.kind) {
    case 'asked':
      return askFor(sessionId, state, heard.at, openTool(state, heard));
    case 'answered':
      return state.summary.askedFor === heard.toolUseId
        ? askFor(sessionId, state, heard.at, null)
        : [];
    case 'agent':
      return decideAgent(sessionId, state, heard);
    case 'turn':
      // The client awaits this hook: whatever came later belongs to another turn.
      if (heard.phase === 'end' && heard.at < state.summary.mainAt) return [];
      return decide(sessionId, state, heard);
    case 'exit': {
      const { phase, mainAt } = state.summary;
      return phase === 'turn-ended' && heard.at >= mainAt ? decide(sessionId, state, heard) : [];
    }
    default:
      return decide(sessionId, state, heard);
  }
}

function askFor(
  sessionId: string,
  state: SessionState,
  timestamp: number,
  askedFor: string | null | undefined,
): Unnumbered[] {
  if (askedFor === undefined || askedFor === (state.summary.askedFor ?? null)) return [];
  return [{ type: 'session:info', sessionId, timestamp, askedFor }];
}

// Several calls may be open: the newest of that name and thread is the one just asked for.
function openTool(
  { summary: { openTools } }: SessionState,
  { toolUseId, name, agentId }: Extract<Heard, { kind: 'asked' }>,
): string | undefined {
  const found = openTools.findLast((tool) =>
    toolUseId === null
      ? (name === null || tool.name === name) && (agentId === null || tool.agentId === agentId)
      : tool.toolUseId === toolUseId,
  );
  return found?.toolUseId;
}

function decideAgent(
  sessionId: string,
  state: SessionState,
  heard: ObservationOf<'agent'>,
): Unnumbered[] {
  // Told with its call, which is known by its own id.
  if (heard.toolUseId !== null) return decide(sessionId, state, heard);
  const known = state.agents.find((agent) => agent.id === heard.agentId);
  if (heard.status === 'completed') {
    const going = known?.status === 'running' || known?.status === 'background';
    return going ? decide(sessionId, state, { ...heard, toolUseId: known.toolUseId }) : [];
  }
  if (known && known.toolUseId !== null) return [];
  const calls = state.agents.filter(
    ({ id, status, agentType }) =>
      id.startsWith('use:') &&
      status === 'running' &&
      (agentType === null || heard.agentType === null || agentType === heard.agentType),
  );
  // Which of several calls it is, their results say.
  const [call] = calls;
  if (call === undefined || calls.length > 1) return [];
  return decide(sessionId, state, { ...heard, toolUseId: call.toolUseId });
}
