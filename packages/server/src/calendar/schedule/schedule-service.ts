import {
  OptimizerError,
  type AuditLine,
  type EntryBody,
  type EntryPreview,
  type Order,
  type Plan,
  type PlanEdit,
  type Run,
  type Schedule,
  type ScheduledPlan,
  type Settings,
} from '@claude-optimizer/protocol';
import type { PlanStore } from '@claude-optimizer/store';
import { usedByRuns } from '../../budgets/used-by-runs.js';
import type { PersonSettings } from '../../config/person-settings.js';
import type { CalendarWatcher } from '../watcher/calendar-watcher.js';
import { OWN, type PlanBook } from '../watcher/plan-book.js';
import type { OwnSchedule } from './own-schedule.js';
import type { PlansElsewhere } from './plans-elsewhere.js';

const MOST_DAYS = 62;

type Options = {
  store: PlanStore;
  book: PlanBook;
  own: OwnSchedule;
  elsewhere: PlansElsewhere;
  watcher: CalendarWatcher;
  settings: PersonSettings;
  /** The exact words that a session would be started with. */
  promptOf: (order: Order) => string;
  onSchedule: () => void;
  now: () => number;
};

/** What is planned, and all that a person can say to it. */
export class ScheduleService {
  readonly own: OwnSchedule;
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
    this.own = options.own;
  }

  /** The schedule between two moments (epoch ms). Throws `bad_request` for more than 62 days. */
  async schedule(from: number, to: number): Promise<Schedule> {
    if (!(to > from && to - from <= MOST_DAYS * 86_400_000)) {
      throw new OptimizerError('bad_request', 'from and to are no stretch of up to 62 days.', {
        fix: 'Ask for a week or a month: from=2026-03-02&to=2026-03-09.',
      });
    }
    const { store, book, settings, now } = this.#options;
    const { calendar, caps } = settings.read();
    return {
      plans: await book.scheduled(from, to, now()),
      busy: await store.busy(from, to),
      paused: calendar.paused,
      autoStart: calendar.autoStart,
      caps,
      used: await usedByRuns(store, now(), calendar.zone),
      zone: calendar.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      now: now(),
    };
  }

  /** Approves or refuses a plan as the person has seen it. Throws `conflict` when it has changed. */
  async approve(
    id: string,
    said: { decision: 'approve' | 'refuse'; contentHash: string; series: boolean },
  ): Promise<ScheduledPlan> {
    const { book, store, now, watcher } = this.#options;
    const { plan } = await book.view(id, now());
    if (plan.contentHash !== said.contentHash) {
      throw new OptimizerError('conflict', 'This plan has changed since it was shown.', {
        fix: 'Look at what it says now, and decide again.',
      });
    }
    const decision = said.decision === 'approve' ? 'approved' : 'refused';
    const { source, uid, contentHash } = plan;
    const planId = said.series ? null : id;
    await store.approve({ source, uid, planId, contentHash, decision, at: now() });
    const text = said.series ? 'the whole series with this content' : 'this plan with this content';
    await store.audit({ at: now(), subject: `plan:${id}`, action: decision, text });
    this.#options.onSchedule();
    await watcher.look();
    return this.#shown(id);
  }

  startNow(id: string): Promise<Run> {
    return this.#options.watcher.startNow(id);
  }

  /**
   * Moves a plan to another start (epoch ms); of a series only this occurrence. Throws `conflict`
   * when it doesn't stand where it was shown (`from`), or was changed in its calendar meanwhile.
   */
  async move(id: string, startsAt: number, from?: number): Promise<void> {
    const plan = await this.#writablePlan(id);
    if (from !== undefined && plan.startsAt !== from) throw changedMeanwhile();
    if (plan.source === OWN) await this.own.move(plan, startsAt);
    else await this.#options.elsewhere.move(plan, startsAt);
  }

  /** Changes a plan of another calendar; those of our own schedule are changed by their entry. */
  async change(id: string, edit: PlanEdit): Promise<void> {
    const plan = await this.#writablePlan(id);
    const { startsAt, contentHash } = edit.seen;
    if (plan.startsAt !== startsAt || plan.contentHash !== contentHash) throw changedMeanwhile();
    if (plan.source !== OWN) {
      await this.#options.elsewhere.change(plan, edit);
      return;
    }
    throw new OptimizerError('bad_request', 'This plan is of your own schedule.', {
      fix: 'Change its entry: PUT /api/schedule/entries/:id.',
    });
  }

  /** Takes a plan out of its calendar; of a series only this occurrence. */
  async remove(id: string): Promise<void> {
    const plan = await this.#writablePlan(id);
    if (plan.source === OWN) await this.own.removeOccurrence(plan);
    else await this.#options.elsewhere.remove(plan);
  }

  /** Stops or lets go all starts by the calendar; runs under way are left alone. */
  async pause(paused: boolean): Promise<Settings> {
    const { settings, store, now, watcher, onSchedule } = this.#options;
    const changed = settings.change(({ calendar }) => ({ calendar: { ...calendar, paused } }));
    const action = paused ? 'paused' : 'resumed';
    await store.audit({ at: now(), subject: 'calendar', action, text: 'by the person' });
    onSchedule();
    await watcher.look();
    return changed;
  }

  /** What an entry would come to; conflicts are others than the entry or plan that it replaces. */
  async preview(
    body: EntryBody,
    { entryId, planId }: { entryId: string | null; planId: string | null },
  ): Promise<EntryPreview> {
    const { book, now, promptOf } = this.#options;
    const { plans, problems } = await this.own.preview(body);
    const upcoming = plans.filter(({ endsAt }) => endsAt > now());
    const [first] = upcoming;
    const near = first ? await book.views(first.startsAt, first.endsAt, now()) : [];
    const conflicts = near.filter(({ plan }) => {
      const isItself =
        plan.id === planId ||
        (entryId !== null && plan.source === OWN && plan.uid.startsWith(entryId));
      return !isItself && !plan.allDay && sameProject(plan, body);
    });
    return {
      problems,
      prompt: first ? promptOf(first) : '',
      occurrences: upcoming.map(({ startsAt }) => startsAt),
      conflicts: conflicts.map(({ plan }) => plan.id),
    };
  }

  auditLines(limit: number, before: number | null): Promise<AuditLine[]> {
    return this.#options.store.auditLines(limit, before);
  }

  async #writablePlan(id: string): Promise<Plan> {
    const { book, now } = this.#options;
    const { plan } = await book.view(id, now());
    if (book.isWritable(plan.source)) return plan;
    throw new OptimizerError('forbidden', 'The calendar of this plan is only read here.', {
      fix: 'Change it in the calendar that it comes from.',
    });
  }

  async #shown(id: string): Promise<ScheduledPlan> {
    const { book, now } = this.#options;
    const { plan } = await book.view(id, now());
    const plans = await book.scheduled(
      plan.startsAt,
      Math.max(plan.endsAt, plan.startsAt + 1),
      now(),
    );
    const shown = plans.find((one) => one.plan.id === id);
    if (shown) return shown;
    throw new OptimizerError('not_found', 'This plan is gone.', {
      fix: 'Look at the schedule again.',
    });
  }
}

function changedMeanwhile(): OptimizerError {
  return new OptimizerError('conflict', 'This plan has changed since it was shown.', {
    fix: 'Look at it as it is now, and change it again.',
  });
}

function sameProject(
  a: Pick<Order, 'project' | 'path'>,
  b: Pick<Order, 'project' | 'path'>,
): boolean {
  return (a.path ?? a.project?.toLowerCase()) === (b.path ?? b.project?.toLowerCase());
}
