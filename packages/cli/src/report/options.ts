import { OptimizerError, type UsageFilter } from '@claude-optimizer/protocol';
import type { Flags } from '@claude-optimizer/server/reports';

export const reportKinds = [
  'daily',
  'weekly',
  'monthly',
  'session',
  'project',
  'model',
  'blocks',
  'tools',
] as const;
export type ReportKind = (typeof reportKinds)[number];

/** What the command line said of a report. */
export type ReportFlags = Pick<Flags, 'claudeDir' | 'dataDir'> & {
  since?: string;
  until?: string;
  timezone?: string;
  project?: string;
  model?: string;
  breakdown?: boolean;
  order?: string;
  json?: boolean;
  csv?: boolean;
  live?: boolean;
  compact?: boolean;
  active?: boolean;
};

/** The kind of report by its name. Throws `bad_request` for another word. */
export function kindOf(name: string): ReportKind {
  const kind = reportKinds.find((known) => known === name);
  if (kind !== undefined) return kind;
  throw new OptimizerError('bad_request', `There is no report ${JSON.stringify(name)}.`, {
    fix: `There are ${reportKinds.join(', ')}.`,
  });
}

/** Which usage is wanted. Throws `bad_request` naming the option that is amiss. */
export function filterOf(kind: ReportKind, flags: ReportFlags): UsageFilter {
  const { since, until, timezone, project, model } = flags;
  if (kind === 'tools' && model !== undefined) {
    throw new OptimizerError('bad_request', '--model has no meaning for tools.', {
      fix: 'Leave it out: a call is made by a session, whichever model answered.',
    });
  }
  return {
    ...(since !== undefined && { since: dayOf('--since', since) }),
    ...(until !== undefined && { until: dayOf('--until', until) }),
    ...(timezone !== undefined && { timezone }),
    ...(project !== undefined && { project: withoutSlash(project) }),
    ...(model !== undefined && { model }),
  };
}

/** Whether rows go from the greatest down; null for the report's own order. */
export function isDescending({ order }: ReportFlags): boolean | null {
  if (order === undefined) return null;
  if (order === 'asc' || order === 'desc') return order === 'desc';
  throw new OptimizerError('bad_request', `--order is ${JSON.stringify(order)}.`, {
    fix: 'Use asc or desc.',
  });
}

/** A day of the calendar. Throws `bad_request` naming the option. */
export function dayOf(flag: string, text: string): string {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})$/u.exec(text) ?? [];
  const date = `${year ?? ''}-${month ?? ''}-${day ?? ''}`;
  const at = Date.parse(`${date}T00:00:00Z`);
  if (!Number.isNaN(at) && new Date(at).toISOString().startsWith(date)) return date;
  throw new OptimizerError(
    'bad_request',
    `${flag} is ${JSON.stringify(text)}: there is no such day.`,
    {
      fix: 'Give a day of the calendar as YYYY-MM-DD, such as 2026-02-28.',
    },
  );
}

/** A path as it is stored: without a slash at its end. */
export function withoutSlash(project: string): string {
  return project.length > 1 ? project.replace(/[/\\]+$/u, '') : project;
}
