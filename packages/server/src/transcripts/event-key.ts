import type { SessionEvent, Unnumbered } from '@claude-optimizer/protocol';

/** Event types that a second reading of the same lines would tell again. */
export const REPEATABLE = [
  'session:turn',
  'session:message',
  'session:tool',
  'session:compact',
  'session:error',
  'session:complete',
] as const satisfies readonly SessionEvent['type'][];

/**
 * Under which a repeated event is known, by the ids that the client gave; null for events that
 * repeat themselves harmlessly.
 */
export function eventKey(event: Unnumbered): string | null {
  switch (event.type) {
    case 'session:tool':
      return `tool ${event.phase} ${event.toolUseId}`;
    case 'session:turn':
      return `turn ${event.phase} ${event.recordId}`;
    case 'session:message':
    case 'session:compact':
    case 'session:error':
      return `${event.type} ${event.recordId}`;
    case 'session:complete':
      return `${event.type} ${String(event.timestamp)}`;
    default:
      return null;
  }
}
