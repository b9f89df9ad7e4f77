import type { SessionEvent } from '@claude-optimizer/protocol';

/** A moment worth finding again. */
export type Mark = {
  kind: 'error' | 'retry' | 'denied' | 'compaction' | 'interruption' | 'objective' | 'model';
  at: number;
  text: string;
  /** Where it is in the conversation: a record or a tool call; null when not known. */
  place: string | null;
};

/** The marks of a session in order of time. */
export function readMarks(events: readonly SessionEvent[]): Mark[] {
  let model: string | null = null;
  const marks = events.flatMap((event): Mark[] => {
    const at = event.timestamp;
    switch (event.type) {
      case 'session:error': {
        const kind = event.fatal ? 'error' : 'retry';
        return [{ kind, at, text: event.message, place: event.recordId }];
      }
      case 'session:tool': {
        if (event.outcome !== 'denied') return [];
        const text = `${event.name} ${event.label}`.trim();
        return [{ kind: 'denied', at, text, place: event.toolUseId }];
      }
      case 'session:compact': {
        const { preTokens, postTokens, trigger, recordId: place } = event;
        const sizes = [preTokens, postTokens].map((tokens) => String(tokens ?? '?')).join(' → ');
        return [{ kind: 'compaction', at, text: `${trigger}, ${sizes} tokens`, place }];
      }
      case 'session:turn':
        if (event.phase !== 'interrupted') return [];
        return [{ kind: 'interruption', at, text: 'Interrupted', place: event.recordId }];
      case 'session:objective':
        if (event.status !== 'completed') return [];
        return [{ kind: 'objective', at, text: event.text, place: null }];
      case 'session:tokens': {
        if (event.context === null || event.model === model) return [];
        const isFirst = model === null;
        model = event.model;
        return isFirst ? [] : [{ kind: 'model', at, text: event.model, place: null }];
      }
      default:
        return [];
    }
  });
  return marks.sort((a, b) => a.at - b.at);
}
