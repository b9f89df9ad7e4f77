import type { Snapshot } from '@claude-optimizer/protocol';
import type { Stage } from '../history.js';

/** Who asks right after a start waits at most so long for the figures of today. */
const PATIENCE_MS = 1_000;

/** What the first page needs, in one answer. */
export async function firstSnapshot(stage: Stage): Promise<Snapshot> {
  await inTime(stage.current().firstRead(), PATIENCE_MS);
  return { ...(await stage.current().snapshot()), demo: stage.demo() };
}

/** Resolves with `done`, or after `ms` without it. */
function inTime(done: Promise<void>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    void done.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
