import {
  limitsSchema,
  usageReportSchema,
  type UsageReport,
  type UsageRowKey,
} from '@claude-optimizer/protocol';
import { request } from './api';

// Apart from the rest: no page but one needs these schemas, and the first view waits for none.

export const fetchLimits = () => request(limitsSchema, '/api/limits');

/** Which usage is wanted; `since` is a local day of the browser's zone. */
export type UsageQuestion = { by: readonly UsageRowKey[]; since: string | null };

const USAGE_PAGE = '1000';

/** A report of usage in the browser's zone, all its pages together. */
export async function fetchUsage({ by, since }: UsageQuestion): Promise<UsageReport> {
  const query = new URLSearchParams({ by: by.join(','), limit: USAGE_PAGE });
  query.set('timezone', Intl.DateTimeFormat().resolvedOptions().timeZone);
  if (since !== null) query.set('since', since);
  const rows: UsageReport['rows'] = [];
  for (;;) {
    const page = await request(usageReportSchema, `/api/usage?${query.toString()}`);
    rows.push(...page.rows);
    if (page.nextCursor === null) return { ...page, rows };
    query.set('cursor', page.nextCursor);
  }
}
