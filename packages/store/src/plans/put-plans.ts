import { planSchema, type Busy, type Plan } from '@claude-optimizer/protocol';
import { sql, type Kysely, type Transaction } from 'kysely';
import type { PlanDatabase } from './schema.js';

export type Fetched = {
  source: string;
  /** The window that was looked at, epoch ms. */
  from: number;
  to: number;
  plans: readonly Plan[];
  busy: readonly Busy[];
  at: number;
};

type Changes = { added: Plan[]; changed: { before: Plan; after: Plan }[]; gone: Plan[] };

/** Makes the source's plans within the window those that were fetched, and says what that changed. */
export function putPlans(db: Kysely<PlanDatabase>, fetched: Fetched): Promise<Changes> {
  return db.transaction().execute(async (transaction) => {
    const before = await stored(transaction, fetched);
    const changes: Changes = { added: [], changed: [], gone: [] };
    for (const plan of fetched.plans) {
      const known = before.get(plan.id);
      before.delete(plan.id);
      if (known && !known.gone && JSON.stringify(known.plan) === JSON.stringify(plan)) continue;
      await put(transaction, plan, {
        gone: 0,
        seenAt: known?.gone === false ? known.seenAt : fetched.at,
      });
      if (!known || known.gone) changes.added.push(plan);
      else changes.changed.push({ before: known.plan, after: plan });
    }
    for (const { plan, gone, seenAt } of before.values()) {
      if (gone || plan.startsAt >= fetched.to || plan.endsAt <= fetched.from) continue;
      await put(transaction, plan, { gone: 1, seenAt });
      changes.gone.push(plan);
    }
    await putBusy(transaction, fetched);
    return changes;
  });
}

/** What is known of the fetched plans (wherever they were) and of the window. */
async function stored(
  transaction: Transaction<PlanDatabase>,
  { source, from, to, plans }: Fetched,
) {
  const rows = await transaction
    .selectFrom('plans')
    .select(['id', 'plan', 'gone', 'seen_at'])
    .where('source', '=', source)
    .where((eb) =>
      eb.or([
        eb.and([eb('starts_at', '<', to), eb('ends_at', '>', from)]),
        // In one parameter: a calendar may have more than SQLite takes one by one.
        sql<boolean>`id in (select value from json_each(${JSON.stringify(plans.map(({ id }) => id))}))`,
      ]),
    )
    .execute();
  return new Map(
    rows.map(({ id, plan, gone, seen_at }) => [
      id,
      { plan: planSchema.parse(JSON.parse(plan)), gone: gone === 1, seenAt: seen_at },
    ]),
  );
}

async function put(
  transaction: Transaction<PlanDatabase>,
  plan: Plan,
  { gone, seenAt }: { gone: 0 | 1; seenAt: number },
) {
  const row = {
    id: plan.id,
    source: plan.source,
    starts_at: plan.startsAt,
    ends_at: plan.endsAt,
    gone,
    seen_at: seenAt,
    plan: JSON.stringify(plan),
  };
  await transaction
    .insertInto('plans')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

async function putBusy(
  transaction: Transaction<PlanDatabase>,
  { source, from, to, busy }: Fetched,
) {
  await transaction
    .deleteFrom('busy')
    .where('source', '=', source)
    .where('starts_at', '<', to)
    .where('ends_at', '>', from)
    .execute();
  for (const { startsAt, endsAt } of busy) {
    await transaction
      .insertInto('busy')
      .values({ source, starts_at: startsAt, ends_at: endsAt })
      .execute();
  }
}
