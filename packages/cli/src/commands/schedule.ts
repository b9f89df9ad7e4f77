import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { formatCost, OptimizerError, orderSchema, type Order } from '@claude-optimizer/protocol';
import {
  addToCalendar,
  entryBodyOf,
  planSessions,
  proposeSessions,
  readConfig,
  sessionsOfPlan,
  writeSessions,
  type Flags,
  type ProposedSession,
} from '@claude-optimizer/server';
import * as z from 'zod';
import { daemonOf } from '../daemon-client.js';

export type ScheduleFlags = Flags & {
  objective?: string[];
  plan?: string;
  phase?: string;
  days?: string;
  to?: string;
  yes?: boolean;
  json?: boolean;
};

type Write = (text: string) => void;
const WHEN = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short' });

/**
 * Proposes sessions for free working hours, shows them, and plans them after a yes. Throws
 * `bad_request` for a plan without objectives, or what is wrong with it.
 */
export async function schedule(project: string, flags: ScheduleFlags, write: Write): Promise<void> {
  const config = readConfig({ flags });
  const orders = ordersOf(project, flags);
  const sessions = await proposeSessions(config, orders, { from: Date.now(), days: daysOf(flags) });
  if (flags.json) {
    write(`${JSON.stringify(sessions, null, 2)}\n`);
    if (!flags.yes) return;
  } else write(sessions.map(render).join('\n'));
  const fitting = sessions.filter(({ problem }) => problem === null);
  if (fitting.length === 0 || !(flags.yes || (await accepts(write)))) {
    if (!flags.json) write('Nothing was planned.\n');
    return;
  }
  const { to = 'own' } = flags;
  const daemon = await daemonOf(config.dataDir);
  if (/\.ics$/iu.test(to)) writeSessions(to, fitting, Date.now());
  else if (to !== 'own') {
    await addToCalendar(config, to, fitting, Date.now());
    await daemon?.ask('POST', `/api/calendars/${encodeURIComponent(to)}/refresh`, z.unknown());
  } else {
    if (daemon === null) await planSessions(config, fitting);
    else {
      for (const session of fitting) {
        await daemon.ask('POST', '/api/schedule/entries', z.unknown(), entryBodyOf(session));
      }
    }
  }
  if (!flags.json) write(`Planned: ${String(fitting.length)}.\n`);
}

function ordersOf(project: string, { objective = [], plan, phase }: ScheduleFlags): Order[] {
  const orders =
    plan === undefined
      ? [orderSchema.parse({ ...EMPTY, project, phase: phase ?? null, objectives: objective })]
      : sessionsOfPlan(project, readFileSync(plan, 'utf8'));
  if (orders.some(({ objectives }) => objectives.length > 0)) return orders;
  throw new OptimizerError('bad_request', 'There is nothing to schedule: no objective is given.', {
    fix: 'Name some with -o, or a plan with lines such as “- [ ] Build auth” with --plan.',
  });
}

const EMPTY = { project: null, path: null, phase: null, model: null, limits: {}, objectives: [] };

function daysOf({ days = '14' }: ScheduleFlags): number {
  const count = Number(days);
  if (Number.isInteger(count) && count >= 1 && count <= 60) return count;
  throw new OptimizerError('bad_request', `--days is ${JSON.stringify(days)}.`, {
    fix: 'Give a whole number from 1 to 60.',
  });
}

function render({ order, startsAt, duration, problem, zone }: ProposedSession): string {
  const { runs, from, to, minutes } = duration;
  const basis =
    runs === 0
      ? 'a first guess'
      : `from ${String(runs)} runs of ${String(from)} to ${String(to)} min`;
  const budget = order.limits.costMicrodollars;
  const title = `${order.project ?? ''}${order.phase === null ? '' : ` — ${order.phase}`}`;
  const when = problem ?? `${WHEN.format(startsAt)} (${zone}), ${String(minutes)} min, ${basis}`;
  const cost = budget === null ? '' : `, ${formatCost(budget)}`;
  const lines = order.objectives.map((objective) => `    - ${objective}\n`).join('');
  return `${title}${cost}\n  ${when}\n${lines}`;
}

async function accepts(write: Write): Promise<boolean> {
  if (!process.stdin.isTTY) {
    write('To plan them: the same with --yes.\n');
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/iu.test((await terminal.question('Plan them? [y/N] ')).trim());
  } finally {
    terminal.close();
  }
}
