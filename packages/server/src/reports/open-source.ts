import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { OptimizerError, type Indexing } from '@claude-optimizer/protocol';
import type { StoreReader } from '@claude-optimizer/store/reader';
import { CONFIG_FILE, DAEMON_FILE, PRICES_FILE, STORE_FILE } from '../config/data-dir.js';
import type { Daemon } from '../daemon/daemon-file.js';
import { findUnread, type Unread } from './find-unread.js';
import { ignoredBy } from './ignored-by.js';
import type { UsageSource } from './usage-report.js';

/** Reading a byte into the store takes about so many times as long as counting it alone. */
const SCAN_ADVANTAGE = 8;
/** A daemon reads a line within milliseconds of its being written. */
const DAEMON_MS = 1_000;
const POLL_MS = 50;

/** What reports are made of; `store` is null where the transcripts were only scanned. */
export type ReportSource = {
  usage: UsageSource;
  store: StoreReader | null;
  close(): Promise<void>;
};

export type SourceOptions = {
  claudeDirs: readonly string[];
  dataDir: string;
  /** Whether titles or tools are wanted, which only the store knows. */
  needsStore: boolean;
  /** Keeps the store up to date until closed, where no daemon does. */
  follow: boolean;
  now: () => number;
  onProgress(progress: Indexing): void;
};

/**
 * Opens what has the truth at this moment, the quickest way: the store where it is up to date; a
 * store that we bring up to date; or the transcripts themselves where much is missing. Throws as
 * the store does.
 */
export async function openSource(options: SourceOptions): Promise<ReportSource> {
  const reader = await openReader(options);
  const unread = reader && unreadOf(options, reader);
  if (reader && unread?.files === 0 && !options.follow) return storeOnly(reader);
  const daemon = await daemonOf(options);
  if (daemon) return besideDaemon(options, reader, daemon.url);
  if (!reader && (await broughtToThisVersion(options))) return openSource(options);
  const isLittle = unread !== null && unread.bytes * SCAN_ADVANTAGE <= unread.bytesInAll;
  if (options.needsStore || options.follow || isLittle) return broughtUpToDate(options, reader);
  return scanned(options, reader);
}

function unreadOf({ claudeDirs }: SourceOptions, reader: StoreReader): Unread {
  return findUnread(claudeDirs, reader.filesRead(), ignoredBy(claudeDirs, reader));
}

/** Whether there was a store of an earlier version, which is one of ours now. */
async function broughtToThisVersion({ dataDir }: SourceOptions): Promise<boolean> {
  const file = path.join(dataDir, STORE_FILE);
  if (!existsSync(file)) return false;
  const { openSqliteStore } = await import('@claude-optimizer/store');
  await (await openSqliteStore(file)).close();
  return true;
}

/** The daemon writes: what it hasn't read yet comes in a moment, or is scanned here. */
async function besideDaemon(
  options: SourceOptions,
  opened: StoreReader | null,
  url: string | null,
): Promise<ReportSource> {
  const { now, needsStore, follow } = options;
  const { healthOf } = await import('./daemon-health.js');
  const patience = now() + DAEMON_MS;
  for (let reader = opened; ; reader ??= await openReader(options)) {
    const unread = reader && unreadOf(options, reader);
    if (reader && unread?.files === 0) return storeOnly(reader);
    if (now() < patience && isSoon(unread)) {
      await wait(POLL_MS);
      continue;
    }
    const health = await healthOf(url);
    // What it has left out by then can't be read.
    if (reader && health?.ready) return storeOnly(reader);
    if (!health && !(await daemonOf(options))) {
      await reader?.close();
      return openSource(options);
    }
    if (!needsStore && !follow) return scanned(options, reader);
    if (health) options.onProgress(health.indexing);
    await wait(POLL_MS);
  }
}

function isSoon(unread: Unread | null): boolean {
  return unread === null || unread.bytes * SCAN_ADVANTAGE <= unread.bytesInAll;
}

async function broughtUpToDate(
  options: SourceOptions,
  opened: StoreReader | null,
): Promise<ReportSource> {
  const { followTranscripts } = await import('./follow-transcripts.js');
  const following = await followTranscripts(options);
  await following.indexed;
  if (!options.follow) await following.close();
  const reader = opened ?? (await openReader(options));
  if (!reader) {
    throw new OptimizerError('internal', `The store in ${options.dataDir} is gone again.`, {
      fix: 'Something removed it while it was being made. Try again.',
    });
  }
  return {
    ...storeOnly(reader),
    close: async () => {
      await reader.close();
      if (options.follow) await following.close();
    },
  };
}

async function scanned(
  { claudeDirs, dataDir }: SourceOptions,
  reader: StoreReader | null,
): Promise<ReportSource> {
  const isIgnored = ignoredBy(claudeDirs, reader);
  await reader?.close();
  await loadOwnPrices(dataDir);
  const { scanUsage } = await import('../usage-scan/scan-usage.js');
  return {
    usage: await scanUsage({ claudeDirs, isIgnored }),
    store: null,
    close: () => Promise.resolve(),
  };
}

// What a machine with nothing stored doesn't need isn't loaded: that takes as long as counting a
// hundred megabytes.

async function openReader({ dataDir }: SourceOptions): Promise<StoreReader | null> {
  const file = path.join(dataDir, STORE_FILE);
  if (!existsSync(file)) return null;
  const { openSqliteReader } = await import('@claude-optimizer/store/reader');
  return openSqliteReader(file);
}

async function daemonOf({ dataDir, now }: SourceOptions): Promise<Daemon | null> {
  if (!existsSync(path.join(dataDir, DAEMON_FILE))) return null;
  const { findDaemon } = await import('../daemon/find-daemon.js');
  return findDaemon(dataDir, now());
}

async function loadOwnPrices(dataDir: string): Promise<void> {
  const files = [CONFIG_FILE, PRICES_FILE].map((name) => path.join(dataDir, name));
  if (!files.some((file) => existsSync(file))) return;
  const { loadPrices } = await import('../prices/load-prices.js');
  loadPrices(dataDir);
}

function storeOnly(reader: StoreReader): ReportSource {
  return { usage: reader, store: reader, close: () => reader.close() };
}
