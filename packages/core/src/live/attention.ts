import type { SessionSummary } from '@claude-optimizer/protocol';
import { sessionNeed, sessionStatus, STATUS_RULES } from '../fold/status.js';

/**
 * Why a session has a card, the most pressing first: it asks something, it failed lately, it has
 * ended its turn, it works, it has been silent.
 */
export const attentions = ['answer', 'failed', 'prompt', 'running', 'idle'] as const;
export type Attention = (typeof attentions)[number];

/** What a session wants from the person at `now` (epoch ms); null for one that is over. */
export function attention(summary: SessionSummary, now: number): Attention | null {
  const need = sessionNeed(summary, now);
  if (need !== null) return need;
  switch (sessionStatus(summary, now)) {
    case 'running':
      return 'running';
    case 'waiting':
      return 'prompt';
    case 'idle':
      return 'idle';
    case 'failed':
      // A failure is news for as long as an idle session would have stayed.
      return now < summary.lastAt + STATUS_RULES.idleForMs ? 'failed' : null;
    case 'completed':
    case 'interrupted':
      return null;
  }
}
