import {
  entrySchema,
  planSchema,
  type AuditLine,
  type Busy,
  type Entry,
  type Launch,
  type Plan,
  type Run,
  type RunQuery,
} from '@claude-optimizer/protocol';
import { sql, type Kysely } from 'kysely';
import type { Approval, CalendarFetch, PlanStore, StoredPlan } from './plan-store.js';
import { putPlans, type Fetched } from './put-plans.js';
import { listRuns, readRun, rowOfRun } from './runs.js';
import type { PlanDatabase } from './schema.js';

/** Plans and runs in one SQLite file. */
export class SqlitePlanStore implements PlanStore {
  readonly #db: Kysely<PlanDatabase>;

  constructor(db: Kysely<PlanDatabase>) {
    this.#db = db;
  }

  async putRun(run: Run): Promise<boolean> {
    const row = rowOfRun(run);
    const put = this.#db
      .insertInto('runs')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row));
    try {
      await put.execute();
      return true;
    } catch (error) {
      if (isSecondRun(error)) return false;
      throw error;
    }
  }

  async moveRun(run: Run, fromRevision: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('runs')
      .set(rowOfRun(run))
      .where('id', '=', run.id)
      .where('revision', '=', fromRevision)
      .executeTakeFirstOrThrow();
    return numUpdatedRows !== 0n;
  }

  run(id: string): Promise<Run | null> {
    return this.#oneRun('id', id);
  }

  runOfPlan(planId: string): Promise<Run | null> {
    return this.#oneRun('plan_id', planId);
  }

  runOfSession(sessionId: string): Promise<Run | null> {
    return this.#oneRun('session_id', sessionId);
  }

  runs(query: RunQuery): Promise<{ runs: Run[]; nextCursor: string | null }> {
    return listRuns(this.#db, query);
  }

  async launches(): Promise<(Launch & { sessionId: string })[]> {
    const rows = await this.#db
      .selectFrom('runs')
      .select(['session_id', sql<string | null>`json_extract(run, '$.order.phase')`.as('phase')])
      .where('session_id', 'is not', null)
      .where('started_at', 'is not', null)
      .orderBy('at')
      .execute();
    return rows.flatMap(({ session_id: sessionId, phase }) =>
      sessionId === null ? [] : [{ sessionId, phase }],
    );
  }

  async activeRuns(): Promise<Run[]> {
    const rows = await this.#db
      .selectFrom('runs')
      .select('run')
      .where('active', '=', 1)
      .orderBy('at')
      .orderBy('id')
      .execute();
    return rows.map(readRun);
  }

  async runsStarted(from: number, to: number): Promise<Run[]> {
    const rows = await this.#db
      .selectFrom('runs')
      .select('run')
      .where('started_at', '>=', from)
      .where('started_at', '<', to)
      .orderBy('started_at')
      .execute();
    return rows.map(readRun);
  }

  putPlans(fetched: Fetched) {
    return putPlans(this.#db, fetched);
  }

  async plan(id: string): Promise<StoredPlan | null> {
    const row = await this.#db
      .selectFrom('plans')
      .select(['plan', 'gone', 'seen_at'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row ? readPlan(row) : null;
  }

  async plans(from: number, to: number): Promise<StoredPlan[]> {
    const rows = await this.#db
      .selectFrom('plans')
      .select(['plan', 'gone', 'seen_at'])
      .where('starts_at', '<', to)
      .where('ends_at', '>', from)
      .where('gone', '=', 0)
      .orderBy('starts_at')
      .orderBy('id')
      .execute();
    return rows.map(readPlan);
  }

  async plansLeft(from: number, to: number): Promise<StoredPlan[]> {
    const rows = await this.#db
      .selectFrom('plans')
      .innerJoin('runs', 'runs.plan_id', 'plans.id')
      .select(['plan', 'gone', 'seen_at'])
      .distinct()
      .where('starts_at', '<', to)
      .where('ends_at', '>', from)
      .where('gone', '=', 1)
      .where('started_at', 'is not', null)
      .orderBy('starts_at')
      .execute();
    return rows.map(readPlan);
  }

  async busy(from: number, to: number): Promise<Busy[]> {
    const rows = await this.#db
      .selectFrom('busy')
      .selectAll()
      .where('starts_at', '<', to)
      .where('ends_at', '>', from)
      .orderBy('starts_at')
      .execute();
    return rows.map(({ source, starts_at, ends_at }) => ({
      source,
      startsAt: starts_at,
      endsAt: ends_at,
    }));
  }

  async dropSource(source: string): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      for (const table of ['plans', 'busy', 'fetches'] as const) {
        await transaction.deleteFrom(table).where('source', '=', source).execute();
      }
    });
  }

  async fetches(): Promise<CalendarFetch[]> {
    const rows = await this.#db.selectFrom('fetches').selectAll().execute();
    return rows.map(({ fetched_at, changed_at, ...row }) => ({
      ...row,
      fetchedAt: fetched_at,
      changedAt: changed_at,
    }));
  }

  async putFetch({ fetchedAt, changedAt, ...fetch }: CalendarFetch): Promise<void> {
    const row = { ...fetch, fetched_at: fetchedAt, changed_at: changedAt };
    await this.#db
      .insertInto('fetches')
      .values(row)
      .onConflict((conflict) => conflict.column('source').doUpdateSet(row))
      .execute();
  }

  async approve({ planId, contentHash, ...approval }: Approval): Promise<void> {
    const row = { ...approval, plan_id: planId ?? '', content_hash: contentHash };
    await this.#db
      .insertInto('approvals')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['source', 'uid', 'plan_id', 'content_hash']).doUpdateSet(row),
      )
      .execute();
  }

  async approvalOf(plan: Plan): Promise<Approval | null> {
    const row = await this.#db
      .selectFrom('approvals')
      .selectAll()
      .where('source', '=', plan.source)
      .where('uid', '=', plan.uid)
      .where('content_hash', '=', plan.contentHash)
      .where('plan_id', 'in', ['', plan.id])
      .orderBy('at', 'desc')
      .orderBy('plan_id', 'desc')
      .executeTakeFirst();
    if (!row) return null;
    const { plan_id, content_hash, ...approval } = row;
    return { ...approval, planId: plan_id === '' ? null : plan_id, contentHash: content_hash };
  }

  async entries(): Promise<Entry[]> {
    const rows = await this.#db.selectFrom('entries').select('entry').orderBy('id').execute();
    return rows.map(({ entry }) => entrySchema.parse(JSON.parse(entry)));
  }

  async putEntry(entry: Entry): Promise<boolean> {
    const { id, revision } = entry;
    const row = { id, revision, entry: JSON.stringify(entry) };
    if (revision === 0) {
      const { numInsertedOrUpdatedRows } = await this.#db
        .insertInto('entries')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows !== 0n;
    }
    const { numUpdatedRows } = await this.#db
      .updateTable('entries')
      .set(row)
      .where('id', '=', id)
      .where('revision', '=', revision - 1)
      .executeTakeFirstOrThrow();
    return numUpdatedRows !== 0n;
  }

  async dropEntry(id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('entries')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return numDeletedRows !== 0n;
  }

  async audit(line: Omit<AuditLine, 'id'>): Promise<void> {
    await this.#db.insertInto('audit').values(line).execute();
  }

  async auditLines(limit: number, before: number | null): Promise<AuditLine[]> {
    let query = this.#db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(limit);
    if (before !== null) query = query.where('id', '<', before);
    return query.execute();
  }

  close(): Promise<void> {
    return this.#db.destroy();
  }

  async #oneRun(column: 'id' | 'plan_id' | 'session_id', value: string): Promise<Run | null> {
    const row = await this.#db
      .selectFrom('runs')
      .select('run')
      .where(column, '=', value)
      .orderBy('at', 'desc')
      .executeTakeFirst();
    return row ? readRun(row) : null;
  }
}

function readPlan(row: { plan: string; gone: number; seen_at: number }): StoredPlan {
  const plan = planSchema.parse(JSON.parse(row.plan));
  return { plan, gone: row.gone === 1, seenAt: row.seen_at };
}

/** Another run has the plan already. */
function isSecondRun(error: unknown): boolean {
  return error instanceof Error && /UNIQUE constraint failed: runs\.plan_id/u.test(error.message);
}
