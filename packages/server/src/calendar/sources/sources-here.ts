import path from 'node:path';
import type { Entry } from '@claude-optimizer/protocol';
import { openPlanStore } from '@claude-optimizer/store';
import type { Config } from '../../config/config.js';
import { makeDataDir, PLANS_FILE } from '../../config/data-dir.js';
import { PersonSettings } from '../../config/person-settings.js';
import { createLog } from '../../log.js';
import { readCalendars } from '../ics/read-calendars.js';
import { writeCalendar } from '../ics/write-calendar.js';
import { openSources, type Sources } from './open-sources.js';

/** The calendars of a data folder while `work` is done, without a daemon: nothing starts by it. */
export async function withSources<T>(
  { dataDir }: Pick<Config, 'dataDir'>,
  work: (sources: Sources) => Promise<T>,
): Promise<T> {
  await makeDataDir(dataDir);
  const store = await openPlanStore(path.join(dataDir, PLANS_FILE));
  const now = () => Date.now();
  const sources = openSources({
    ...{ dataDir, store, now, read: readCalendars, settings: new PersonSettings(dataDir) },
    writeEntries: (entries, detail) => writeCalendar(entries, { detail, now: now() }),
    onChanges: () => undefined,
    onState: () => undefined,
    log: createLog({ level: 'silent' }),
  });
  try {
    return await work(sources);
  } finally {
    await sources.feeds.close();
    await store.close();
  }
}

/** Our own schedule as the text of a calendar, whole. */
export async function exportSchedule({ dataDir }: Pick<Config, 'dataDir'>): Promise<string> {
  await makeDataDir(dataDir);
  const store = await openPlanStore(path.join(dataDir, PLANS_FILE));
  try {
    const entries: Entry[] = await store.entries();
    return writeCalendar(entries, { now: Date.now() });
  } finally {
    await store.close();
  }
}
