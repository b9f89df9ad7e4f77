import path from 'node:path';
import type { Indexing } from '@claude-optimizer/protocol';
import { openSqliteStore } from '@claude-optimizer/store';
import { STORE_FILE } from '../config/data-dir.js';
import { claimDaemon } from '../daemon/claim-daemon.js';
import { loadPrices } from '../prices/load-prices.js';
import { beginPricing } from '../prices/reprice.js';
import { createLog } from '../log.js';
import { LogMonitor } from '../transcripts/log-monitor.js';

/** Transcripts being read into the store of a data folder by this process. */
export type Following = { indexed: Promise<void>; close(): Promise<void> };

/**
 * Reads what has changed into the store, and follows it until closed. Throws `conflict` when a
 * daemon does so already, and as the store does.
 */
export async function followTranscripts(options: {
  claudeDirs: readonly string[];
  dataDir: string;
  now: () => number;
  onProgress(progress: Indexing): void;
}): Promise<Following> {
  const { claudeDirs, dataDir, now } = options;
  const claim = await claimDaemon(dataDir, now());
  const releaseAtExit = () => claim.release();
  process.once('exit', releaseAtExit);
  try {
    loadPrices(dataDir);
    const store = await openSqliteStore(path.join(dataDir, STORE_FILE));
    // A history that a report has read first is priced as of now, too: nothing to warn of later.
    await beginPricing(store);
    const monitor = new LogMonitor({
      claudeDirs,
      store,
      now,
      log: createLog({ level: 'error' }),
      onEvents: () => {},
      onStatus: () => {
        options.onProgress(monitor.status().indexing);
      },
    });
    await monitor.start();
    return {
      indexed: monitor.indexed(),
      close: async () => {
        await monitor.stop();
        await store.close();
        releaseAtExit();
      },
    };
  } catch (error) {
    releaseAtExit();
    throw error;
  }
}
