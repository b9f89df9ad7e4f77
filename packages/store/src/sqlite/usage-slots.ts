import type BetterSqlite3 from 'better-sqlite3';
import { CompiledQuery, type Kysely } from 'kysely';
import type { UsageQuery, UsageSum } from '../usage-query.js';
import type { Database } from './schema.js';
import { SLOT_COLUMNS, type Slot } from './slot-changes.js';
import { COUNTS, usageSumOf, usageSumQueries, type SumRow } from './usage-sum-query.js';

/** Prepares the addition of a change to its slot; its columns are bound in their order. */
export function prepareSlotInsert(db: BetterSqlite3.Database): BetterSqlite3.Statement {
  const columns = SLOT_COLUMNS;
  return db.prepare(
    `insert into usage_slots (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})
     on conflict do update set ${COUNTS.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`,
  );
}

/** Prepares the addition of a change to its slot. */
export function prepareSlotUpdate(db: BetterSqlite3.Database): (slot: Slot) => void {
  const statement = prepareSlotInsert(db);
  return (slot) => {
    statement.run(SLOT_COLUMNS.map((column) => slot[column]));
  };
}

/**
 * Sums of usage by the wanted keys, from the slots alone. `periods` cut the time into stretches of
 * one offset from UTC each, so that a local day is whole also where the clocks change.
 */
export async function usageSums(db: Kysely<Database>, query: UsageQuery): Promise<UsageSum[]> {
  const sums: UsageSum[] = [];
  for (const { text, parameters } of usageSumQueries(query)) {
    const { rows } = await db.executeQuery(CompiledQuery.raw(text, parameters));
    sums.push(...(rows as SumRow[]).map(usageSumOf));
  }
  return sums;
}
