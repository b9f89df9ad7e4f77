import type { PlanStore } from '@claude-optimizer/store';
import type { PersonSettings } from '../../config/person-settings.js';
import type { Log } from '../../log.js';
import { CalendarFeeds, type SourceChanges } from './calendar-feeds.js';
import { Calendars } from './calendars.js';
import { GoogleLogins } from './google-logins.js';
import { openSource } from './open-source.js';
import type { ReadCalendars, WriteEntries } from './read-calendars.js';
import { ScheduleFeed } from './schedule-feed.js';
import { Secrets } from './secrets.js';

export type SourcesOptions = {
  dataDir: string;
  settings: PersonSettings;
  store: PlanStore;
  read: ReadCalendars;
  writeEntries: WriteEntries;
  onChanges: (changes: SourceChanges) => Promise<void> | void;
  onState: (source: string) => void;
  now: () => number;
  log: Log;
};

export type Sources = {
  feeds: CalendarFeeds;
  calendars: Calendars;
  logins: GoogleLogins;
  scheduleFeed: ScheduleFeed;
};

/** Composes the calendars; nothing is read until `feeds` is started or asked. */
export function openSources(options: SourcesOptions): Sources {
  const { dataDir, settings, store, writeEntries, onChanges, onState, now } = options;
  const secrets = new Secrets(dataDir);
  const feeds = new CalendarFeeds({
    ...options,
    openSource: (source) => openSource(source, secrets, now),
  });
  const calendars = new Calendars({
    ...{ settings, secrets, store, feeds, onChanges, onState, now },
    open: (source, secret) => openSource(source, { of: () => secret, put: () => undefined }, now),
  });
  return {
    ...{ feeds, calendars },
    logins: new GoogleLogins({ calendars, secrets, now }),
    scheduleFeed: new ScheduleFeed({ secrets, store, writeEntries }),
  };
}
