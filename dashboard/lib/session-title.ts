import type { SessionSummary } from '@claude-optimizer/protocol';

/** What a session is called: its title, else its first prompt, else the start of its id. */
export function sessionTitle(
  session: Pick<SessionSummary, 'title' | 'firstPrompt' | 'id'>,
): string {
  return session.title ?? session.firstPrompt ?? `Session ${session.id.slice(0, 8)}`;
}
