import { sessionSorts, sessionStatuses } from '@claude-optimizer/protocol';
import type { SessionSort, SessionStatus } from '@claude-optimizer/protocol';
import { readColumns, type ColumnId } from './columns';

/** All that the list of sessions shows, as its address says it. */
export type SessionView = {
  search: string;
  status: readonly SessionStatus[];
  projects: readonly string[];
  models: readonly string[];
  /** Local days, `2026-11-27`; both included. */
  from: string;
  to: string;
  /** Dollars as they were typed. */
  costFrom: string;
  costTo: string;
  origin: '' | 'launched' | 'hand';
  hidden: 'no' | 'only' | 'all';
  /** Null: the best fit first while words are searched, else the last sign of life. */
  sort: SessionSort | null;
  order: 'asc' | 'desc';
  /** Null: those that this browser remembers. */
  columns: readonly ColumnId[] | null;
};

export const WHOLE_VIEW: SessionView = {
  ...{ search: '', status: [], projects: [], models: [], from: '', to: '' },
  ...{ costFrom: '', costTo: '', origin: '', hidden: 'no', sort: null, order: 'desc' },
  columns: null,
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DOLLARS = /^\d{1,9}(\.\d{1,6})?$/;

/** The view in a query such as `?status=failed&sort=cost`; unknown parts are left out. */
export function readView(query: string): SessionView {
  const params = new URLSearchParams(query);
  const fitting = (name: string, shape: RegExp) => {
    const text = params.get(name) ?? '';
    return shape.test(text) ? text : '';
  };
  const one = <T extends string>(name: string, known: readonly T[], otherwise: T): T =>
    known.find((each) => each === params.get(name)) ?? otherwise;
  const named = params.get('status')?.split(',') ?? [];
  const columns = params.get('columns');
  return {
    search: params.get('search') ?? params.get('text') ?? '',
    status: sessionStatuses.filter((status) => named.includes(status)),
    projects: params.getAll('project'),
    models: params.getAll('model'),
    from: fitting('from', DAY),
    to: fitting('to', DAY),
    costFrom: fitting('costFrom', DOLLARS),
    costTo: fitting('costTo', DOLLARS),
    origin: one('origin', ['', 'launched', 'hand'], ''),
    hidden: one('hidden', ['no', 'only', 'all'], 'no'),
    sort: sessionSorts.find((sort) => sort === params.get('sort')) ?? null,
    order: one('order', ['asc', 'desc'], 'desc'),
    columns: columns === null ? null : readColumns(columns),
  };
}

/** The query for a view; empty when it lets everything through. */
export function writeView(view: SessionView): string {
  const params = new URLSearchParams();
  for (const name of ['search', 'from', 'to', 'costFrom', 'costTo', 'origin'] as const) {
    if (view[name] !== '') params.set(name, view[name]);
  }
  if (view.status.length > 0) params.set('status', view.status.join(','));
  for (const project of view.projects) params.append('project', project);
  for (const model of view.models) params.append('model', model);
  if (view.hidden !== 'no') params.set('hidden', view.hidden);
  if (view.sort !== null) params.set('sort', view.sort);
  if (view.order !== 'desc') params.set('order', view.order);
  if (view.columns !== null) params.set('columns', view.columns.join(','));
  const query = params.toString();
  return query === '' ? '' : `?${query}`;
}

/** By what the list is really sorted. */
export function sortOf({ sort, search }: SessionView): SessionSort {
  return sort ?? (search.trim() === '' ? 'lastAt' : 'relevance');
}

/** Whether anything but sorting and columns differs from the whole list. */
export function isNarrowed(view: SessionView): boolean {
  const plain = { sort: null, order: 'desc', columns: null } as const;
  return writeView({ ...view, ...plain }) !== '';
}

const MICRO = 1_000_000;

/** What the server is asked for, without the window. */
export function askedOf(view: SessionView): URLSearchParams {
  const params = new URLSearchParams({ sort: sortOf(view), order: view.order });
  if (view.search.trim() !== '') params.set('search', view.search.trimStart());
  if (view.status.length > 0) params.set('status', view.status.join(','));
  for (const project of view.projects) params.append('projects', project);
  for (const model of view.models) params.append('models', model);
  if (view.from !== '') params.set('after', String(dayStart(view.from, 0)));
  if (view.to !== '') params.set('before', String(dayStart(view.to, 1)));
  if (view.costFrom !== '') params.set('costFrom', String(Math.round(+view.costFrom * MICRO)));
  if (view.costTo !== '') params.set('costTo', String(Math.round(+view.costTo * MICRO)));
  if (view.origin !== '') params.set('origin', view.origin);
  if (view.hidden !== 'no') params.set('hidden', view.hidden);
  return params;
}

function dayStart(day: string, after: number): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + after).getTime();
}
