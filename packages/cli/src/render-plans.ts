import { formatCost, type Run, type ScheduledPlan } from '@claude-optimizer/protocol';
import type { ReadSchedule } from '@claude-optimizer/server';
import colors from 'picocolors';

const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** Plans by local day: when, what, its state, and in red what keeps it from starting. */
export function renderPlans({ plans, calendar, fetches }: ReadSchedule, now: number): string {
  const lines: string[] = [];
  if (calendar.paused) lines.push(colors.yellow('Paused: nothing starts by itself.'), '');
  for (const { source, error } of fetches) {
    if (error !== null) lines.push(colors.red(`${source}: ${error}`));
  }
  if (plans.length === 0) lines.push(`Nothing is planned. ${HOW_TO_PLAN}`);
  let day = '';
  for (const planned of plans) {
    const its = DAY.format(planned.plan.startsAt);
    if (its !== day) lines.push(...(day === '' ? [] : ['']), colors.bold(its));
    day = its;
    lines.push(...planLines(planned, now));
  }
  return `${lines.join('\n')}\n`;
}

const HOW_TO_PLAN =
  'Plan on the Schedule page, or add a calendar: claude-optimizer calendar add --help';

function planLines({ plan, run, hindrance, changed }: ScheduledPlan, now: number): string[] {
  const { title, startsAt, endsAt, allDay, limits, objectives } = plan;
  const time = allDay ? 'all day    ' : `${TIME.format(startsAt)}–${TIME.format(endsAt)}`;
  const budget = limits.costMicrodollars === null ? '' : `, ${formatCost(limits.costMicrodollars)}`;
  const count = objectives.length === 1 ? '1 objective' : `${String(objectives.length)} objectives`;
  const state = run?.state ?? (endsAt < now ? 'past' : 'planned');
  const planned = `  ${time}  ${title}  ${colors.dim(`${count}${budget}`)}  ${state}`;
  const came = run === null || run.startedAt === null ? [] : [indented(outcomeOf(run))];
  const since =
    changed === null ? [] : [indented(colors.yellow(`${changed} in its calendar since`))];
  const why = hindrance ?? (run?.state === 'missed' || run?.state === 'failed' ? run.reason : null);
  return [planned, ...came, ...since, ...(why === null ? [] : [indented(colors.red(why))])];
}

/** What came of a plan, beside what was planned. */
function outcomeOf({ objectives, spent, limits }: Run): string {
  const budget = limits.costMicrodollars;
  const cost = `${formatCost(spent.costMicrodollars)}${budget === null ? '' : ` of ${formatCost(budget)}`}`;
  const minutes = `${String(Math.ceil(spent.wallMs / 60_000))} min`;
  return `${String(objectives.completed)} of ${String(objectives.total)} objectives, ${cost}, ${minutes}`;
}

const indented = (text: string) => `               ${text}`;
