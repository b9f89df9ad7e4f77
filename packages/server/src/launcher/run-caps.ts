import { capsLeft } from '@claude-optimizer/core/budget';
import { OptimizerError, type Run, type RunCause } from '@claude-optimizer/protocol';
import type { PlanStore } from '@claude-optimizer/store';
import { usedByRuns } from '../budgets/used-by-runs.js';
import type { PersonSettings } from '../config/person-settings.js';

type Options = {
  store: Pick<PlanStore, 'runsStarted'>;
  settings: PersonSettings;
  now: () => number;
};

/** The caps over all launched runs, and how many may be under way at once. */
export class RunCaps {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Throws `conflict` when a cap is reached. */
  async check(): Promise<void> {
    const { caps } = this.#options.settings.read();
    const reached = await this.#reached();
    if (reached === null) return;
    const words = {
      day_cap: 'The cap on what runs may cost in a day is reached.',
      week_cap: 'The cap on what runs may cost in a week is reached.',
      runs_per_day: `${String(caps.runsPerDay)} runs were started today, and no more are allowed.`,
    };
    throw new OptimizerError('conflict', words[reached], {
      fix: 'Raise it in Settings, or wait until it is free again.',
    });
  }

  /** Throws `conflict` when as many are under way as may be, in all or in this folder. */
  checkRoom(active: readonly Pick<Run, 'cwd'>[], cwd: string): void {
    const { concurrent, perProject } = this.#options.settings.read().launcher;
    const here = active.filter((other) => other.cwd === cwd).length;
    const [most, where] =
      active.length >= concurrent
        ? [concurrent, 'at the same time']
        : here >= perProject
          ? [perProject, 'at the same time in one project']
          : [null, ''];
    if (most === null) return;
    throw new OptimizerError('conflict', `No more than ${String(most)} runs may go ${where}.`, {
      fix: 'Wait for one to end, stop one, or raise the number in Settings.',
    });
  }

  /** Why runs under way must end; null while they needn't. */
  async reason(): Promise<{ cause: RunCause; reason: string } | null> {
    const reached = await this.#reached();
    if (reached !== 'day_cap' && reached !== 'week_cap') return null;
    const span = reached === 'day_cap' ? 'day' : 'week';
    return { cause: reached, reason: `The cap on what all runs may cost in a ${span} is reached.` };
  }

  async #reached() {
    const { store, settings, now } = this.#options;
    const { caps, calendar } = settings.read();
    const used = await usedByRuns(store, now(), calendar.zone);
    return capsLeft(caps, used.dayMicrodollars, used.weekMicrodollars, used.runsToday).reached;
  }
}
