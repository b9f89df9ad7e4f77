import type { OpenTool, SessionStatus, SessionSummary } from '@claude-optimizer/protocol';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/**
 * The times after which silence means something else. Chosen from the client's own limits: a
 * foreground command may run ten minutes, an edit takes milliseconds unless somebody is asked.
 */
export const STATUS_RULES = {
  /** An edit open for longer is waiting for a permission. */
  permissionAfterMs: 10 * SECOND,
  /** After a turn's end it is the person's move for so long, then the session is idle … */
  waitingForMs: 10 * MINUTE,
  /** … and after so long it counts as completed. */
  idleForMs: 60 * MINUTE,
  /** An open turn without a sign of life for longer was cut off. */
  cutOffAfterMs: 30 * MINUTE,
  /** A question to the person may stand open for longer. */
  unansweredAfterMs: 24 * 60 * MINUTE,
} as const;

/** Tools that are a question to the person. */
export const ASKING_TOOLS: ReadonlySet<string> = new Set(['AskUserQuestion', 'ExitPlanMode']);
/** Tools that take milliseconds unless a permission is asked. */
export const INSTANT_TOOLS: ReadonlySet<string> = new Set([
  'Edit',
  'MultiEdit',
  'Write',
  'NotebookEdit',
]);

/** What the session wants from the person: an answer now, the next prompt, or nothing. */
export type SessionNeed = 'answer' | 'prompt' | null;

type Standing = { status: SessionStatus; need: SessionNeed; until: number | null };

/**
 * The session's status at `now` (epoch ms), by the evidence of its transcript and the clock.
 * The rules are in docs/architecture.md#status.
 */
export function sessionStatus(summary: SessionSummary, now: number): SessionStatus {
  return standing(summary, now).status;
}

/** What the session wants from the person at `now`. */
export function sessionNeed(summary: SessionSummary, now: number): SessionNeed {
  return standing(summary, now).need;
}

/** When the status will change if nothing more happens (epoch ms); null if never. */
export function statusValidUntil(summary: SessionSummary, now: number): number | null {
  return standing(summary, now).until;
}

function standing(summary: SessionSummary, now: number): Standing {
  switch (summary.phase) {
    case 'exited':
    case 'ended':
      return settled('completed');
    case 'failed':
      return settled('failed');
    case 'interrupted':
      return settled('interrupted');
    case 'turn-ended':
      return afterTurn(summary, now);
    case 'working':
      return duringTurn(summary, now);
  }
}

function settled(status: SessionStatus): Standing {
  return { status, need: null, until: null };
}

function afterTurn(summary: SessionSummary, now: number): Standing {
  // `claude -p` and the SDKs have nobody at the prompt: the turn's end is the end.
  if (summary.entrypoint?.startsWith('sdk-')) return settled('completed');
  const waitingUntil = summary.lastAt + STATUS_RULES.waitingForMs;
  const idleUntil = summary.lastAt + STATUS_RULES.idleForMs;
  if (now < waitingUntil) return { status: 'waiting', need: 'prompt', until: waitingUntil };
  if (now < idleUntil) return { status: 'idle', need: null, until: idleUntil };
  return settled('completed');
}

function duringTurn(summary: SessionSummary, now: number): Standing {
  const asking = summary.openTools.find(
    ({ name, toolUseId }) => ASKING_TOOLS.has(name) || toolUseId === summary.askedFor,
  );
  if (asking) {
    const until = asking.startedAt + STATUS_RULES.unansweredAfterMs;
    return now < until ? { status: 'waiting', need: 'answer', until } : settled('interrupted');
  }
  const cutOffAt = summary.lastAt + STATUS_RULES.cutOffAfterMs;
  const blocked = oldestInstantTool(summary);
  if (blocked) {
    const blockedAt = blocked.startedAt + STATUS_RULES.permissionAfterMs;
    const until = blocked.startedAt + STATUS_RULES.unansweredAfterMs;
    if (now < blockedAt) return { status: 'running', need: null, until: blockedAt };
    return now < until ? { status: 'waiting', need: 'answer', until } : settled('interrupted');
  }
  return now < cutOffAt
    ? { status: 'running', need: null, until: cutOffAt }
    : settled('interrupted');
}

function oldestInstantTool(summary: SessionSummary): OpenTool | undefined {
  if (summary.permissionMode === 'bypassPermissions') return undefined;
  return summary.openTools.find((tool) => INSTANT_TOOLS.has(tool.name));
}
