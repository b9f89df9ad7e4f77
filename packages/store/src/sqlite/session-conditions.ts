import type { SessionQuery, SessionTest } from '@claude-optimizer/protocol';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { ListScope } from '../session-scope.js';

/** By what a list is narrowed, so that a facet can leave its own dimension out. */
export type Dimension = 'project' | 'model' | 'status' | 'origin' | 'hidden' | 'other';
export type Condition = { dimension: Dimension; test: RawBuilder<SqlBool> };

/** What sessions must be to be in the list; `other` holds whatever isn't offered as a facet. */
export function conditionsOf(query: SessionQuery, scope: ListScope): Condition[] {
  const { status, project, model, projects, models, text, after, before } = query;
  const { costFrom, costTo, origin, hidden = 'no' } = query;
  const all: Condition[] = [{ dimension: 'other', test: sql<SqlBool>`visible = 1` }];
  const add = (dimension: Dimension, test: RawBuilder<SqlBool>) => all.push({ dimension, test });
  if (hidden !== 'all') add('hidden', sql<SqlBool>`hidden = ${hidden === 'only' ? 1 : 0}`);
  if (status) add('status', sql<SqlBool>`status in (${sql.join(status)})`);
  if (projects) add('project', sql<SqlBool>`project in (${sql.join(projects)})`);
  if (models) add('model', anyModel(models));
  if (origin) add('origin', isLaunched(scope, origin === 'hand'));
  if (project !== undefined) add('other', contains(['project'], project));
  if (model !== undefined) add('other', contains(['models'], model));
  if (text !== undefined) add('other', contains(['title', 'first_prompt', 'project', 'id'], text));
  if (after) add('other', sql<SqlBool>`last_at >= ${after.getTime()}`);
  if (before) add('other', sql<SqlBool>`started_at < ${before.getTime()}`);
  if (costFrom !== undefined) add('other', sql<SqlBool>`cost >= ${costFrom}`);
  if (costTo !== undefined) add('other', sql<SqlBool>`cost <= ${costTo}`);
  for (const test of testConditions(scope)) add('other', test);
  if (scope.among) add('other', isAmong(scope.among));
  return all;
}

/** All of them at once. */
export function where(conditions: readonly Condition[]): RawBuilder<SqlBool> {
  const tests = conditions.map(({ test }) => sql`(${test})`);
  return sql<SqlBool>`${sql.join(tests, sql` and `)}`;
}

// Of one field any of the wanted values is enough; bounds and exclusions must all hold.
function testConditions({ tests = [], ...scope }: ListScope): RawBuilder<SqlBool>[] {
  const groups = new Map<string, RawBuilder<SqlBool>[]>();
  tests.forEach((test, at) => {
    const isChoice = !test.negated && CHOICES.has(test.field);
    const key = isChoice ? test.field : String(at);
    const condition = conditionOf(test, scope);
    const all = groups.get(key) ?? [];
    all.push(test.negated ? sql<SqlBool>`not coalesce(${condition}, 0)` : condition);
    groups.set(key, all);
  });
  return [...groups.values()].map((any) => sql<SqlBool>`(${sql.join(any, sql` or `)})`);
}

const CHOICES = new Set<SessionTest['field']>(['project', 'model', 'branch', 'title', 'status']);

function conditionOf(test: SessionTest, scope: ListScope): RawBuilder<SqlBool> {
  switch (test.field) {
    case 'project':
    case 'branch':
      return contains([test.field], test.contains);
    case 'model':
      return contains(['models'], test.contains);
    case 'title':
    case 'name':
      return contains(['name'], test.contains);
    case 'status':
      return sql<SqlBool>`status = ${test.status}`;
    case 'cost':
    case 'tokens':
      return sql<SqlBool>`(${sql.ref(test.field)} ${sql.raw(test.is)} ${test.value})`;
    case 'after':
      return sql<SqlBool>`last_at >= ${test.at}`;
    case 'before':
      return sql<SqlBool>`started_at < ${test.at}`;
    case 'launched':
      return isLaunched(scope, false);
  }
}

function isLaunched({ launches = [] }: ListScope, not: boolean): RawBuilder<SqlBool> {
  const ids = JSON.stringify(launches.map(({ sessionId }) => sessionId));
  return isAmong({ ids: [], except: not }, ids);
}

function isAmong(
  { ids, except }: { ids: readonly string[]; except: boolean },
  json = JSON.stringify(ids),
): RawBuilder<SqlBool> {
  const found = sql`(select value from json_each(${json}))`;
  return except ? sql<SqlBool>`id not in ${found}` : sql<SqlBool>`id in ${found}`;
}

function anyModel(models: readonly string[]): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (select 1 from json_each(models) where value in (${sql.join(models)}))`;
}

function contains(columns: readonly string[], text: string): RawBuilder<SqlBool> {
  const pattern = `%${text.replace(/[\\%_]/gu, '\\$&')}%`;
  const tests = columns.map((column) => sql`${sql.ref(column)} like ${pattern} escape '\\'`);
  return sql<SqlBool>`(${sql.join(tests, sql` or `)})`;
}
