import { setListedPrices, setPriceOverrides } from '@claude-optimizer/core';
import { readPriceOverrides } from '../config/price-overrides.js';
import { readLibraryFile, type LibraryFile } from './library-file.js';

/**
 * Takes the prices of a data folder: the person's, and the library's as last asked for. Where that
 * can't be used, what came with us stands and `problem` says why. Throws `config_invalid`.
 */
export function loadPrices(dataDir: string): {
  library: LibraryFile | null;
  problem: string | null;
} {
  setPriceOverrides(readPriceOverrides(dataDir));
  const { kept, problem } = readLibraryFile(dataDir);
  setListedPrices(kept?.provider ?? null);
  return { library: kept, problem };
}
