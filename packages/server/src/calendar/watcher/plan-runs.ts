import {
  OptimizerError,
  type Notice,
  type Plan,
  type PlanProblem,
  type Run,
} from '@claude-optimizer/protocol';
import type { PlanStore } from '@claude-optimizer/store';

type Options = {
  store: PlanStore;
  tell: (notice: Omit<Notice, 'id' | 'at'>) => void;
  /** A run has changed. */
  onRun: (run: Run) => void;
  now: () => number;
};

/** The runs of plans that have not been started: stored, told of and written into the audit trail. */
export class PlanRuns {
  readonly #options: Options;
  /** By source, what was written down of it: each fetch says it again. */
  readonly #said = new Map<string, Set<string>>();

  constructor(options: Options) {
    this.#options = options;
  }

  of(plan: Plan): Promise<Run | null> {
    return this.#options.store.runOfPlan(plan.id);
  }

  /** Stores the run as its next revision. Throws `conflict` when another has moved it meanwhile. */
  async put(run: Run): Promise<Run> {
    const { store, onRun } = this.#options;
    const isNew = (await store.run(run.id)) === null;
    const next = isNew ? run : { ...run, revision: run.revision + 1 };
    const done = isNew ? await store.putRun(next) : await store.moveRun(next, run.revision);
    if (!done) {
      throw new OptimizerError('conflict', 'This run has just been changed by another.', {
        fix: 'Look at it again.',
      });
    }
    onRun(next);
    return next;
  }

  tell(
    plan: Plan,
    notice: Pick<Notice, 'level' | 'title' | 'text'> & { kind?: Notice['kind'] },
    run: Run | null = null,
  ): void {
    this.#options.tell({
      kind: 'plan',
      ...notice,
      planId: plan.id,
      runId: run?.id ?? null,
      sessionId: run?.sessionId ?? null,
    });
  }

  audit(plan: Plan, action: string, text: string): Promise<void> {
    const { store, now } = this.#options;
    return store.audit({ at: now(), subject: `plan:${plan.id}`, action, text });
  }

  /** Writes down once what a calendar holds that starts nothing, and why. */
  async auditProblems(source: string, problems: readonly PlanProblem[]): Promise<void> {
    const { store, now } = this.#options;
    const before = this.#said.get(source) ?? new Set();
    const told = new Set(problems.map(({ message }) => message));
    this.#said.set(source, told);
    for (const text of told) {
      if (before.has(text)) continue;
      await store.audit({ at: now(), subject: `source:${source}`, action: 'ignored', text });
    }
  }
}
