import type { UsageFile } from './find-usage-files.js';

/** What threads read together; `taken` counts the files that one of them has begun. */
export type SharedScan = { files: readonly UsageFile[]; taken: Int32Array };

/** Files as long as there are any, each given to one thread alone. */
export function* filesOf({ files, taken }: SharedScan): Generator<UsageFile> {
  for (;;) {
    const file = files[Atomics.add(taken, 0, 1)];
    if (file === undefined) return;
    yield file;
  }
}
