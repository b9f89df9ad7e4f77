import path from 'node:path';
import { scanUsage } from '@claude-optimizer/server';
import { openSqliteStore } from '@claude-optimizer/store';
import { type Defer, tempFolder } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { productCells, productSessions, type Cells } from './cells.js';

/** What the product says of a tree: by UTC day and model, and by session. */
export type Said = { cells: Cells; sessions: Cells };

/** Lets the real daemon index a tree into a new store, and asks the store. */
export async function storedOf(claudeDir: string, defer: Defer): Promise<Said & { shown: number }> {
  const dataDir = tempFolder(defer);
  const daemon = await startDaemon({ claudeDir, dataDir }, defer);
  await daemon.ready(240_000);
  await daemon.stop();
  const store = await openSqliteStore(path.join(dataDir, 'optimizer.db'));
  try {
    const [cells, sessions] = [await productCells(store), await productSessions(store)];
    return { cells, sessions, shown: await store.countSessions() };
  } finally {
    await store.close();
  }
}

/** What the scan without a store says of it. */
export async function scannedOf(claudeDir: string): Promise<Said> {
  const scan = await scanUsage({ claudeDirs: [claudeDir] });
  return { cells: await productCells(scan), sessions: await productSessions(scan) };
}
