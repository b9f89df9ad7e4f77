import type { StoreReader } from '@claude-optimizer/store/reader';
import type { ExportOrigin } from './export-source.js';

/** Exports out of a store that somebody else may be writing to. `now` in epoch ms. */
export async function storedOrigin(reader: StoreReader, now: () => number): Promise<ExportOrigin> {
  return { reads: await reader.exports(), between: (work) => work(), now };
}
