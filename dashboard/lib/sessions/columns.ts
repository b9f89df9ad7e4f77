import type { SessionSort } from '@claude-optimizer/protocol';

/** A column of the sessions table; widths in px, `title` takes what is left. */
export type Column = {
  id: Exclude<SessionSort, 'relevance'>;
  name: string;
  width: number;
  isNumber?: boolean;
  /** Which way it is sorted first. */
  first: 'asc' | 'desc';
};

/** All that can be shown, in the order in which it is. */
export const COLUMNS: readonly Column[] = [
  { id: 'status', name: 'Status', width: 132, first: 'desc' },
  { id: 'title', name: 'Session', width: 260, first: 'asc' },
  { id: 'project', name: 'Project', width: 140, first: 'asc' },
  { id: 'branch', name: 'Branch', width: 130, first: 'asc' },
  { id: 'phase', name: 'Phase', width: 120, first: 'asc' },
  { id: 'model', name: 'Models', width: 120, first: 'asc' },
  { id: 'startedAt', name: 'Started', width: 112, isNumber: true, first: 'desc' },
  { id: 'lastAt', name: 'Last sign', width: 112, isNumber: true, first: 'desc' },
  { id: 'duration', name: 'Duration', width: 92, isNumber: true, first: 'desc' },
  { id: 'activeTime', name: 'At work', width: 92, isNumber: true, first: 'desc' },
  { id: 'tokens', name: 'Tokens', width: 80, isNumber: true, first: 'desc' },
  { id: 'cost', name: 'Cost', width: 84, isNumber: true, first: 'desc' },
  { id: 'cacheHits', name: 'Cache hits', width: 92, isNumber: true, first: 'desc' },
  { id: 'objectives', name: 'Objectives', width: 92, isNumber: true, first: 'desc' },
  { id: 'tools', name: 'Tools', width: 72, isNumber: true, first: 'desc' },
  { id: 'errors', name: 'Errors', width: 72, isNumber: true, first: 'desc' },
];

export type ColumnId = Column['id'];

export const DEFAULT_COLUMNS: readonly ColumnId[] = [
  ...(['status', 'title', 'project', 'model', 'activeTime'] as const),
  ...(['tokens', 'cost', 'objectives', 'errors', 'lastAt'] as const),
];

/** Column ids out of a list with commas, in their own order; the session itself is always there. */
export function readColumns(text: string | null): readonly ColumnId[] {
  if (text === null) return DEFAULT_COLUMNS;
  const named = text.split(',');
  return COLUMNS.filter(({ id }) => id === 'title' || named.includes(id)).map(({ id }) => id);
}
