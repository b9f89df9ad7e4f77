import { homedir } from 'node:os';
import path from 'node:path';
import type { CalendarSettings, ScheduledPlan } from '@claude-optimizer/protocol';
import { openPlanStore, type CalendarFetch } from '@claude-optimizer/store';
import type { Config } from '../../config/config.js';
import { makeDataDir, PLANS_FILE } from '../../config/data-dir.js';
import { PersonSettings } from '../../config/person-settings.js';
import { Projects } from '../../projects/projects.js';
import { OWN, PlanBook } from '../watcher/plan-book.js';

export type ReadSchedule = {
  plans: ScheduledPlan[];
  calendar: CalendarSettings;
  /** When each calendar was read last, and what failed since. */
  fetches: CalendarFetch[];
};

/** What is planned between two moments (epoch ms) as it was last read, with or without a daemon. */
export async function readSchedule(
  { dataDir }: Pick<Config, 'dataDir'>,
  { from, to, now }: { from: number; to: number; now: number },
): Promise<ReadSchedule> {
  await makeDataDir(dataDir);
  const settings = new PersonSettings(dataDir);
  const projects = new Projects(settings, homedir());
  const store = await openPlanStore(path.join(dataDir, PLANS_FILE));
  try {
    const book = new PlanBook({
      store,
      settings,
      folderOf: (order) => projects.folderOf(order),
      isWritable: (source) => source === OWN,
    });
    return {
      plans: await book.scheduled(from, to, now),
      calendar: settings.read().calendar,
      fetches: await store.fetches(),
    };
  } finally {
    await store.close();
  }
}

/** Stops (or lets go) all starts by the calendar and writes it into the audit trail. */
export async function pauseCalendar(
  { dataDir }: Pick<Config, 'dataDir'>,
  paused: boolean,
  now: number,
): Promise<void> {
  await makeDataDir(dataDir);
  const store = await openPlanStore(path.join(dataDir, PLANS_FILE));
  try {
    new PersonSettings(dataDir).change(({ calendar }) => ({ calendar: { ...calendar, paused } }));
    const action = paused ? 'paused' : 'resumed';
    await store.audit({ at: now, subject: 'calendar', action, text: 'from the command line' });
  } finally {
    await store.close();
  }
}
