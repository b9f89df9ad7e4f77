import type { Ending } from '@claude-optimizer/core/run';
import type { Run } from '@claude-optimizer/protocol';

/** Overloaded or over a limit: tried again as often, and not before. */
const MOST_ATTEMPTS = 5;
const FIRST_WAIT_MS = 60_000;
/** The client sits out a short `retry-after`; one that it won't sit out it doesn't tell. */
const UNTOLD_WAIT_MS = 5 * 60_000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** For a run without a plan, whose end says until when it makes sense. */
const PATIENCE_MS = 60 * 60_000;

/** What the client has told of when the API lets it in again. */
export type Pauses = {
  /** When the limit resets (epoch ms). */
  resetsAt: number | null;
  /** Ms that it last waited before it tried again by itself; null when it gave up at once. */
  delayMs: number | null;
};

/** When a run that failed for a time is tried again (epoch ms); null when it isn't. */
export function retryAt(
  run: Run,
  { temporary, cause }: Ending,
  { resetsAt, delayMs, now }: Pauses & { now: number },
): number | null {
  if (!temporary) return null;
  const untold = resetsAt === null && delayMs === null;
  // A limit that is waited out without its end being told is looked at until the plan's end.
  if (run.attempt >= MOST_ATTEMPTS && !(untold && cause === 'rate_limit')) return null;
  const first = untold ? UNTOLD_WAIT_MS : FIRST_WAIT_MS;
  const wait = Math.min(first * 2 ** (run.attempt - 1), LONGEST_WAIT_MS);
  const at = resetsAt ?? now + Math.max(wait, delayMs ?? 0);
  return at < (run.endsAt ?? (run.claimedAt ?? now) + PATIENCE_MS) ? at : null;
}
