import {
  calendarListSchema,
  calendarStateSchema,
  scheduleFeedSchema,
  type CalendarBody,
  type CalendarChange,
  type CalendarState,
} from '@claude-optimizer/protocol';
import { withSources, type Config, type Sources } from '@claude-optimizer/server';
import * as z from 'zod';
import { daemonOf, type DaemonClient } from './daemon-client.js';

const loggedOutSchema = z.object({ revoked: z.boolean() });

/** What a person can do with calendars, by the daemon or without one. */
export type CalendarDesk = {
  list(): Promise<CalendarState[]>;
  add(body: CalendarBody): Promise<CalendarState>;
  change(id: string, change: CalendarChange): Promise<CalendarState>;
  remove(id: string): Promise<void>;
  logOut(id: string): Promise<{ revoked: boolean }>;
  refresh(id: string): Promise<CalendarState>;
  /** `get` tells the path of our feed, `open` gives it a new one, `shut` takes it away. */
  feed(action: 'get' | 'open' | 'shut'): Promise<string | null>;
};

/** Does `work` through the daemon where one is running, otherwise on the data folder itself. */
export async function atCalendars<T>(
  config: Pick<Config, 'dataDir'>,
  work: (desk: CalendarDesk, url: string | null) => Promise<T>,
): Promise<T> {
  const daemon = await daemonOf(config.dataDir);
  if (daemon) return work(byDaemon(daemon), daemon.url);
  return withSources(config, (sources) => work(here(sources), null));
}

function byDaemon(daemon: DaemonClient): CalendarDesk {
  const of = (id: string) => `/api/calendars/${encodeURIComponent(id)}`;
  const methods = { get: 'GET', open: 'POST', shut: 'DELETE' } as const;
  return {
    list: async () => (await daemon.get('/api/calendars', calendarListSchema)).calendars,
    add: (body) => daemon.ask('POST', '/api/calendars', calendarStateSchema, body),
    change: (id, change) => daemon.ask('PATCH', of(id), calendarStateSchema, change),
    remove: (id) => daemon.tell('DELETE', of(id)),
    logOut: (id) => daemon.ask('POST', `${of(id)}/logout`, loggedOutSchema),
    refresh: (id) => daemon.ask('POST', `${of(id)}/refresh`, calendarStateSchema),
    feed: async (action) => {
      return (await daemon.ask(methods[action], '/api/feed', scheduleFeedSchema)).path;
    },
  };
}

function here({ calendars, scheduleFeed }: Sources): CalendarDesk {
  return {
    list: () => calendars.list(),
    add: (body) => calendars.add(body),
    change: (id, change) => calendars.change(id, change),
    remove: (id) => calendars.remove(id),
    logOut: (id) => calendars.logOut(id),
    refresh: (id) => calendars.refresh(id),
    feed: (action) => {
      if (action === 'open') scheduleFeed.open();
      if (action === 'shut') scheduleFeed.shut();
      return Promise.resolve(scheduleFeed.path);
    },
  };
}
