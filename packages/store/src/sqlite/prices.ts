import type { Kysely } from 'kysely';
import type { LedgerRow, ModelRepriced, PriceChange } from '../store.js';
import { ledgerRow } from './rows.js';
import type { Database } from './schema.js';

const FINGERPRINT = 'prices';
/** Sessions looked at for one page. */
const SESSIONS = 200;

/**
 * All responses of the sessions whose key follows `afterKey`, session by session, until there are
 * `rows` of them; `lastKey` is null when no session follows.
 */
export async function usageAfter(
  db: Kysely<Database>,
  afterKey: number,
  rows: number,
): Promise<{ rows: LedgerRow[]; lastKey: number | null }> {
  const counts = await db
    .selectFrom('usage')
    .select((eb) => ['session_key', eb.fn.countAll<number>().as('count')])
    .where('session_key', '>', afterKey)
    .groupBy('session_key')
    .orderBy('session_key')
    .limit(SESSIONS)
    .execute();
  let lastKey: number | null = null;
  let sum = 0;
  for (const { session_key: key, count } of counts) {
    if (sum >= rows) break;
    lastKey = key;
    sum += count;
  }
  if (lastKey === null) return { rows: [], lastKey };
  const found = await db
    .selectFrom('usage')
    .innerJoin('sessions', 'sessions.key', 'usage.session_key')
    .selectAll('usage')
    .select('sessions.id as session')
    .where('session_key', '>', afterKey)
    .where('session_key', '<=', lastKey)
    .orderBy('session_key')
    .orderBy('at')
    .execute();
  return { rows: found.map(ledgerRow), lastKey };
}

/** The fingerprint of the prices with which all of the history was priced; null when not known. */
export async function pricedWith(db: Kysely<Database>): Promise<string | null> {
  const row = await db
    .selectFrom('meta')
    .select('value')
    .where('name', '=', FINGERPRINT)
    .executeTakeFirst();
  return row?.value ?? null;
}

export async function setPricedWith(db: Kysely<Database>, value: string): Promise<void> {
  await db
    .insertInto('meta')
    .values({ name: FINGERPRINT, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

/** Writes down that prices are about to change; gives the line's number. */
export async function addPriceChange(
  db: Kysely<Database>,
  change: Omit<PriceChange, 'id' | 'finishedAt'>,
): Promise<number> {
  const { id } = await db
    .insertInto('price_changes')
    .values({
      at: change.at,
      finished_at: null,
      reason: change.reason,
      models: JSON.stringify(change.models),
      cost_before: change.beforePicodollars,
      cost_after: change.afterPicodollars,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function finishPriceChange(
  db: Kysely<Database>,
  id: number,
  at: number,
): Promise<void> {
  await db.updateTable('price_changes').set({ finished_at: at }).where('id', '=', id).execute();
}

/** The newest changes first. */
export async function priceChanges(db: Kysely<Database>, limit: number): Promise<PriceChange[]> {
  const rows = await db
    .selectFrom('price_changes')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    finishedAt: row.finished_at,
    reason: row.reason,
    models: JSON.parse(row.models) as ModelRepriced[],
    beforePicodollars: row.cost_before,
    afterPicodollars: row.cost_after,
  }));
}
