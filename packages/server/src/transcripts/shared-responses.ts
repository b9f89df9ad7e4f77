import type { LedgerRow } from '@claude-optimizer/store';
import { responseHashes, type SessionLoad } from '@claude-optimizer/store/load';
import { isBetter, isOlder } from './merge-sightings.js';

/**
 * Parts loads so that none has a response of another with which it is written, be it of another
 * session or the same: where it stands is looked up before any of them is.
 */
export function withoutShared(loads: readonly SessionLoad[]): SessionLoad[][] {
  const groups: SessionLoad[][] = [[]];
  let seen = new Set<number>();
  for (const load of loads) {
    const hashes = responseHashes(load);
    if (hashes.some((hash) => seen.has(hash))) {
      groups.push([]);
      seen = new Set();
    }
    for (const hash of hashes) seen.add(hash);
    groups.at(-1)?.push(load);
  }
  return groups;
}

/** Whether nothing else changes by `own` than whose the response is: a copied line. */
export function isPlainlyTaken(own: LedgerRow, before: LedgerRow): boolean {
  return (
    isOlder(own, before) &&
    (isBetter(own.usage, before.usage) || isSameCount(own, before)) &&
    own.at <= before.at &&
    (own.stopped || !before.stopped)
  );
}

function isSameCount(a: LedgerRow, b: LedgerRow): boolean {
  return (
    !isBetter(b.usage, a.usage) &&
    a.model === b.model &&
    a.webSearches === b.webSearches &&
    a.billing === b.billing &&
    a.costPicodollars === b.costPicodollars
  );
}
