import { sql, type Kysely } from 'kysely';
import type { SessionHead } from '../store.js';
import type { ToolSum, ToolSumQuery } from '../usage-query.js';
import type { Database } from './schema.js';

/** Whether a session is of a project: its whole path, or its last folder. */
export function isOfProject(project: string) {
  return sql<boolean>`(sessions.project = ${project}
    or substr(sessions.project, -length(${project}) - 1) = '/' || ${project})`;
}

/** Finished calls by tool, the most used first. */
export async function toolSums(db: Kysely<Database>, query: ToolSumQuery): Promise<ToolSum[]> {
  const { from, to, project, byProject = false } = query;
  const rows = await db
    .selectFrom('tool_calls')
    .innerJoin('sessions', 'sessions.key', 'tool_calls.session_key')
    .select(['tool_calls.name', ...(byProject ? (['sessions.project'] as const) : [])])
    .select([
      sql<number>`count(*)`.as('calls'),
      sql<number>`count(*) filter (where outcome = 'error')`.as('errors'),
      sql<number>`count(*) filter (where outcome = 'denied')`.as('denials'),
      sql<number>`coalesce(sum(duration_ms), 0)`.as('durationMs'),
      sql<number>`count(duration_ms)`.as('timed'),
      sql<number>`coalesce(sum(lines_added), 0)`.as('linesAdded'),
      sql<number>`coalesce(sum(lines_removed), 0)`.as('linesRemoved'),
    ])
    .where('ended_at', '>=', from)
    .where('ended_at', '<', to)
    .$if(project !== undefined, (select) => select.where(isOfProject(project ?? '')))
    .groupBy(['tool_calls.name', ...(byProject ? (['sessions.project'] as const) : [])])
    .orderBy('calls', 'desc')
    .orderBy('tool_calls.name')
    .execute();
  return rows.map((row) => ({ ...row, project: byProject ? (row.project ?? null) : null }));
}

/** What a list of sessions says of each, by its id. */
export async function sessionHeads(db: Kysely<Database>): Promise<Map<string, SessionHead>> {
  const rows = await db
    .selectFrom('sessions')
    .select(['id', 'project', 'title', 'first_prompt', 'last_at'])
    .execute();
  return new Map(
    rows.map(({ id, project, title, first_prompt, last_at }) => [
      id,
      { project, title: title ?? first_prompt, lastAt: last_at },
    ]),
  );
}
