import { mkdir } from 'node:fs/promises';
import { OptimizerError } from '@claude-optimizer/protocol';
import envPaths from 'env-paths';

/** The store's file within the data folder. */
export const STORE_FILE = 'optimizer.db';
/** Plans and runs, which can't be read again from any transcript. */
export const PLANS_FILE = 'plans.db';
/** Where the running daemon is. */
export const DAEMON_FILE = 'daemon.json';
/** What the person has set. */
export const CONFIG_FILE = 'config.json';
/** The library's data of Claude's models as it was last asked for. */
export const PRICES_FILE = 'prices.json';

/** Where the platform's convention puts a program's data. */
export function platformDataDir(): string {
  return envPaths('claude-optimizer', { suffix: '' }).data;
}

/** Makes the data folder, for its owner alone, unless it is there. Throws `store_unavailable`. */
export async function makeDataDir(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new OptimizerError('store_unavailable', `The data folder ${dataDir} can't be made.`, {
      fix: 'Check its parent folder and your rights, or choose another with --data-dir.',
      cause,
    });
  }
}
