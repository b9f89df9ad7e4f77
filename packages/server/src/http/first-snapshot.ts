import type { Snapshot } from '@claude-optimizer/protocol';
import type { Stage } from '../history.js';
import { inTime } from '../in-time.js';

/** Who asks right after a start waits at most so long for the figures of today. */
const PATIENCE_MS = 1_000;

/** What the first page needs, in one answer. */
export async function firstSnapshot(stage: Stage): Promise<Snapshot> {
  await inTime(stage.current().firstRead(), PATIENCE_MS);
  return { ...(await stage.current().snapshot()), demo: stage.demo() };
}
