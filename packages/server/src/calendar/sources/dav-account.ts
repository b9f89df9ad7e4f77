import { OptimizerError } from '@claude-optimizer/protocol';
import { calendarMultiGet, calendarQuery, createAccount, propfind, type DAVResponse } from 'tsdav';
import { davFetch, type DavLogin } from './dav-fetch.js';
import { failed } from './guarded-request.js';

/** Objects asked for at once. */
const BATCH = 100;

export type DavCalendar = {
  url: string;
  name: string;
  /** Changes whenever something in it does; null where the server tells none. */
  version: string | null;
};

/** Finds where the account's calendars are. Throws `calendar_unavailable` and says why. */
export async function findHome(login: DavLogin): Promise<string> {
  const server = new URL(login.serverUrl);
  try {
    const { homeUrl } = await createAccount({
      account: { serverUrl: login.serverUrl, accountType: 'caldav' },
      fetch: davFetch(login, true),
    });
    if (homeUrl) return homeUrl;
  } catch (error) {
    if (error instanceof OptimizerError) throw error;
  }
  throw new OptimizerError(
    'calendar_unavailable',
    `There is no CalDAV account at ${server.host}.`,
    {
      fix: 'Check the address; your provider tells the one for CalDAV.',
    },
  );
}

/** The calendars with events that the account has. Throws when there is none: that is a failure. */
export async function listCalendars(login: DavLogin, home: string): Promise<DavCalendar[]> {
  const found = await propfind({
    url: home,
    depth: '1',
    props: {
      'd:displayname': {},
      'd:resourcetype': {},
      'd:sync-token': {},
      'cs:getctag': {},
      'c:supported-calendar-component-set': {},
    },
    fetch: davFetch(login, false),
  });
  const calendars = found.flatMap((response) => {
    const { href, props } = response;
    const kinds = Object.keys(propOf(props, 'resourcetype') ?? {});
    if (!href || !kinds.includes('calendar') || !holdsEvents(props)) return [];
    const version = textOf(propOf(props, 'getctag')) ?? textOf(propOf(props, 'syncToken'));
    const { href: url } = new URL(href, home);
    return [{ url, name: textOf(propOf(props, 'displayname')) ?? href, version }];
  });
  if (calendars.length > 0) return calendars;
  throw new OptimizerError('calendar_unavailable', `${new URL(home).host} shows no calendar.`, {
    fix: 'Make one there, or check the user. What was planned before stands.',
  });
}

/** ETags of the events in a window (epoch ms), by address. */
export async function listEvents(login: DavLogin, url: string, from: number, to: number) {
  const range = { _attributes: { start: stamp(from), end: stamp(to) } };
  const event = { _attributes: { name: 'VEVENT' }, 'time-range': range };
  const found = await calendarQuery({
    url,
    depth: '1',
    props: { 'd:getetag': {} },
    filters: [{ 'comp-filter': { _attributes: { name: 'VCALENDAR' }, 'comp-filter': event } }],
    fetch: davFetch(login, false),
  });
  const etags = new Map<string, string | null>();
  for (const { href, props, ok } of found) {
    if (href && ok) etags.set(new URL(href, url).href, textOf(propOf(props, 'getetag')));
  }
  return etags;
}

/** Texts of events by address; one that is gone meanwhile is left out. Throws when one is missing. */
export async function readEvents(login: DavLogin, url: string, wanted: readonly string[]) {
  const texts = new Map<string, { ics: string; etag: string | null }>();
  for (let first = 0; first < wanted.length; first += BATCH) {
    const batch = wanted.slice(first, first + BATCH);
    const found = await calendarMultiGet({
      url,
      depth: '1',
      props: { 'd:getetag': {}, 'c:calendar-data': {} },
      objectUrls: batch.map((address) => new URL(address).pathname),
      fetch: davFetch(login, false),
    });
    const answered = new Map(found.map((one) => [new URL(one.href ?? '', url).href, one]));
    for (const address of batch) {
      const object = answered.get(address);
      const ics = textOf(propOf(object?.props, 'calendarData'));
      if (ics !== null) texts.set(address, { ics, etag: textOf(propOf(object?.props, 'getetag')) });
      else if (object?.status !== 404) throw failed(new URL(url), 'it leaves out an event');
    }
  }
  return texts;
}

function holdsEvents(props: DAVResponse['props']): boolean {
  const set = propOf(props, 'supportedCalendarComponentSet');
  const comp = propOf(set, 'comp');
  const components = Array.isArray(comp) ? comp : comp === null ? [] : [comp];
  // A server that doesn't say which takes all.
  if (components.length === 0) return true;
  return components.some((one) => propOf(propOf(one, '_attributes'), 'name') === 'VEVENT');
}

function propOf(of: unknown, name: string): unknown {
  if (typeof of !== 'object' || of === null) return null;
  return (of as Record<string, unknown>)[name] ?? null;
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const cdata = propOf(value, '_cdata');
  return typeof cdata === 'string' ? cdata : null;
}

function stamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}
