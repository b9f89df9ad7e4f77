import type { Notice, PartialText, Run, SessionEvent } from '@claude-optimizer/protocol';

const MOST_NOTICES = 50;

/** Runs with these taken in; of two of the same id the later revision holds. */
export function withRuns(
  runs: ReadonlyMap<string, Run>,
  fresh: readonly Run[],
): ReadonlyMap<string, Run> {
  const newer = fresh.filter((run) => run.revision > (runs.get(run.id)?.revision ?? -1));
  if (newer.length === 0) return runs;
  return new Map([...runs, ...newer.map((run) => [run.id, run] as const)]);
}

/** Notices with these taken in, newest first, each once. */
export function withNotices(
  notices: readonly Notice[],
  fresh: readonly Notice[],
): readonly Notice[] {
  const known = new Set(notices.map(({ id }) => id));
  const news = fresh.filter(({ id }) => !known.has(id));
  if (news.length === 0) return notices;
  return [...news, ...notices].toSorted((a, b) => b.at - a.at).slice(0, MOST_NOTICES);
}

/**
 * What is still being written once the transcript has said these: a message of the main thread
 * or the end of its turn takes its place.
 */
export function withoutSaid(
  partials: ReadonlyMap<string, PartialText>,
  events: readonly SessionEvent[],
): ReadonlyMap<string, PartialText> {
  const said = events.filter((event) => partials.has(event.sessionId) && ends(event));
  if (said.length === 0) return partials;
  const left = new Map(partials);
  for (const { sessionId } of said) left.delete(sessionId);
  return left;
}

function ends(event: SessionEvent): boolean {
  switch (event.type) {
    case 'session:message':
      return event.agentId === null;
    case 'session:turn':
      return event.phase !== 'start';
    case 'session:complete':
      return true;
    default:
      return false;
  }
}
