import { planTitle, planWords, readPlanText } from '@claude-optimizer/core/plan';
import { OptimizerError, type Order, type Plan, type PlanEdit } from '@claude-optimizer/protocol';
import type { PlanStore } from '@claude-optimizer/store';
import { changeEvent, withoutOccurrence, wordsOf, type EventChange } from '../ics/edit-event.js';
import type { CalendarFeeds } from '../sources/calendar-feeds.js';
import type { CalendarObject } from '../sources/source.js';

const DAY_MS = 86_400_000;
/** So far around a change it is looked at whether it changes anything else. */
const AROUND_MS = 62 * DAY_MS;

type Options = {
  feeds: Pick<CalendarFeeds, 'objectOf' | 'read' | 'write' | 'remove' | 'zone'>;
  store: PlanStore;
  /** Throws where the order may not run. */
  folderOf: (order: Order) => string;
  now: () => number;
};

/**
 * Plans of other calendars that can be written to: moved, changed and taken out where they come
 * from, over the state that was read last and no other. Of a series this occurrence alone.
 */
export class PlansElsewhere {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Moves a plan to another start (epoch ms). Throws `conflict`, `forbidden`, `bad_request`. */
  async move(plan: Plan, startsAt: number): Promise<void> {
    await this.#change(plan, { startsAt });
    await this.#audit(plan, 'moved', new Date(startsAt).toISOString());
  }

  /** Changes what a plan says and when it is; what the person noted besides stays. */
  async change(plan: Plan, { startsAt, minutes, seen: _seen, ...order }: PlanEdit): Promise<void> {
    this.#options.folderOf(order);
    const notes = this.#notesOf(plan);
    const description = [...planWords(order), ...(notes.length > 0 ? ['', ...notes] : [])];
    await this.#change(plan, {
      ...{ startsAt, durationMs: minutes * 60_000 },
      ...{ title: planTitle(order), description: description.join('\n') },
    });
    await this.#audit(plan, 'changed', planTitle(order));
  }

  /** Takes a plan out of its calendar. */
  async remove(plan: Plan): Promise<void> {
    const { feeds, now } = this.#options;
    const object = this.#object(plan);
    const ics = withoutOccurrence(object.ics, plan, { zone: feeds.zone, now: now() });
    if (ics === null) await feeds.remove(plan.source, plan.uid);
    else {
      await this.#check(plan, object.ics, ics, null);
      await feeds.write(plan.source, { ...object, uid: plan.uid, ics });
    }
    await this.#audit(plan, 'removed', '');
  }

  async #change(plan: Plan, change: EventChange): Promise<void> {
    const { feeds, now } = this.#options;
    const object = this.#object(plan);
    const ics = changeEvent(object.ics, plan, change, { zone: feeds.zone, now: now() });
    await this.#check(plan, object.ics, ics, change);
    await feeds.write(plan.source, { ...object, uid: plan.uid, ics });
  }

  /** Reads what would be written: it must say what is meant, and nothing else may be another. */
  async #check(plan: Plan, before: string, after: string, change: EventChange | null) {
    const startsAt = change?.startsAt ?? plan.startsAt;
    const from = Math.min(plan.startsAt, startsAt) - AROUND_MS;
    const to = Math.max(plan.startsAt, startsAt) + AROUND_MS;
    const read = (ics: string) => this.#options.feeds.read(plan.source, [ics], from, to);
    const [old, next] = [await read(before), await read(after)];
    const others = (plans: readonly Plan[]) =>
      JSON.stringify(plans.filter(({ id }) => id !== plan.id));
    const found = next.plans.find(({ id }) => id === plan.id);
    const [problem] = found?.problems ?? next.problems;
    // One that was moved may have had it before.
    if (change?.description !== undefined && problem) {
      const message = `${problem.field}: ${problem.message}`;
      throw new OptimizerError('bad_request', message, { fix: problem.fix });
    }
    const isMeant = change === null ? !found : found?.startsAt === startsAt;
    if (isMeant && others(old.plans) === others(next.plans)) return;
    throw new OptimizerError('forbidden', 'This event can’t be changed from here as it is meant.', {
      fix: 'Change it in its calendar.',
    });
  }

  #object({ source, uid }: Plan): CalendarObject {
    const object = this.#options.feeds.objectOf(source, uid);
    if (object) return object;
    throw new OptimizerError('conflict', 'This event isn’t in its calendar any more.', {
      fix: 'Look at the schedule as it is now.',
    });
  }

  /** What the event says besides the plan. */
  #notesOf(plan: Plan): string[] {
    const { feeds, now } = this.#options;
    const { ics } = this.#object(plan);
    const words = wordsOf(ics, plan, { zone: feeds.zone, now: now() });
    const notes = words ? (readPlanText(words)?.notes ?? []) : [];
    const text = notes.join('\n').trim();
    return text === '' ? [] : text.replace(/\n{3,}/gu, '\n\n').split('\n');
  }

  #audit(plan: Plan, action: string, text: string): Promise<void> {
    const { store, now } = this.#options;
    const subject = `plan:${plan.id}`;
    return store.audit({ at: now(), subject, action, text: `${plan.title} ${text}`.trim() });
  }
}
