import type { SessionFacets, SessionQuery } from '@claude-optimizer/protocol';
import type { Kysely, RawBuilder } from 'kysely';
import type { ListScope } from '../session-scope.js';
import type { Database } from './schema.js';
import { conditionsOf, where, type Dimension } from './session-conditions.js';

type Row = Pick<Database['sessions'], 'id' | 'project' | 'models' | 'status'> & { hidden: number };

/** A session that passes all filters, with what it is sorted by. */
export type Looked = { key: number; id: string; last_at: number; sort_key: string | number };

/**
 * Looks at all sessions that what isn't a choice leaves: which of them pass the choices, too, and
 * how many each choice would leave. A look for each kind takes five times as long, and ids by the
 * thousand take the database longer than they take here.
 */
export async function lookAt(
  db: Kysely<Database>,
  {
    query,
    scope,
    sortKey,
  }: { query: SessionQuery; scope: ListScope; sortKey: RawBuilder<string | number> },
): Promise<{ fitting: Looked[]; facets: SessionFacets }> {
  const { among, ...others } = scope;
  const conditions = conditionsOf(query, others);
  const rows = await db
    .selectFrom('sessions')
    .select(['key', 'id', 'project', 'models', 'status', 'hidden', 'last_at'])
    .select(sortKey.as('sort_key'))
    .where(where(conditions.filter(({ dimension }) => dimension === 'other')))
    .execute();
  const ids = among && new Set(among.ids);
  const narrowed = narrowing(query, scope);
  const counts = {
    projects: new Map<string, number>(),
    models: new Map<string, number>(),
    statuses: new Map<string, number>(),
    origins: new Map<string, number>(),
  };
  const fitting: Looked[] = [];
  let hidden = 0;
  for (const row of rows) {
    if (among && ids?.has(row.id) === among.except) continue;
    const { failed, models, origin } = narrowed(row);
    const fits = (dimension: Dimension) => failed === null || failed === dimension;
    if (failed === null) fitting.push(row);
    if (row.project !== null && fits('project')) count(counts.projects, row.project);
    if (fits('model')) for (const model of models) count(counts.models, model);
    if (fits('status')) count(counts.statuses, row.status);
    if (fits('origin')) count(counts.origins, origin);
    if (row.hidden === 1 && fits('hidden')) hidden += 1;
  }
  const facets = {
    projects: sorted(counts.projects),
    models: sorted(counts.models),
    statuses: sorted(counts.statuses),
    origins: sorted(counts.origins),
    hidden,
  };
  return { fitting, facets };
}

/** Which of the filters a session fails: null for none, `other` for more than one. */
function narrowing(query: SessionQuery, { launches = [] }: ListScope) {
  const launched = new Set(launches.map(({ sessionId }) => sessionId));
  const projects = query.projects && new Set(query.projects);
  const wantedModels = query.models && new Set(query.models);
  const { status, origin: wantedOrigin, hidden = 'no' } = query;
  const known = new Map<string, readonly string[]>();
  return (row: Row) => {
    const models = known.get(row.models) ?? (JSON.parse(row.models) as string[]);
    known.set(row.models, models);
    const origin = launched.has(row.id) ? 'launched' : 'hand';
    const fails: Dimension[] = [];
    if (projects && !projects.has(row.project ?? '')) fails.push('project');
    if (wantedModels && !models.some((model) => wantedModels.has(model))) fails.push('model');
    if (status && !status.some((one) => one === row.status)) fails.push('status');
    if (wantedOrigin !== undefined && wantedOrigin !== origin) fails.push('origin');
    if (hidden !== 'all' && (hidden === 'only') !== (row.hidden === 1)) fails.push('hidden');
    const failed = fails.length > 1 ? ('other' as const) : (fails[0] ?? null);
    return { failed, models, origin };
  };
}

function count(counts: Map<string, number>, value: string): void {
  counts.set(value, (counts.get(value) ?? 0) + 1);
}

function sorted(counts: ReadonlyMap<string, number>) {
  return [...counts]
    .map(([value, found]) => ({ value, count: found }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
