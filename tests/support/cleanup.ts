import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach } from 'vitest';

/** Notes what has to be undone. */
export type Defer = (undo: () => unknown) => void;

/** Undoes what was noted, newest first, after each test or after all: also when they fail. */
export function undoAfter(when: 'each' | 'all'): Defer {
  const undos: (() => unknown)[] = [];
  const register = when === 'each' ? afterEach : afterAll;
  register(async () => {
    const failures: unknown[] = [];
    for (let undo = undos.pop(); undo; undo = undos.pop()) {
      try {
        await undo();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'not everything could be undone');
  });
  return (undo) => undos.push(undo);
}

/** A new temporary folder, removed at the end. */
export function tempFolder(defer: Defer): string {
  // Resolved, as on macOS the temporary folder is behind a link.
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'claude-optimizer-')));
  defer(() => fs.promises.rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
