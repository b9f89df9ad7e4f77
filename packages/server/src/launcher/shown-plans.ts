import { shownObjectives } from '@claude-optimizer/core/run';
import type { Run, SessionDetail } from '@claude-optimizer/protocol';
import type { History } from '../history.js';
import type { Log } from '../log.js';

type Options = {
  history: Pick<History, 'setBudget'>;
  /** Makes what was planned the objectives of a session. */
  plan: (sessionId: string, objectives: readonly string[], plannedAt: number) => Promise<void>;
  now: () => number;
  log: Log;
};

/** Makes a session's page show the budget and objectives of its run as those of every session. */
export class ShownPlans {
  readonly #options: Options;
  /** Sessions whose plan was shown, so that it is once. */
  readonly #shown = new Set<string>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** For a session that there is already: its beginning may have been told while nobody listened. */
  async takeUp(run: Run, { state }: SessionDetail): Promise<void> {
    if (state.objectives.some(({ source }) => source === 'plan')) this.#shown.add(state.summary.id);
    else await this.show(run);
  }

  async show({ sessionId, limits, order, claimedAt }: Run): Promise<void> {
    if (sessionId === null || this.#shown.has(sessionId)) return;
    this.#shown.add(sessionId);
    const { history, plan, log, now } = this.#options;
    const told = [plan(sessionId, shownObjectives(order), claimedAt ?? now())];
    const cost = limits.costMicrodollars;
    if (cost !== null) told.push(history.setBudget(sessionId, cost).then(() => undefined));
    await Promise.all(told).catch((error: unknown) => {
      log.error({ err: error }, 'the plan of a run could not be shown');
    });
  }
}
