import {
  OptimizerError,
  runEnds,
  runSchema,
  type Run,
  type RunQuery,
} from '@claude-optimizer/protocol';
import type { Kysely } from 'kysely';
import type { PlanDatabase } from './schema.js';

/** A run as its row has it. */
export function rowOfRun(run: Run): PlanDatabase['runs'] {
  return {
    id: run.id,
    plan_id: run.planId,
    session_id: run.sessionId,
    active: runEnds.some((end) => end === run.state) ? 0 : 1,
    at: run.startedAt ?? run.scheduledAt ?? run.claimedAt ?? run.endedAt ?? 0,
    started_at: run.startedAt,
    revision: run.revision,
    run: JSON.stringify(run),
  };
}

export function readRun({ run }: { run: string }): Run {
  return runSchema.parse(JSON.parse(run));
}

/** A page of runs, newest first. Throws `bad_request` for a cursor that isn't ours. */
export async function listRuns(
  db: Kysely<PlanDatabase>,
  { active, sessionId, planId, limit, cursor }: RunQuery,
): Promise<{ runs: Run[]; nextCursor: string | null }> {
  let query = db
    .selectFrom('runs')
    .select(['id', 'at', 'run'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (active !== undefined) query = query.where('active', '=', active ? 1 : 0);
  if (sessionId !== undefined) query = query.where('session_id', '=', sessionId);
  if (planId !== undefined) query = query.where('plan_id', '=', planId);
  if (cursor !== undefined) {
    const [at, id] = readCursor(cursor);
    query = query.where((eb) =>
      eb.or([eb('at', '<', at), eb.and([eb('at', '=', at), eb('id', '<', id)])]),
    );
  }
  const rows = await query.execute();
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    runs: rows.slice(0, limit).map(readRun),
    nextCursor: last ? `${String(last.at)}.${last.id}` : null,
  };
}

function readCursor(cursor: string): [at: number, id: string] {
  const parts = /^(\d{1,16})\.(.+)$/u.exec(cursor);
  if (parts?.[1] !== undefined && parts[2] !== undefined) return [Number(parts[1]), parts[2]];
  throw new OptimizerError('bad_request', 'This cursor is none of ours.', {
    fix: 'Take `nextCursor` of the page before, or leave it out.',
  });
}
