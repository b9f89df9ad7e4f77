import path from 'node:path';
import { BLOCK_MS, blockStarts, TotalUsage, type SummedUsage } from '@claude-optimizer/core/report';
import { openSqliteReader } from '@claude-optimizer/store/reader';
import { STORE_FILE } from '../config/data-dir.js';
import { NO_FIGURES, type StoredFigures } from './line.js';

const HOUR_MS = 3_600_000;
/** Windows hang on each other without a gap for no longer than somebody works without sleep. */
const LOOK_BACK_MS = 72 * HOUR_MS;

/** The day, the last hour and the window, out of the store in `dataDir`; never throws. */
export async function storedFigures(dataDir: string, now: number): Promise<StoredFigures> {
  try {
    const store = openSqliteReader(path.join(dataDir, STORE_FILE));
    if (store === null) return NO_FIGURES;
    const midnight = new Date(now).setHours(0, 0, 0, 0);
    const from = Math.min(midnight, now - LOOK_BACK_MS);
    const sums = await store.usageSums({
      periods: [{ from, to: now + HOUR_MS, offsetMs: 0 }],
      by: ['slot'],
    });
    // Not closed: the process ends now, and that costs less.
    return figuresOf(sums, midnight, now);
  } catch {
    return NO_FIGURES;
  }
}

function figuresOf(sums: readonly SummedUsage[], midnight: number, now: number): StoredFigures {
  const since = (at: number) => sums.filter(({ slot }) => (slot ?? 0) >= at);
  const times = sums.map(({ slot }) => slot ?? 0).sort((a, b) => a - b);
  const start = blockStarts(times).at(-1);
  return {
    today: costOf(since(midnight)),
    lastHour: costOf(since(now - HOUR_MS)),
    windowEndsAt: start === undefined ? null : start + BLOCK_MS,
  };
}

function costOf(sums: readonly SummedUsage[]): number | null {
  const total = new TotalUsage();
  for (const sum of sums) total.add(sum);
  return total.totals().costMicrodollars;
}
