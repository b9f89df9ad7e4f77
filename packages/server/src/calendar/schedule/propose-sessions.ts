import { homedir } from 'node:os';
import path from 'node:path';
import { readPlanText } from '@claude-optimizer/core/plan';
import { propose, wallTime, type Proposal } from '@claude-optimizer/core/schedule';
import { OptimizerError, type EntryBody, type Order, type Run } from '@claude-optimizer/protocol';
import { openPlanStore } from '@claude-optimizer/store';
import type { Config } from '../../config/config.js';
import { makeDataDir, PLANS_FILE } from '../../config/data-dir.js';
import { PersonSettings } from '../../config/person-settings.js';
import { Projects } from '../../projects/projects.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** The newest runs say how long the next will take; older ones were of another time. */
const LOOK_BACK_MS = 90 * DAY_MS;

export type ProposedSession = Proposal & { order: Order; zone: string };

/**
 * The sessions of a plan as text: one for each heading with the objectives below it, in their
 * order; objectives without any heading are one session. Throws `bad_request` with the line.
 */
export function sessionsOfPlan(project: string, text: string): Order[] {
  const sections = text.split(/^#{1,6}\s+/mu).map((section, index) => {
    const [heading = '', ...rest] = index === 0 ? ['', section] : section.split('\n');
    return { heading: heading.trim(), body: rest.join('\n') };
  });
  return sections.flatMap(({ heading, body }) => {
    const title = `Claude: ${project}${heading === '' ? '' : ` — ${heading}`}`;
    const read = readPlanText({ title, description: body });
    if (!read || read.order.objectives.length === 0) return [];
    const [problem] = read.problems;
    if (!problem) return [read.order];
    const where = heading === '' ? 'The plan' : `“${heading}”`;
    throw new OptimizerError('bad_request', `${where}: ${problem.message}`, { fix: problem.fix });
  });
}

/** Places sessions into the free working hours of the next days. Nothing is planned by it. */
export async function proposeSessions(
  { dataDir }: Pick<Config, 'dataDir'>,
  orders: readonly Order[],
  { from, days }: { from: number; days: number },
): Promise<ProposedSession[]> {
  await makeDataDir(dataDir);
  const settings = new PersonSettings(dataDir);
  const projects = new Projects(settings, homedir());
  for (const order of orders) projects.folderOf(order);
  const { calendar } = settings.read();
  const zone = calendar.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const to = from + days * DAY_MS;
  const store = await openPlanStore(path.join(dataDir, PLANS_FILE));
  try {
    const runs = await store.runsStarted(from - LOOK_BACK_MS, from);
    const planned = (await store.plans(from, to)).map(({ plan }) => plan);
    const names = orders.map((_, index) => String(index));
    const proposals = propose({
      ...{ from, to, zone, hours: calendar.workingHours, windowBudget: null },
      busy: [...(await store.busy(from, to)), ...planned.filter(({ allDay }) => !allDay)],
      wanted: orders.map((order, index) => ({
        name: names[index] ?? '',
        // As the plan has them: each builds on the one before.
        after: index === 0 ? [] : [names[index - 1] ?? ''],
        deadline: null,
        priority: 0,
        past: minutesOf(runs, order),
        cost: order.limits.costMicrodollars,
      })),
    });
    return proposals.flatMap((proposal) => {
      const order = orders[Number(proposal.name)];
      return order ? [{ ...proposal, order, zone }] : [];
    });
  } finally {
    await store.close();
  }
}

/** What a proposed session is as an entry of our own schedule. */
export function entryBodyOf({ order, startsAt, duration, zone }: ProposedSession): EntryBody {
  const local = wallTime(startsAt, zone).slice(0, 16);
  return { ...order, startsAt: local, minutes: duration.minutes, zone };
}

/** How long runs of the same project, phase and model took; without the model, then the phase. */
function minutesOf(runs: readonly Run[], order: Order): number[] {
  const done = runs.filter(({ state }) => state === 'succeeded' || state === 'stopped');
  const alike = [
    done.filter(
      ({ order: o }) =>
        same(o.project, order.project) && o.phase === order.phase && o.model === order.model,
    ),
    done.filter(({ order: o }) => same(o.project, order.project) && o.phase === order.phase),
    done.filter(({ order: o }) => same(o.project, order.project)),
  ].find((some) => some.length > 0);
  return (alike ?? []).map(({ spent }) => Math.round(spent.wallMs / MINUTE_MS));
}

function same(a: string | null, b: string | null): boolean {
  return a?.toLowerCase() === b?.toLowerCase();
}
