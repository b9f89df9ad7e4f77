import type { ScannedFile } from './find-usage-files.js';
import type { PackedTable } from './response-table.js';

/** What threads read together; `taken` counts the files that one of them has begun. */
export type SharedScan = { files: readonly ScannedFile[]; taken: Int32Array };

/** What another thread has found; `timeless` are files that are to be read whole. */
export type ScannedApart = { table: PackedTable; timeless: ScannedFile[] };

/** Files as long as there are any, each given to one thread alone. */
export function* filesOf({ files, taken }: SharedScan): Generator<ScannedFile> {
  for (;;) {
    const file = files[Atomics.add(taken, 0, 1)];
    if (file === undefined) return;
    yield file;
  }
}
