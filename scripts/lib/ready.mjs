import path from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { withLock } from './lock.mjs';
import { requireNode } from './node-version.mjs';
import { CACHE } from './places.mjs';
import { StepFailed } from './step.mjs';

/**
 * Installs and (unless `build` is false) builds what is stale, one run at a time; ends the process
 * with the failed step's output and exit code when that doesn't work.
 */
export async function makeReady({ build = true } = {}) {
  requireNode();
  await orExit(() =>
    withLock(path.join(CACHE, 'setup.lock'), async () => {
      await ensureInstalled();
      if (build) await ensureBuilt();
    }),
  );
}

/** Runs `work`; a failed step becomes its output and the process's exit code. */
export async function orExit(work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    console.error(error.message);
    process.exit(error.exitCode);
  }
}
