import type { SessionFacets, SessionQuery, SessionSummary } from '@claude-optimizer/protocol';
import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { ListScope } from '../session-scope.js';
import type { Database } from './schema.js';
import { conditionsOf, where, type Condition, type Dimension } from './session-conditions.js';

/** A session that passes all filters, with what it is sorted by. */
export type Looked = { key: number; id: string; lastAt: number; sortKey: string | number };
type Row = readonly [
  ...[key: number, id: string, lastAt: number, sortKey: string | number],
  ...[project: string | null, models: string, status: SessionSummary['status'], hidden: number],
];
/** By id, which place it has among those that another store has found. */
export type Ranks = ReadonlyMap<string, number>;

/**
 * Looks at all sessions that what isn't a choice leaves: which of them pass the choices, too, and
 * how many each choice would leave; `ranks` tells those that another store has found. A look for
 * each kind takes five times as long, and ids by the thousand take the database longer than they
 * take here.
 */
export async function lookAt(
  db: Kysely<Database>,
  {
    query,
    scope,
    ranks,
    sortKey,
  }: {
    query: SessionQuery;
    scope: ListScope;
    ranks: Ranks | null;
    sortKey: RawBuilder<string | number>;
  },
): Promise<{ fitting: Looked[]; facets: SessionFacets }> {
  const { among, ...others } = scope;
  const conditions = conditionsOf(query, others).filter(({ dimension }) => dimension === 'other');
  const narrowed = narrowing(query, scope);
  const counts = {
    projects: new Map<string, number>(),
    models: new Map<string, number>(),
    statuses: new Map<string, number>(),
    origins: new Map<string, number>(),
  };
  const fitting: Looked[] = [];
  let hidden = 0;
  for (const row of await rowsOf(db, conditions, sortKey)) {
    const [key, id, lastAt, sortedBy, project, , status, isHidden] = row;
    if (among && ranks?.has(id) === among.except) continue;
    const { failed, models, origin } = narrowed(row);
    if (failed === null) fitting.push({ key, id, lastAt, sortKey: sortedBy });
    if (project !== null && (failed === null || failed === 'project')) {
      count(counts.projects, project);
    }
    if (failed === null || failed === 'model') {
      for (const model of models) count(counts.models, model);
    }
    if (failed === null || failed === 'status') count(counts.statuses, status);
    if (failed === null || failed === 'origin') count(counts.origins, origin);
    if (isHidden === 1 && (failed === null || failed === 'hidden')) hidden += 1;
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

// As one text: as rows they would take twice as long, most of it for the names of their columns.
async function rowsOf(
  db: Kysely<Database>,
  conditions: readonly Condition[],
  sortKey: RawBuilder<string | number>,
): Promise<Row[]> {
  const row = sql`json_array(key, id, last_at, ${sortKey}, project, models, status, hidden)`;
  const { rows } = await db
    .selectFrom('sessions')
    .select(sql<string>`json_group_array(${row})`.as('rows'))
    .where(where(conditions))
    .executeTakeFirstOrThrow();
  return JSON.parse(rows) as Row[];
}

/** Which of the filters a session fails: null for none, `other` for more than one. */
function narrowing(query: SessionQuery, { launches = [] }: ListScope) {
  const launched = new Set(launches.map(({ sessionId }) => sessionId));
  const projects = query.projects && new Set(query.projects);
  const wantedModels = query.models && new Set(query.models);
  const { status: statuses, origin: wantedOrigin, hidden = 'no' } = query;
  const known = new Map<string, readonly string[]>();
  return ([, id, , , project, listed, status, isHidden]: Row) => {
    let models = known.get(listed);
    if (models === undefined) {
      models = JSON.parse(listed) as string[];
      known.set(listed, models);
    }
    const origin = launched.has(id) ? 'launched' : 'hand';
    let failed: Dimension | null = null;
    const fail = (one: Dimension) => (failed = failed === null ? one : 'other');
    if (projects && !projects.has(project ?? '')) fail('project');
    if (wantedModels && !models.some((model) => wantedModels.has(model))) fail('model');
    if (statuses && !statuses.includes(status)) fail('status');
    if (wantedOrigin !== undefined && wantedOrigin !== origin) fail('origin');
    if (hidden !== 'all' && (hidden === 'only') !== (isHidden === 1)) fail('hidden');
    return { failed: failed as Dimension | null, models, origin };
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
