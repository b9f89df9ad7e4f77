import { formatCost, type SessionEvent, type TimelineEntry } from '@claude-optimizer/protocol';
import { iso } from './document.js';

/** What an event says on a timeline; null for those that say nothing there. */
export function timelineEntry(event: SessionEvent): TimelineEntry | null {
  const line = (kind: TimelineEntry['kind'], text: string, more: Partial<TimelineEntry> = {}) => ({
    ...{ at: iso(event.timestamp), kind, agentId: null, text, tool: null, outcome: null },
    ...{ durationMs: null, file: null, linesAdded: null, linesRemoved: null },
    ...more,
  });
  switch (event.type) {
    case 'session:turn':
      if (event.phase === 'start') return line('prompt', event.prompt ?? '');
      if (event.phase === 'interrupted') return line('interruption', 'Interrupted by the person');
      return null;
    case 'session:message':
      return line('answer', event.text, { agentId: event.agentId });
    case 'session:tool':
      return event.phase === 'end' ? line('tool', event.label, toolFacts(event)) : null;
    case 'session:objective':
      return line('objective', event.text, { outcome: event.status });
    case 'session:agent':
      return line('subagent', event.description ?? event.prompt ?? '', {
        agentId: event.agentId,
        tool: event.agentType,
        outcome: event.status,
      });
    case 'session:compact':
      return line('compaction', compacted(event.preTokens, event.postTokens));
    case 'session:error':
      return line('error', event.message, { agentId: event.agentId });
    case 'session:budget':
      return line(
        'budget',
        event.budgetMicrodollars === null ? 'none' : formatCost(event.budgetMicrodollars),
      );
    case 'session:complete':
      return line(
        'end',
        event.reason === 'ended' ? 'Ended by the person' : 'Claude Code closed it',
      );
    case 'session:start':
    case 'session:info':
    case 'session:tokens':
      return null;
  }
}

function toolFacts(event: Extract<SessionEvent, { type: 'session:tool' }>): Partial<TimelineEntry> {
  return {
    agentId: event.agentId,
    tool: event.name,
    outcome: event.outcome ?? 'ok',
    durationMs: event.durationMs ?? null,
    file: event.file ?? null,
    linesAdded: event.linesAdded ?? null,
    linesRemoved: event.linesRemoved ?? null,
  };
}

function compacted(before: number | null, after: number | null): string {
  if (before === null) return 'Context compacted';
  const left = after === null ? '' : ` to ${String(after)}`;
  return `Context compacted from ${String(before)}${left} tokens`;
}
