import { formatCost, MICRODOLLARS, OptimizerError } from '@claude-optimizer/protocol';
import {
  readBudgets,
  readConfig,
  setBudget,
  type BudgetTarget,
  type Flags,
} from '@claude-optimizer/server';

export type BudgetFlags = Flags & {
  json?: boolean;
  project?: string;
  session?: string;
  default?: boolean;
  day?: boolean;
  week?: boolean;
};

/** The budgets and caps that are set, as text or JSON. */
export function show({ json = false, ...flags }: BudgetFlags): string {
  const { budgets, caps } = readBudgets(readConfig({ flags }));
  if (json) return `${JSON.stringify({ budgets, caps }, null, 2)}\n`;
  const rows: [string, number | null][] = [
    ['every session by hand', budgets.sessionMicrodollars],
    ...Object.entries(budgets.projects).map(([name, amount]): [string, number] => [
      `sessions in ${name}`,
      amount,
    ]),
    ['launched runs, a day', caps.dayMicrodollars],
    ['launched runs, a week', caps.weekMicrodollars],
  ];
  const width = Math.max(...rows.map(([what]) => what.length));
  const lines = rows.map(([what, amount]) => `${what.padEnd(width)}  ${shown(amount)}\n`);
  const hint = 'Sessions by hand are held to theirs by hooks: claude-optimizer hooks install\n';
  return `${lines.join('')}${hint}`;
}

/** Sets one of them, or takes it away with `none`. Throws `bad_request`, `not_found`, `conflict`. */
export async function set(amount: string, options: BudgetFlags): Promise<string> {
  const { json: _json, project, session, default: all, day, week, ...flags } = options;
  const target = targetOf({ project, session, all, day, week });
  const microdollars = readAmount(amount);
  await setBudget(readConfig({ flags }), target, microdollars, Date.now());
  return `${nameOf(target)}: ${shown(microdollars)}\n`;
}

type Named = {
  project: string | undefined;
  session: string | undefined;
  all: boolean | undefined;
  day: boolean | undefined;
  week: boolean | undefined;
};

function targetOf({ project, session, all, day, week }: Named): BudgetTarget {
  const targets: BudgetTarget[] = [
    ...(project === undefined ? [] : [{ of: 'project', name: project } as const]),
    ...(session === undefined ? [] : [{ of: 'session', id: session } as const]),
    ...(all ? [{ of: 'default' } as const] : []),
    ...(day ? [{ of: 'day' } as const] : []),
    ...(week ? [{ of: 'week' } as const] : []),
  ];
  const [target] = targets;
  if (target !== undefined && targets.length === 1) return target;
  const what = targets.length === 0 ? 'Nothing says what the budget is for.' : 'That is too much.';
  throw new OptimizerError('bad_request', what, {
    fix: 'Give exactly one of --project, --session, --default, --day and --week.',
  });
}

/** `5`, `0.40` or `$1.5` in micro-dollars; null for `none`. */
function readAmount(text: string): number | null {
  if (text === 'none') return null;
  const [, whole, fraction = ''] = /^\$?(\d{1,6})(?:\.(\d{1,6}))?$/u.exec(text.trim()) ?? [];
  const amount = Number(whole) * MICRODOLLARS + Number(fraction.padEnd(6, '0'));
  if (whole !== undefined && amount > 0) return amount;
  throw new OptimizerError('bad_request', `${JSON.stringify(text)} is no amount of dollars.`, {
    fix: 'Write it as 5 or 0.40 (up to 999,999.99), or none to take the budget away.',
  });
}

function shown(amount: number | null): string {
  if (amount === null) return 'none';
  return formatCost(amount, { exact: amount % 10_000 !== 0 });
}

function nameOf(target: BudgetTarget): string {
  switch (target.of) {
    case 'default':
      return 'every session by hand';
    case 'day':
      return 'launched runs, a day';
    case 'week':
      return 'launched runs, a week';
    case 'project':
      return `sessions in ${target.name}`;
    case 'session':
      return `session ${target.id}`;
  }
}
