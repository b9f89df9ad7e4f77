import type { Entry, Notice, Order, Plan, PlanProblem, Run } from '@claude-optimizer/protocol';
import type { PlanStore } from '@claude-optimizer/store';
import type { PersonSettings } from '../config/person-settings.js';
import type { Log } from '../log.js';
import { OwnSchedule } from './schedule/own-schedule.js';
import { ScheduleService } from './schedule/schedule-service.js';
import { CalendarWatcher } from './watcher/calendar-watcher.js';
import { PlanBook } from './watcher/plan-book.js';
import { PlanRuns } from './watcher/plan-runs.js';
import type { Launches } from './watcher/start-plan.js';

export type CalendarParts = {
  store: PlanStore;
  settings: PersonSettings;
  launches: Launches;
  /** The exact words that a session would be started with. */
  promptOf: (order: Order) => string;
  /** The real folder in which an order may run; throws where it may not. */
  folderOf: (order: Order) => string;
  /** What an entry of our own comes to between two moments. */
  plansOf: (
    entry: Entry,
    from: number,
    to: number,
  ) => Promise<{ plans: Plan[]; problems: PlanProblem[] }>;
  /** Reads our own schedule anew, as every calendar is. */
  refreshOwn: () => Promise<void>;
  isWritable: (source: string) => boolean;
  tell: (notice: Omit<Notice, 'id' | 'at'>) => void;
  onRun: (run: Run) => void;
  onSchedule: () => void;
  /** False: warnings only, whatever the settings say. */
  autoStart: boolean;
  now: () => number;
  log: Log;
};

/** Composes the schedule and what watches it; nothing happens until the watcher is started. */
export function openCalendar(parts: CalendarParts): {
  schedule: ScheduleService;
  watcher: CalendarWatcher;
} {
  const { refreshOwn, ...rest } = parts;
  const book = new PlanBook(parts);
  const runs = new PlanRuns(parts);
  const watcher = new CalendarWatcher({ ...rest, book, runs });
  const own = new OwnSchedule({ ...rest, refresh: refreshOwn });
  return { watcher, schedule: new ScheduleService({ ...rest, book, own, watcher }) };
}
