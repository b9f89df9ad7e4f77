import { OptimizerError, type UsageFilter } from '@claude-optimizer/protocol';
import { firstDay, type Flags } from '@claude-optimizer/server/reports';

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

/** What `--last` counts. */
const UNITS: Partial<Record<ReportKind, 'day' | 'week' | 'month'>> = {
  ...{ daily: 'day', weekly: 'week', monthly: 'month' },
};
const RECENT_DAYS = 3;

/** What the command line said of a report. */
export type ReportFlags = Pick<Flags, 'claudeDir' | 'dataDir'> & {
  since?: string;
  until?: string;
  timezone?: string;
  project?: string;
  model?: string;
  last?: string;
  recent?: boolean;
  color?: boolean;
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

/** Which usage is wanted now (epoch ms). Throws `bad_request` naming the option that is amiss. */
export function filterOf(kind: ReportKind, flags: ReportFlags, now: number): UsageFilter {
  const { until, timezone, project, model } = flags;
  if (kind === 'tools' && model !== undefined) {
    throw new OptimizerError('bad_request', '--model has no meaning for tools.', {
      fix: 'Leave it out: a call is made by a session, whichever model answered.',
    });
  }
  const since = sinceOf(kind, flags, now);
  return {
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until: dayOf('--until', until) }),
    ...(timezone !== undefined && { timezone }),
    ...(project !== undefined && { project: withoutSlash(project) }),
    ...(model !== undefined && { model }),
  };
}

/** The ways in which a report is written leave each other out. Throws `bad_request` for two. */
export function checkWriting({ json, csv }: ReportFlags): void {
  if (json !== true || csv !== true) return;
  throw new OptimizerError('bad_request', '--json and --csv are two ways to write one report.', {
    fix: 'Choose one of them.',
  });
}

/** The first day that is wanted: said as such, or counted back from today. */
function sinceOf(kind: ReportKind, flags: ReportFlags, now: number): string | undefined {
  const { since, last, recent, timezone } = flags;
  const said = [
    ...(since === undefined ? [] : ['--since']),
    ...(last === undefined ? [] : ['--last']),
    ...(recent === true ? ['--recent'] : []),
  ];
  if (said.length > 1) {
    throw new OptimizerError('bad_request', `${said.join(' and ')} contradict each other.`, {
      fix: 'Each says where the report begins: choose one of them.',
    });
  }
  if (since !== undefined) return dayOf('--since', since);
  if (recent === true) {
    if (kind === 'blocks') return firstDay('day', RECENT_DAYS + 1, timezone ?? null, now);
    throw new OptimizerError('bad_request', '--recent is for blocks.', {
      fix: 'Use --last 3 for the last three days, weeks or months.',
    });
  }
  if (last === undefined) return undefined;
  const unit = UNITS[kind];
  if (unit === undefined) {
    throw new OptimizerError('bad_request', `--last has no meaning for ${kind}.`, {
      fix: 'It is for daily, weekly and monthly; use --since here.',
    });
  }
  if (!/^[1-9]\d{0,3}$/u.test(last)) {
    throw new OptimizerError('bad_request', `--last is ${JSON.stringify(last)}.`, {
      fix: 'Give a whole number from 1 to 9999, such as --last 7.',
    });
  }
  return firstDay(unit, Number(last), timezone ?? null, now);
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
