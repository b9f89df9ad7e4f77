import { createHash } from 'node:crypto';
import { priceTable } from '@claude-optimizer/core';
import { totalTokens, type Pricing } from '@claude-optimizer/protocol';
import type { LedgerRow, ModelRepriced, Store } from '@claude-optimizer/store';
import { repriced } from './repriced.js';

/** What other prices mean for the history, in pico-dollars; only models whose prices differ. */
export type Repricing = {
  models: ModelRepriced[];
  beforePicodollars: number;
  afterPicodollars: number;
};

const ROWS_AT_ONCE = 5_000;

/** Names the prices of now: another name, other prices. */
export function priceFingerprint(): string {
  return createHash('sha256').update(priceTable()).digest('hex');
}

/** Whether the history was priced with other prices than those of now. */
export async function hasOtherPrices(store: Store): Promise<boolean> {
  const known = await store.pricedWith();
  if (known !== null) return known !== priceFingerprint();
  return (await store.usageAfter(0, 1)).lastKey !== null;
}

/** The same; a new history takes the prices of now. */
export async function beginPricing(store: Store): Promise<boolean> {
  const others = await hasOtherPrices(store);
  if (!others) await store.setPricedWith(priceFingerprint());
  return others;
}

/** What re-pricing would change, by model; writes nothing. */
export async function previewRepricing(store: Store): Promise<Repricing> {
  const models = new Map<string, ModelRepriced>();
  for (let key: number | null = 0; key !== null;) {
    const page: Awaited<ReturnType<Store['usageAfter']>> = await store.usageAfter(
      key,
      ROWS_AT_ONCE,
    );
    for (const row of page.rows) compare(models, row);
    key = page.lastKey;
  }
  const changed = [...models.values()].sort((a, b) => (a.model < b.model ? -1 : 1));
  return {
    models: changed,
    beforePicodollars: sum(changed.map(({ beforePicodollars }) => beforePicodollars)),
    afterPicodollars: sum(changed.map(({ afterPicodollars }) => afterPicodollars)),
  };
}

/** How far it is, in sessions. */
export type OnRepriced = (progress: NonNullable<Pricing['repricing']>) => void;

type HowToReprice = {
  /** Stands in the audit line. */
  reason: string;
  now: () => number;
  /** Does it, telling the key of the last session after each step. */
  run: (onStep: (sessionKey: number) => void) => Promise<void>;
  onProgress?: OnRepriced | undefined;
};

/**
 * Gives the history the prices of now by `run`, which is atomic step by step and may be run again.
 * The audit line is written first and finished last: what a crash has cut short is seen there, and
 * the fingerprint still says that prices differ.
 */
export async function reprice(
  store: Store,
  { reason, now, run, onProgress = () => undefined }: HowToReprice,
): Promise<Repricing> {
  const fingerprint = priceFingerprint();
  const total = await store.countSessions();
  onProgress({ done: 0, total });
  const preview = await previewRepricing(store);
  if (preview.models.length > 0) {
    const id = await store.addPriceChange({ ...preview, at: now(), reason });
    await run((sessionKey) => {
      onProgress({ done: Math.min(sessionKey, total), total });
    });
    await store.finishPriceChange(id, now());
  }
  await store.setPricedWith(fingerprint);
  return preview;
}

function compare(models: Map<string, ModelRepriced>, row: LedgerRow): void {
  const after = repriced(row);
  if (after === null) return;
  const known = models.get(row.model) ?? {
    model: row.model,
    responses: 0,
    tokens: 0,
    beforePicodollars: null,
    afterPicodollars: null,
  };
  models.set(row.model, {
    model: row.model,
    responses: known.responses + 1,
    tokens: known.tokens + totalTokens(row.usage),
    beforePicodollars: plus(known.beforePicodollars, row.costPicodollars),
    afterPicodollars: plus(known.afterPicodollars, after.costPicodollars),
  });
}

function plus(a: number | null, b: number | null): number | null {
  return a === null ? b : a + (b ?? 0);
}

function sum(costs: readonly (number | null)[]): number {
  return costs.reduce<number>((all, cost) => all + (cost ?? 0), 0);
}
