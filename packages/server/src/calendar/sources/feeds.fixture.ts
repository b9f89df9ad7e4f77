import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  OptimizerError,
  planSchema,
  settingsSchema,
  type CalendarSourceSettings,
  type Plan,
} from '@claude-optimizer/protocol';
import { openPlanStore, type PlanStore } from '@claude-optimizer/store';
import { createLog } from '../../log.js';
import { CalendarFeeds, type SourceChanges } from './calendar-feeds.js';
import { openSource } from './open-source.js';
import type { ReadCalendars } from './read-calendars.js';
import type { CalendarObject, CalendarSource, Fetched } from './source.js';

export const MINUTE = 60_000;
export const NOW = Date.parse('2026-03-02T09:00:00Z');

/** The text of a calendar with these events at `NOW` plus so many minutes. */
export function calendarOf(events: Record<string, number>): string {
  const lines = Object.entries(events).flatMap(([uid, minutes]) => [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTART:${stamp(NOW + minutes * MINUTE)}`,
    `SUMMARY:Claude: ${uid}`,
    'END:VEVENT',
  ]);
  return ['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}

export function sourceOf(facts: Partial<CalendarSourceSettings> = {}): CalendarSourceSettings {
  const { sources } = settingsSchema.parse({
    calendar: {
      sources: [{ id: 'work', kind: 'ics-file', name: 'Work', trust: 'confirm', ...facts }],
    },
  }).calendar;
  const [source] = sources;
  if (!source) throw new Error('no source');
  return source;
}

/** A calendar whose answers a test sets: texts, or a failure. */
export class SetSource implements CalendarSource {
  readonly id: string;
  readonly writable = false;
  answer: string[] | OptimizerError = [];
  fetches = 0;
  closed = false;

  constructor(id: string) {
    this.id = id;
  }

  fetch(memory: string): Promise<Fetched | null> {
    this.fetches += 1;
    if (this.answer instanceof OptimizerError) return Promise.reject(this.answer);
    const seen = JSON.stringify(this.answer);
    if (seen === memory) return Promise.resolve(null);
    const objects: CalendarObject[] = this.answer.map((ics) => ({ ics, ref: null, etag: null }));
    return Promise.resolve({ objects, memory: seen });
  }

  close() {
    this.closed = true;
    return Promise.resolve();
  }
}

/** Feeds over a store in memory, with a clock of their own. */
export class Fed {
  now = NOW;
  settings = settingsSchema.parse({});
  readonly folder = mkdtempSync(path.join(tmpdir(), 'feeds-'));
  readonly store: PlanStore;
  readonly feeds: CalendarFeeds;
  readonly changes: SourceChanges[] = [];
  readonly states: string[] = [];
  readonly logged: string[] = [];
  /** Taken instead of the real ones where set. */
  readonly set = new Map<string, SetSource>();

  private constructor(store: PlanStore) {
    this.store = store;
    this.feeds = new CalendarFeeds({
      store,
      settings: { read: () => this.settings },
      openSource: (source) => {
        const secrets = { of: () => ({}), put: () => undefined };
        return this.set.get(source.id) ?? openSource(source, secrets, () => this.now);
      },
      read: readSimply,
      writeEntries: (entries) => {
        const at = entries.map(({ id, startsAt }) => {
          return [id, (Date.parse(`${startsAt}Z`) - NOW) / MINUTE] as const;
        });
        return calendarOf(Object.fromEntries(at));
      },
      onChanges: (changes) => void this.changes.push(changes),
      onState: (source) => void this.states.push(source),
      now: () => this.now,
      random: () => 0.5,
      log: createLog({
        level: 'warn',
        readable: false,
        to: { write: (line) => void this.logged.push(line) },
      }),
    });
  }

  static async open(): Promise<Fed> {
    return new Fed(await openPlanStore(':memory:'));
  }

  use(...sources: CalendarSourceSettings[]): void {
    this.settings = settingsSchema.parse({ calendar: { sources } });
  }

  /** Looks again after so many minutes. */
  async after(minutes: number): Promise<void> {
    this.now += minutes * MINUTE;
    await this.feeds.look();
  }

  async uids(): Promise<string[]> {
    const stored = await this.store.plans(NOW - 1_440 * MINUTE, NOW + 90 * 1_440 * MINUTE);
    return stored.map(({ plan }) => plan.uid);
  }

  async close(): Promise<void> {
    await this.feeds.close();
    await this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Plans of what `calendarOf` writes; how calendars are really read is tested where that is done. */
export const readSimply: ReadCalendars = ({ source, objects, from, to }) => {
  const plans: Plan[] = objects.flatMap((text) =>
    [...text.matchAll(/UID:(.*)\r?\nDTSTART:(.*)\r?\nSUMMARY:(.*)\r?\n/g)].flatMap((found) => {
      const [, uid = '', at = '', title = ''] = found;
      const startsAt = Date.parse(at.replace(/(....)(..)(..T..)(..)(..Z)/, '$1-$2-$3:$4:$5'));
      if (startsAt < from || startsAt >= to) return [];
      const times = { startsAt, endsAt: startsAt + 60 * MINUTE, allDay: false, zone: 'UTC' };
      const order = { project: 'shop', path: null, phase: null, model: null, limits: {} };
      const plan = { ...times, ...order, id: `${source} ${uid}`, source, uid, title };
      return [
        planSchema.parse({
          ...plan,
          ...{ recurrence: null, objectives: [], problems: [], contentHash: title },
        }),
      ];
    }),
  );
  return Promise.resolve({ plans, busy: [], problems: [] });
};

function stamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}
