import {
  errorBodySchema,
  OptimizerError,
  TOKEN_HEADER,
  type Settings,
} from '@claude-optimizer/protocol';
import * as z from 'zod';
import type { Config } from '../config/config.js';
import { PersonSettings } from '../config/person-settings.js';
import { findDaemon } from '../daemon/find-daemon.js';

const WAIT_MS = 10_000;
const tokenSchema = z.object({ token: z.string() });

/** What a budget is for; days and weeks are caps over all launched runs. */
export type BudgetTarget =
  | { of: 'default' | 'day' | 'week' }
  | { of: 'project'; name: string }
  | { of: 'session'; id: string };

type Where = Pick<Config, 'dataDir'>;

/** The budgets and caps that are set, in micro-dollars. Throws `config_invalid`. */
export function readBudgets({ dataDir }: Where): Pick<Settings, 'budgets' | 'caps'> {
  const { budgets, caps } = new PersonSettings(dataDir).read();
  return { budgets, caps };
}

/**
 * Sets a budget in micro-dollars, or takes it away (null). A session's is told to the daemon, the
 * others are written to the settings, which a daemon reads by itself. Throws `not_found` for an
 * unknown project or session and `conflict` where a daemon is needed and none runs.
 */
export async function setBudget(
  { dataDir }: Where,
  target: BudgetTarget,
  microdollars: number | null,
  now: number,
): Promise<void> {
  if (target.of === 'session') {
    await tellDaemon(dataDir, target.id, microdollars, now);
    return;
  }
  new PersonSettings(dataDir).change((settings) => {
    const { budgets, caps } = settings;
    switch (target.of) {
      case 'day':
        return { caps: { ...caps, dayMicrodollars: microdollars } };
      case 'week':
        return { caps: { ...caps, weekMicrodollars: microdollars } };
      case 'default':
        return { budgets: { ...budgets, sessionMicrodollars: microdollars } };
      case 'project': {
        const name = registeredName(settings, target.name);
        const { [name]: _before, ...others } = budgets.projects;
        const projects = microdollars === null ? others : { ...others, [name]: microdollars };
        return { budgets: { ...budgets, projects } };
      }
    }
  });
}

function registeredName({ projects, budgets }: Settings, wanted: string): string {
  const names = [...projects.map(({ name }) => name), ...Object.keys(budgets.projects)];
  const known = names.find((name) => name.toLowerCase() === wanted.trim().toLowerCase());
  if (known !== undefined) return known;
  const registered = names.length > 0 ? `There are: ${names.join(', ')}. ` : '';
  throw new OptimizerError('not_found', `There is no project ${JSON.stringify(wanted)}.`, {
    fix: `${registered}Register it with: claude-optimizer project add <path>`,
  });
}

async function tellDaemon(
  dataDir: string,
  id: string,
  budgetMicrodollars: number | null,
  now: number,
): Promise<void> {
  const url = (await findDaemon(dataDir, now))?.url ?? null;
  if (url === null) {
    throw new OptimizerError('conflict', "A session's budget is kept by the daemon: none runs.", {
      fix: 'Start it with: claude-optimizer. Then set the budget again.',
    });
  }
  const signal = AbortSignal.timeout(WAIT_MS);
  const { token } = tokenSchema.parse(await (await fetch(`${url}/api/token`, { signal })).json());
  const answer = await fetch(`${url}/api/sessions/${encodeURIComponent(id)}/budget`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', [TOKEN_HEADER]: token },
    body: JSON.stringify({ budgetMicrodollars }),
    signal,
  });
  if (answer.ok) return;
  const said = errorBodySchema.safeParse(await answer.json().catch(() => null));
  const { message, fix } = said.data?.error ?? {
    message: `The daemon answered ${String(answer.status)}.`,
    fix: 'Its log says why.',
  };
  throw new OptimizerError(answer.status === 404 ? 'not_found' : 'bad_request', message, { fix });
}
