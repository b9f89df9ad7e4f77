import { findCopies, hindranceTo, type PlanView } from '@claude-optimizer/core/watch';
import {
  OptimizerError,
  type Order,
  type Plan,
  type Run,
  type ScheduledPlan,
  type Settings,
} from '@claude-optimizer/protocol';
import type { PlanStore, StoredPlan } from '@claude-optimizer/store';

export const OWN = 'own';

type Options = {
  store: PlanStore;
  settings: { read(): Settings };
  /** The real folder in which an order may run; throws an OptimizerError that says why not. */
  folderOf: (order: Order) => string;
  /** Whether the plans of a source can be changed from here. */
  isWritable: (source: string) => boolean;
};

/** Plans together with what decides about them: trust, approvals, projects, copies, their runs. */
export class PlanBook {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Plans between two moments (epoch ms), by start, each with all that a decision needs. */
  async views(from: number, to: number, now: number): Promise<PlanView[]> {
    const { store, settings } = this.#options;
    const stored = await store.plans(from, to);
    const plans = stored.map(({ plan }) => plan);
    const { sources } = settings.read().calendar;
    const copies = findCopies(plans, [OWN, ...sources.map(({ id }) => id)]);
    return Promise.all(
      stored.map((one) => this.#view(one, copies.get(one.plan.id) ?? null, plans, now)),
    );
  }

  /** One plan by id. Throws `not_found`, also for one that its calendar no longer has. */
  async view(id: string, now: number): Promise<PlanView> {
    const stored = await this.#options.store.plan(id);
    if (stored === null || stored.gone) {
      throw new OptimizerError('not_found', `There is no plan ${JSON.stringify(id)}.`, {
        fix: 'GET /api/schedule lists those that there are.',
      });
    }
    const { startsAt, endsAt } = stored.plan;
    const around = await this.views(startsAt, Math.max(endsAt, startsAt + 1), now);
    return around.find(({ plan }) => plan.id === id) ?? this.#view(stored, null, [], now);
  }

  /** Whether the plans of a source can be changed from here. */
  isWritable(source: string): boolean {
    return this.#options.isWritable(source);
  }

  /** The plans of a window as the schedule shows them. */
  async scheduled(from: number, to: number, now: number): Promise<ScheduledPlan[]> {
    const views = await this.views(from, to, now);
    const rules = this.#options.settings.read().calendar;
    const planned = views.map((view) => ({
      plan: view.plan,
      approval: view.approval,
      hindrance: hindranceTo(view, rules, now),
      writable: this.#options.isWritable(view.plan.source),
      run: view.run,
      changed: changeOf(view.plan, view.run),
      overlaps: views
        .filter(({ plan }) => plan !== view.plan && overlap(plan, view.plan))
        .map(({ plan }) => plan.id),
    }));
    const left = await this.#left(from, to, now);
    return [...planned, ...left].sort((a, b) => a.plan.startsAt - b.plan.startsAt);
  }

  /** What is no longer in its calendar, but was started from there. */
  async #left(from: number, to: number, now: number): Promise<ScheduledPlan[]> {
    const stored = await this.#options.store.plansLeft(from, to);
    const views = await Promise.all(stored.map((one) => this.#view(one, null, [], now)));
    return views
      .filter(({ plan, run }) => plan.source !== OWN || run?.endedAt === null)
      .map(({ plan, run, approval }) => ({
        ...{ plan, run, approval, hindrance: null, writable: false },
        ...{ changed: 'cancelled' as const, overlaps: [] },
      }));
  }

  async #view(
    { plan, seenAt }: StoredPlan,
    copyOf: string | null,
    plans: readonly Plan[],
    now: number,
  ): Promise<PlanView> {
    const { store } = this.#options;
    return {
      plan,
      run: await store.runOfPlan(plan.id),
      ...(await this.#approval(plan)),
      refusal: this.#refusal(plan),
      sameAs: copyOf === null ? null : this.#nameOf(copyOf),
      overtaken: plans.some(
        ({ source, uid, startsAt }) =>
          source === plan.source && uid === plan.uid && startsAt > plan.startsAt && startsAt <= now,
      ),
      known: seenAt < plan.endsAt,
    };
  }

  /** By the source's trust, and what the person said to exactly this content. */
  async #approval(plan: Plan): Promise<Pick<PlanView, 'approval' | 'approvedAt'>> {
    const said = await this.#options.store.approvalOf(plan);
    if (said?.decision === 'refused') return { approval: 'refused', approvedAt: null };
    const trust = plan.source === OWN ? 'automatic' : this.#sourceOf(plan.source)?.trust;
    const counts = said !== null && (trust !== 'always' || said.planId === plan.id);
    if (counts) return { approval: 'approved', approvedAt: said.at };
    return { approval: trust === 'automatic' ? 'automatic' : 'needed', approvedAt: null };
  }

  #refusal(plan: Plan): string | null {
    if (plan.source !== OWN && this.#sourceOf(plan.source)?.enabled !== true) {
      return `The calendar ${this.#nameOf(plan.source)} is switched off.`;
    }
    try {
      this.#options.folderOf(plan);
      return null;
    } catch (error) {
      if (error instanceof OptimizerError) return `${error.message} ${error.fix}`;
      throw error;
    }
  }

  #sourceOf(id: string) {
    return this.#options.settings.read().calendar.sources.find((source) => source.id === id);
  }

  #nameOf(source: string): string {
    return source === OWN ? 'your own schedule' : (this.#sourceOf(source)?.name ?? source);
  }
}

/** What a started run was told otherwise than its plan says now. */
function changeOf(plan: Plan, run: Run | null): ScheduledPlan['changed'] {
  if (run === null || run.startedAt === null) return null;
  if (run.scheduledAt !== null && run.scheduledAt !== plan.startsAt) return 'moved';
  return JSON.stringify(orderOf(run.order)) === JSON.stringify(orderOf(plan)) ? null : 'edited';
}

/** What a plan orders, without when and from where. */
export function orderOf(from: Order): Order {
  const { project, path, phase, model, limits, objectives, constraints } = from;
  return { project, path, phase, model, limits, objectives, constraints };
}

function overlap(a: Plan, b: Plan): boolean {
  if (a.allDay || b.allDay || a.startsAt >= b.endsAt || b.startsAt >= a.endsAt) return false;
  return (a.path ?? a.project?.toLowerCase()) === (b.path ?? b.project?.toLowerCase());
}
