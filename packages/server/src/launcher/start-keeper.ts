import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RunFolder } from './run-folder.js';

/** Beside this module in the build as in the bundle. */
const KEEPER = fileURLToPath(new URL('./run-keeper.js', import.meta.url));
/** From TypeScript source: the build's. */
const BUILT = fileURLToPath(new URL('../../dist/launcher/run-keeper.js', import.meta.url));

/** Starts the keeper of a run, which outlives this process. Of two only one takes the run. */
export function startKeeper(folder: RunFolder): void {
  const keeper = spawn(process.execPath, [existsSync(KEEPER) ? KEEPER : BUILT, folder.folder], {
    detached: true,
    stdio: 'ignore',
  });
  keeper.unref();
}
