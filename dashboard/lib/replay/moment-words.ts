import { totalTokens, type EventOf, type SessionEvent } from '@claude-optimizer/protocol';
import { formatCost, formatTokens, toolName } from '../format';

/** What an event says, in one line. */
export function momentWords(event: SessionEvent): string {
  switch (event.type) {
    case 'session:start':
      return 'The session starts';
    case 'session:info':
      return infoWords(event);
    case 'session:turn':
      return turnWords(event);
    case 'session:message':
      return `Says: ${event.text}`;
    case 'session:tokens':
      return tokensWords(event);
    case 'session:tool':
      return toolWords(event);
    case 'session:objective':
      return `Objective ${event.status.replace('_', ' ')}: ${event.text}`;
    case 'session:agent':
      return `Subagent ${event.status}: ${event.description ?? event.prompt ?? event.agentId}`;
    case 'session:compact':
      return `Conversation compacted (${event.trigger})`;
    case 'session:error':
      return `Error: ${event.message}`;
    case 'session:budget':
      return event.budgetMicrodollars === null
        ? 'Budget removed'
        : `Budget set to ${formatCost(event.budgetMicrodollars)}`;
    case 'session:complete':
      return event.reason === 'ended' ? 'Marked as ended' : 'Claude Code is closed';
  }
}

function infoWords(event: EventOf<'session:info'>): string {
  const { title, branch, permissionMode } = event;
  if (title !== undefined) return `Title: ${title}`;
  if (branch !== undefined) return `Branch: ${branch}`;
  if (permissionMode !== undefined) return `Permission mode: ${permissionMode}`;
  return 'More is known of the session';
}

function turnWords(event: EventOf<'session:turn'>): string {
  if (event.phase === 'start') return `Prompt: ${event.prompt ?? ''}`;
  return event.phase === 'end' ? 'The turn ends' : 'Interrupted';
}

function tokensWords(event: EventOf<'session:tokens'>): string {
  const cost = event.change.costMicrodollars;
  const spent = cost === null ? 'price not known' : formatCost(cost);
  const sign = totalTokens(event.change) < 0 ? '' : '+';
  return `Response: ${sign}${formatTokens(totalTokens(event.change))} tokens, ${spent}`;
}

function toolWords(event: EventOf<'session:tool'>): string {
  const tool = `${toolName(event.name)} ${event.label}`.trim();
  if (event.phase === 'start') return `${tool} begins`;
  const { outcome = 'ok' } = event;
  return outcome === 'ok' ? `${tool} is done` : `${tool}: ${outcome}`;
}
