import { existsSync } from 'node:fs';
import path from 'node:path';
import {
  MEASURED,
  modelTerms,
  pricedModels,
  setListedPrices,
  type ModelTerms,
} from '@claude-optimizer/core';
import { openSqliteStore, type PriceChange, type Store } from '@claude-optimizer/store';
import { STORE_FILE } from '../config/data-dir.js';
import { claimDaemon } from '../daemon/claim-daemon.js';
import { createLog } from '../log.js';
import { openSessions } from '../sessions/open-sessions.js';
import { VERSION } from '../version.js';
import { fetchLibrary, type Source } from './fetch-library.js';
import {
  readLibraryFile,
  removeLibraryFile,
  writeLibraryFile,
  type LibraryFile,
} from './library-file.js';
import { loadPrices } from './load-prices.js';
import { previewRepricing, type OnRepriced, type Repricing } from './reprice.js';

/** A model with its price of today; `seen`: responses of it are in the history. */
export type PricedModel = ModelTerms & {
  model: string;
  seen: boolean;
  /** When and with which client our additions were measured. */
  measured: typeof MEASURED;
};
const NOTHING: Repricing = { models: [], beforePicodollars: 0, afterPicodollars: 0 };

/** The models of the history, with `all` also those whose price is known. `now` in epoch ms. */
export async function listPrices(
  dataDir: string,
  { all, now }: { all: boolean; now: number },
): Promise<{ models: PricedModel[]; library: LibraryFile | null; problem: string | null }> {
  const loaded = loadPrices(dataDir);
  const seen = await withStore(dataDir, [], async (store) => {
    const periods = [{ from: 0, to: now + 1, offsetMs: 0 }];
    const sums = await store.usageSums({ periods, by: ['model'] });
    return sums.flatMap(({ model }) => model ?? []);
  });
  const names = new Set([...seen, ...(all ? pricedModels() : [])]);
  const models = [...names].sort().map((model) => {
    return { model, seen: seen.includes(model), measured: MEASURED, ...modelTerms(model, now) };
  });
  return { models, ...loaded };
}

/** What re-pricing the history by the prices of now would change. Throws `config_invalid`. */
export function previewPrices(dataDir: string): Promise<Repricing> {
  loadPrices(dataDir);
  return withStore(dataDir, NOTHING, previewRepricing);
}

/**
 * Asks for the library's newest data and keeps it, unless `dryRun`; `fresh` is null when what is
 * kept is the newest. `preview` tells what it means for the history.
 */
export async function updatePrices(
  dataDir: string,
  options: { dryRun: boolean; now: number; source?: Source },
): Promise<{ fresh: LibraryFile | null; preview: Repricing }> {
  loadPrices(dataDir);
  const { kept } = readLibraryFile(dataDir);
  const fresh = await fetchLibrary(kept?.etag ?? null, options.now, options.source);
  if (fresh !== null) setListedPrices(fresh.provider);
  const preview = await withStore(dataDir, NOTHING, previewRepricing);
  if (fresh !== null && !options.dryRun) writeLibraryFile(dataDir, fresh);
  return { fresh, preview };
}

/** Back to the library's data as it came with us; false where that stands already. */
export function resetPrices(dataDir: string): boolean {
  return removeLibraryFile(dataDir);
}

/** Re-prices the history where no daemon runs. Throws `conflict` where one does. */
export async function repriceHere(
  dataDir: string,
  reason: string,
  onProgress?: OnRepriced,
): Promise<Repricing> {
  const claim = await claimDaemon(dataDir, Date.now());
  try {
    loadPrices(dataDir);
    const sessions = await openSessions({
      storeFile: path.join(dataDir, STORE_FILE),
      // Nothing is read meanwhile: prices alone change.
      claudeDirs: [],
      now: () => Date.now(),
      version: VERSION,
      log: createLog({ level: 'error' }),
    });
    try {
      await sessions.begin();
      return await sessions.reprice(reason, onProgress);
    } finally {
      await sessions.close();
    }
  } finally {
    claim.release();
  }
}

/** The last changes of the history's prices, newest first. */
export function priceHistory(dataDir: string, limit: number): Promise<PriceChange[]> {
  return withStore(dataDir, [], (store) => store.priceChanges(limit));
}

async function withStore<T>(
  dataDir: string,
  none: T,
  ask: (store: Store) => Promise<T>,
): Promise<T> {
  const file = path.join(dataDir, STORE_FILE);
  if (!existsSync(file)) return none;
  const store = await openSqliteStore(file);
  try {
    return await ask(store);
  } finally {
    await store.close();
  }
}
