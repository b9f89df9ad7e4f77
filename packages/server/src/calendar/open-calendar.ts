import type { Notice, Order, Run } from '@claude-optimizer/protocol';
import type { PlanStore } from '@claude-optimizer/store';
import type { PersonSettings } from '../config/person-settings.js';
import type { Log } from '../log.js';
import { readCalendars } from './ics/read-calendars.js';
import { writeCalendar } from './ics/write-calendar.js';
import { OwnSchedule } from './schedule/own-schedule.js';
import { PlansElsewhere } from './schedule/plans-elsewhere.js';
import { ScheduleService } from './schedule/schedule-service.js';
import { openSources, type Sources } from './sources/open-sources.js';
import { CalendarWatcher } from './watcher/calendar-watcher.js';
import { OWN, PlanBook } from './watcher/plan-book.js';
import { PlanRuns } from './watcher/plan-runs.js';
import type { Launches } from './watcher/start-plan.js';

export type CalendarParts = {
  dataDir: string;
  store: PlanStore;
  settings: PersonSettings;
  launches: Launches;
  /** The exact words that a session would be started with. */
  promptOf: (order: Order) => string;
  /** The real folder in which an order may run; throws where it may not. */
  folderOf: (order: Order) => string;
  tell: (notice: Omit<Notice, 'id' | 'at'>) => void;
  onRun: (run: Run) => void;
  /** Plans, calendars or what is set for them have changed. */
  onSchedule: () => void;
  /** False: warnings only, whatever the settings say. */
  autoStart: boolean;
  now: () => number;
  log: Log;
};

/** The calendars, what watches their plans, and what the person says to them. */
export type Calendar = Sources & {
  schedule: ScheduleService;
  /** Reads the calendars and begins to watch the clock. */
  begin(): Promise<void>;
  close(): Promise<void>;
};

/** Composes the calendar; nothing is read and nothing happens until `begin`. */
export function openCalendar(parts: CalendarParts): Calendar {
  const { now, onSchedule } = parts;
  const runs = new PlanRuns(parts);
  const sources = openSources({
    ...parts,
    read: readCalendars,
    writeEntries: (entries, detail) => writeCalendar(entries, { detail, now: now() }),
    onChanges: async (changes) => {
      await runs.auditProblems(changes.source, changes.problems);
      await watcher.follow(changes);
    },
    onState: onSchedule,
  });
  const { feeds } = sources;
  const book = new PlanBook({ ...parts, isWritable: (source) => feeds.isWritable(source) });
  const watcher = new CalendarWatcher({ ...parts, book, runs });
  const own = new OwnSchedule({
    ...parts,
    plansOf: (entry, from, to) =>
      feeds.read(OWN, [writeCalendar([entry], { now: now() })], from, to),
    refresh: () => feeds.refresh(OWN),
  });
  const elsewhere = new PlansElsewhere({ ...parts, feeds });
  return {
    ...sources,
    schedule: new ScheduleService({ ...parts, book, own, elsewhere, watcher }),
    begin: async () => {
      await watcher.start();
      // Not waited for: what was read before stands, and a dead address takes half a minute.
      void feeds.start();
    },
    close: async () => {
      sources.logins.close();
      await watcher.stop();
      await feeds.close();
    },
  };
}
