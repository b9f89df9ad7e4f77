import {
  OptimizerError,
  planSchema,
  settingsSchema,
  type Notice,
  type Plan,
  type Run,
  type SettingsBody,
} from '@claude-optimizer/protocol';
import { openPlanStore, type PlanStore } from '@claude-optimizer/store';
import { createLog } from '../../log.js';
import { CalendarWatcher } from './calendar-watcher.js';
import type { PlanChanges } from './follow-changes.js';
import { PlanBook } from './plan-book.js';
import { PlanRuns } from './plan-runs.js';
import type { Launches } from './start-plan.js';

export const MINUTE = 60_000;
export const NOW = Date.parse('2026-03-02T09:00:00Z');

export function planOf(facts: Partial<Plan> = {}): Plan {
  return planSchema.parse({
    id: 'p',
    source: 'own',
    uid: facts.id ?? 'p',
    recurrence: null,
    title: 'Claude: shop',
    project: 'shop',
    path: null,
    phase: null,
    model: null,
    limits: {},
    objectives: ['Build auth'],
    startsAt: NOW + 60 * MINUTE,
    endsAt: NOW + 120 * MINUTE,
    allDay: false,
    zone: 'UTC',
    problems: [],
    contentHash: 'h',
    ...facts,
  });
}

/** A watcher over a store in memory; what it launches is written down instead of being started. */
export class Watched {
  now = NOW;
  readonly notices: Omit<Notice, 'id' | 'at'>[] = [];
  readonly launched: Run[] = [];
  readonly allowed = new Map([
    ['shop', '/code/shop'],
    ['blog', '/code/blog'],
  ]);
  settings = settingsSchema.parse({});
  refusal: OptimizerError | null = null;
  readonly store: PlanStore;
  readonly book: PlanBook;
  readonly watcher: CalendarWatcher;

  private constructor(store: PlanStore) {
    this.store = store;
    const settings = { read: () => this.settings };
    const folderOf = ({ project }: { project: string | null }) => this.#folderOf(project);
    this.book = new PlanBook({ store, settings, folderOf, isWritable: (id) => id === 'own' });
    this.watcher = new CalendarWatcher({
      book: this.book,
      runs: new PlanRuns({
        store,
        tell: (notice) => this.notices.push(notice),
        onRun: () => undefined,
        now: () => this.now,
      }),
      launches: this.#launches(),
      settings,
      folderOf,
      onSchedule: () => undefined,
      autoStart: true,
      now: () => this.now,
      log: createLog({ level: 'silent', readable: false, to: { write: () => undefined } }),
    });
  }

  static async open(): Promise<Watched> {
    return new Watched(await openPlanStore(':memory:'));
  }

  set(body: SettingsBody): void {
    this.settings = settingsSchema.parse({ ...this.settings, ...body });
  }

  /** What a calendar now holds, taken over as after a fetch. */
  async fetched(source: string, plans: Plan[]): Promise<PlanChanges> {
    const window = { from: NOW - 86_400_000, to: NOW + 60 * 86_400_000 };
    const changes = await this.store.putPlans({ source, plans, busy: [], at: this.now, ...window });
    await this.watcher.follow(changes);
    return changes;
  }

  /** Moves the clock on to so many minutes after 09:00, looking every minute. */
  async until(minute: number): Promise<void> {
    while (this.now < NOW + minute * MINUTE) {
      this.now += MINUTE;
      await this.watcher.look();
    }
  }

  /** Wakes up at so many minutes after 09:00. */
  async wakeAt(minute: number): Promise<void> {
    this.now = NOW + minute * MINUTE;
    await this.watcher.look();
  }

  async run(planId = 'p'): Promise<Run | null> {
    return this.store.runOfPlan(planId);
  }

  async end(run: Run): Promise<void> {
    const stored = (await this.store.run(run.id)) ?? run;
    await this.store.putRun({ ...stored, state: 'succeeded', endedAt: this.now });
    this.launched.splice(this.launched.indexOf(run), 1);
  }

  titles(): string[] {
    return this.notices.map(({ title }) => title);
  }

  async close(): Promise<void> {
    await this.watcher.stop();
    await this.store.close();
  }

  #launches(): Launches {
    return {
      active: () => this.launched,
      launch: async ({ run, cwd }) => {
        if (this.refusal) throw this.refusal;
        if (!run) throw new Error('a plan has a run');
        const claimed: Run = { ...run, cwd, state: 'claimed', revision: run.revision + 1 };
        claimed.startedAt = this.now;
        if (!(await this.store.moveRun(claimed, run.revision))) throw new Error('claimed twice');
        this.launched.push(claimed);
        return claimed;
      },
    };
  }

  #folderOf(project: string | null): string {
    const folder = this.allowed.get(project ?? '');
    if (folder !== undefined) return folder;
    throw new OptimizerError('not_found', 'There is no such project.', { fix: 'Add it.' });
  }
}
