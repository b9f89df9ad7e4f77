import { sessionStatuses, type SessionStatus } from '@claude-optimizer/protocol';

/** What the list of sessions shows, as its address says it. */
export type ListFilter = { status: readonly SessionStatus[]; text: string };

/** The filter in a query such as `?status=failed,running&text=zod`; unknown parts are left out. */
export function readFilter(query: string): ListFilter {
  const params = new URLSearchParams(query);
  const named = params.get('status')?.split(',') ?? [];
  return {
    status: sessionStatuses.filter((status) => named.includes(status)),
    text: params.get('text') ?? '',
  };
}

/** The query for a filter; empty when it lets everything through. */
export function writeFilter({ status, text }: ListFilter): string {
  const parts = [
    ...(status.length > 0 ? [`status=${status.join(',')}`] : []),
    ...(text !== '' ? [`text=${encodeURIComponent(text)}`] : []),
  ];
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}
