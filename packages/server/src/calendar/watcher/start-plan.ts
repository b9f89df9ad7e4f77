import type { LaunchRequest } from '@claude-optimizer/core/run';
import type { PlanView } from '@claude-optimizer/core/watch';
import type { Order, Run, Settings } from '@claude-optimizer/protocol';
import { orderOf } from './plan-book.js';
import type { PlanRuns } from './plan-runs.js';
import { runOf } from './run-of-plan.js';

/** What starts sessions, as the calendar sees it. */
export type Launches = {
  /** Claims and starts a run. Throws an OptimizerError when it can't be started now. */
  launch(request: LaunchRequest): Promise<Run>;
  active(): readonly Run[];
};

type Options = {
  launches: Launches;
  settings: { read(): Settings };
  folderOf: (order: Order) => string;
  runs: PlanRuns;
};

/** Starts plans, as many at a time as the settings allow. */
export class PlanStarter {
  readonly #options: Options;
  /** Runs that began late: of what was slept through, one at a time is caught up. */
  readonly #late = new Set<string>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Why the plan has to wait for other runs, in a sentence; null when it needn't. */
  isFull({ plan, run }: PlanView, late: boolean): string | null {
    const { launches, settings, folderOf } = this.#options;
    const { concurrent, perProject } = settings.read().launcher;
    const active = launches.active().filter(({ id }) => id !== run?.id);
    if (active.length >= concurrent) {
      return 'It waits: no more runs at a time are allowed.';
    }
    const cwd = folderOf(plan);
    if (active.filter((other) => other.cwd === cwd).length >= perProject) {
      return 'It waits for the run before it in the same project.';
    }
    const catchingUp = late && active.some(({ id }) => this.#late.has(id));
    return catchingUp ? 'It waits: what was missed is caught up one at a time.' : null;
  }

  async start({ plan, run }: PlanView, late: boolean): Promise<Run> {
    const { folderOf, launches, settings, runs } = this.#options;
    const { onLimit } = settings.read().launcher;
    const started = await launches.launch({
      order: orderOf(plan),
      origin: 'calendar',
      planId: plan.id,
      scheduledAt: plan.startsAt,
      endsAt: plan.endsAt,
      cwd: folderOf(plan),
      limits: plan.limits,
      onLimit,
      run: run ?? (await runs.put(runOf(plan, onLimit))),
    });
    if (late) this.#late.add(started.id);
    await runs.audit(plan, 'started', `run ${started.id}`);
    return started;
  }
}
