import { randomUUID } from 'node:crypto';
import { checkTimezone } from '@claude-optimizer/core/report';
import {
  entryBodySchema,
  OptimizerError,
  type Entry,
  type EntryBody,
  type Order,
  type Plan,
  type PlanProblem,
} from '@claude-optimizer/protocol';
import type { PlanStore } from '@claude-optimizer/store';
import { uidOf } from './entry-uid.js';

type Options = {
  store: PlanStore;
  /** Throws where the order may not run. */
  folderOf: (order: Order) => string;
  /** What an entry comes to between two moments, by the same way as every calendar. */
  plansOf: (
    entry: Entry,
    from: number,
    to: number,
  ) => Promise<{ plans: Plan[]; problems: PlanProblem[] }>;
  /** The entries have changed: reads them anew as plans. */
  refresh: () => Promise<void>;
  now: () => number;
};

const PREVIEW_MS = 60 * 86_400_000;

/** Our own schedule: entries that the person makes, changes, moves and takes out. */
export class OwnSchedule {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  entries(): Promise<Entry[]> {
    return this.#options.store.entries();
  }

  /** Adds an entry. Throws `bad_request`, naming what is wrong with it, or as the project does. */
  async add(body: EntryBody): Promise<Entry> {
    const entry = this.#made(body);
    await this.#check(entry);
    await this.#options.store.putEntry(entry);
    await this.#changed(entry, 'added');
    return entry;
  }

  /** Replaces an entry as it was at `revision`. Throws `not_found`, `conflict`, `bad_request`. */
  async change(id: string, body: EntryBody, revision: number): Promise<Entry> {
    const known = await this.#entry(id);
    const entry: Entry = {
      ...this.#made(body),
      id,
      except: known.except,
      revision: revision + 1,
    };
    await this.#check(entry);
    await this.#put(entry, 'changed');
    return entry;
  }

  async remove(id: string): Promise<void> {
    const entry = await this.#entry(id);
    await this.#options.store.dropEntry(id);
    await this.#changed(entry, 'removed');
  }

  /** Takes one occurrence out of a series, or removes the entry when it is the only one. */
  async removeOccurrence(plan: Plan): Promise<void> {
    const entry = await this.entryOf(plan);
    if (entry.rule === null || plan.recurrence === null) return this.remove(entry.id);
    await this.#put(without(entry, plan.recurrence), 'changed');
  }

  /** Moves a plan to another start (epoch ms); of a series only this occurrence. */
  async move(plan: Plan, startsAt: number): Promise<Entry> {
    const entry = await this.entryOf(plan);
    const moved = { ...entry, startsAt: localTime(startsAt, entry.zone) };
    if (entry.rule === null || plan.recurrence === null) {
      const next = { ...moved, revision: entry.revision + 1 };
      await this.#put(next, 'moved');
      return next;
    }
    // First the new one: killed in between, it would stand twice and not be gone.
    const single = { ...moved, id: randomUUID(), rule: null, except: [], revision: 0 };
    await this.#options.store.putEntry(single);
    await this.#put(without(entry, plan.recurrence), 'moved');
    return single;
  }

  /** The entry that a plan of our own schedule comes from. Throws `not_found`. */
  async entryOf(plan: Plan): Promise<Entry> {
    const entries = await this.entries();
    const entry = entries.find(({ id }) => plan.uid === uidOf(id));
    if (entry) return entry;
    throw new OptimizerError('not_found', 'This plan is not of your own schedule.', {
      fix: 'Change it in the calendar that it comes from.',
    });
  }

  /** What an entry would come to, and everything that is wrong with it; nothing is stored. */
  async preview(body: EntryBody): Promise<{ plans: Plan[]; problems: PlanProblem[] }> {
    const entry = this.#made(body);
    const problems: PlanProblem[] = [];
    try {
      this.#options.folderOf(entry);
    } catch (error) {
      if (!(error instanceof OptimizerError)) throw error;
      problems.push({ field: 'project', message: error.message, fix: error.fix });
    }
    const read = await this.#plansOf(entry);
    return {
      plans: read.plans,
      problems: [...problems, ...read.problems, ...(read.plans[0]?.problems ?? [])],
    };
  }

  #made(body: EntryBody): Entry {
    const read = entryBodySchema.parse(body);
    checkTimezone(read.zone);
    const name = read.project ?? read.path ?? '';
    const title = read.title ?? `Claude: ${name}${read.phase ? ` — ${read.phase}` : ''}`;
    return { ...read, id: randomUUID(), title, except: [], revision: 0 };
  }

  async #check(entry: Entry): Promise<void> {
    this.#options.folderOf(entry);
    const { problems, plans } = await this.#plansOf(entry);
    const [problem] = [...problems, ...(plans[0]?.problems ?? [])];
    if (!problem) return;
    throw new OptimizerError('bad_request', `${problem.field}: ${problem.message}`, {
      fix: problem.fix,
    });
  }

  #plansOf(entry: Entry) {
    const { plansOf, now } = this.#options;
    const begins = Date.parse(`${entry.startsAt}Z`);
    // A day on either side: the zone's offset isn't known here.
    const from = Math.min(now(), begins) - 86_400_000;
    return plansOf(entry, from, Math.max(now(), begins) + PREVIEW_MS);
  }

  async #entry(id: string): Promise<Entry> {
    const entry = (await this.entries()).find((known) => known.id === id);
    if (entry) return entry;
    throw new OptimizerError('not_found', `There is no entry ${JSON.stringify(id)}.`, {
      fix: 'GET /api/schedule/entries lists those that there are.',
    });
  }

  async #put(entry: Entry, action: string): Promise<void> {
    if (!(await this.#options.store.putEntry(entry))) {
      throw new OptimizerError('conflict', 'This entry has been changed meanwhile.', {
        fix: 'Look at it as it is now, and change it again.',
      });
    }
    await this.#changed(entry, action);
  }

  async #changed(entry: Entry, action: string): Promise<void> {
    const { store, now, refresh } = this.#options;
    const text = `${entry.title}, ${entry.startsAt} ${entry.zone}`;
    await store.audit({ at: now(), subject: `entry:${entry.id}`, action, text });
    await refresh();
  }
}

function without(entry: Entry, occurrence: string): Entry {
  return { ...entry, except: [...entry.except, occurrence], revision: entry.revision + 1 };
}

/** `2026-03-29T09:00` of a moment in a zone. */
function localTime(at: number, timeZone: string): string {
  // Sweden writes dates as ISO does.
  return new Date(at).toLocaleString('sv-SE', { timeZone }).slice(0, 16).replace(' ', 'T');
}
