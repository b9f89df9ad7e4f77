import type { Ask, Notice } from '@claude-optimizer/protocol';
import type { Notices } from '../notices/notices.js';
import type { Asks } from './asks.js';

/** Whoever sits at the terminal has answered the client's own prompt by then. */
const AT_THE_TERMINAL_MS = 5_000;

/**
 * Tells the person that a session waits: at once of a run of ours, of one at whose terminal they
 * may sit only if it still waits after a few seconds.
 */
export function tellOfAsk(
  ask: Ask,
  asks: Pick<Asks, 'list'>,
  notices: Pick<Notices, 'tell'>,
): void {
  if (ask.runId !== null) {
    notices.tell(noticeOfAsk(ask));
    return;
  }
  const later = setTimeout(() => {
    if (asks.list().some(({ id }) => id === ask.id)) notices.tell(noticeOfAsk(ask));
  }, AT_THE_TERMINAL_MS);
  later.unref();
}

/** How the person is told that a session waits for them. */
function noticeOfAsk(ask: Ask): Omit<Notice, 'id' | 'at'> {
  const where = ask.project === null ? '' : ` in ${nameOf(ask.project)}`;
  const { runId, sessionId } = ask;
  const of = { kind: 'ask', level: 'warning', planId: null, runId, sessionId } as const;
  switch (ask.kind) {
    case 'permission':
      return {
        ...of,
        title: `${ask.toolName ?? 'A tool'} asks for permission${where}`,
        text: ask.label,
      };
    case 'question':
      return { ...of, title: `Claude asks you something${where}`, text: ask.label };
    case 'limit':
      return { ...of, title: `A run has reached its limit${where}`, text: ask.label };
  }
}

function nameOf(project: string): string {
  return project.split(/[\\/]/u).findLast((part) => part !== '') ?? project;
}
