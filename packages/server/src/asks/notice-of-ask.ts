import type { Ask, Notice } from '@claude-optimizer/protocol';

/** How the person is told that a session waits for them. */
export function noticeOfAsk(ask: Ask): Omit<Notice, 'id' | 'at'> {
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
