import type { Unpriced, Usage } from '@claude-optimizer/protocol';
import { sql, type Kysely } from 'kysely';
import type { UsageByModel, UsageOverTime } from '../usage-query.js';
import { usageOfSums } from './rows.js';
import type { Database } from './schema.js';

const SLOT_SUMS = [
  sql<number | null>`sum(input)`.as('input'),
  sql<number | null>`sum(output)`.as('output'),
  sql<number | null>`sum(cache_write_5m)`.as('cache_write_5m'),
  sql<number | null>`sum(cache_write_1h)`.as('cache_write_1h'),
  sql<number | null>`sum(cache_read)`.as('cache_read'),
  // Rounded to micro-dollars here: in pico-dollars a large sum is beyond what JS counts exactly.
  sql<number | null>`(sum(cost) + 500000) / 1000000`.as('cost'),
] as const;
const SUMS = [
  ...SLOT_SUMS,
  sql<number | null>`sum(cost) - (sum(cost) + 500000) / 1000000 * 1000000`.as('fraction'),
  sql<number>`count(*) - count(cost)`.as('unpriced'),
  sql<number>`count(*)`.as('messages'),
] as const;

// Widths of a slot that read well on a time axis (ms).
const SLOTS = [1, 5, 15, 60, 300, 900, 3_600, 21_600, 86_400].map((seconds) => seconds * 1_000);

function ofSession(db: Kysely<Database>, id: string) {
  return db
    .selectFrom('usage')
    .where('session_key', '=', (eb) =>
      eb.selectFrom('sessions').select('key').where('id', '=', id),
    );
}

/** A session's usage in at most `maxSlots` slots of equal width; empty slots are left out. */
export async function usageOverTime(
  db: Kysely<Database>,
  id: string,
  maxSlots: number,
): Promise<UsageOverTime> {
  const span = await ofSession(db, id)
    .select(sql<number>`coalesce(max(at) - min(at), 0)`.as('ms'))
    .executeTakeFirstOrThrow();
  const least = span.ms / (maxSlots - 1);
  const slotMs =
    SLOTS.find((width) => width >= least) ?? Math.ceil(least / 86_400_000) * 86_400_000;
  const rows = await ofSession(db, id)
    // A wide slot is bound as a real number, and those don't divide into whole slots.
    .select(sql<number>`at - at % cast(${slotMs} as integer)`.as('slot'))
    .select(SUMS)
    .groupBy('slot')
    .orderBy('slot')
    .execute();
  return {
    slotMs,
    usage: rows.map(({ slot, ...sums }) => ({ at: slot, ...exactSumOf(sums) })),
  };
}

/** A session's usage by model, the most expensive first. */
export async function usageByModel(db: Kysely<Database>, id: string): Promise<UsageByModel> {
  const rows = await ofSession(db, id)
    .select('model')
    .select(SUMS)
    .groupBy('model')
    .orderBy('cost', 'desc')
    .execute();
  return rows.map(({ model, ...sums }) => ({ model, ...exactSumOf(sums) }));
}

function exactSumOf({
  fraction,
  unpriced,
  ...sums
}: Parameters<typeof usageOfSums>[0] & { fraction: number | null; unpriced: number }) {
  return { usage: usageOfSums(sums), costFraction: fraction ?? 0, unpriced };
}

/** All usage since `at` (epoch ms, on a slot's bound as every local midnight is), and in how many sessions. */
export async function usageSince(
  db: Kysely<Database>,
  at: number,
): Promise<{ usage: Usage; unpriced: Unpriced; sessions: number }> {
  const row = await db
    .selectFrom('usage_slots')
    .select([
      ...SLOT_SUMS,
      sql<number | null>`sum(messages)`.as('messages'),
      sql<number | null>`sum(unpriced_messages)`.as('unpriced_messages'),
      sql<number | null>`sum(unpriced_tokens)`.as('unpriced_tokens'),
      sql<number>`count(distinct session_key)`.as('sessions'),
    ])
    .where('at', '>=', at)
    .where('messages', '>', 0)
    .executeTakeFirstOrThrow();
  const messages = row.messages ?? 0;
  const unpriced = { messages: row.unpriced_messages ?? 0, tokens: row.unpriced_tokens ?? 0 };
  const cost = unpriced.messages === messages ? null : row.cost;
  return { usage: usageOfSums({ ...row, messages, cost }), unpriced, sessions: row.sessions };
}
