import { createHash } from 'node:crypto';
import { OptimizerError } from '@claude-optimizer/protocol';
import { createObject, deleteObject, updateObject } from 'tsdav';
import {
  findHome,
  listCalendars,
  listEvents,
  readEvents,
  type DavCalendar,
} from './dav-account.js';
import { davFetch, type DavLogin } from './dav-fetch.js';
import type { CalendarSource, EventToWrite, Fetched, Written } from './source.js';

const DAY_MS = 86_400_000;
/** The window asked for: wider than the one planned in, so that a calendar may rest for a while. */
const BACK_MS = 2 * DAY_MS;
const AHEAD_MS = 62 * DAY_MS;
const ASK_ANEW_MS = DAY_MS / 2;
const HEADERS = { 'content-type': 'text/calendar; charset=utf-8' };

type Options = DavLogin & {
  id: string;
  /** By name or address; none means all. */
  calendars: readonly string[];
  now: () => number;
};
type Texts = ReadonlyMap<string, { ics: string; etag: string | null }>;
type Known = { version: string | null; askedAt: number; events: Texts };

/** Calendars of an account by CalDAV, read and written. */
export class CalDavSource implements CalendarSource {
  readonly id: string;
  readonly writable = true;
  readonly #options: Options;
  #home: string | null = null;
  #known: ReadonlyMap<string, Known> = new Map();

  constructor(options: Options) {
    this.id = options.id;
    this.#options = options;
  }

  async fetch(memory: string): Promise<Fetched | null> {
    const before = memory === '' ? new Map<string, Known>() : this.#known;
    const known = new Map<string, Known>();
    for (const calendar of await this.#calendars()) {
      known.set(calendar.url, await this.#read(calendar, before.get(calendar.url)));
    }
    // Only now, as all could be read.
    this.#known = known;
    const objects = [...known.values()].flatMap(({ events }) =>
      [...events].map(([ref, { ics, etag }]) => ({ ics, ref, etag })),
    );
    const states = objects.map(({ ref, etag, ics }) => [ref, etag ?? ics]).sort();
    const seen = createHash('sha256').update(JSON.stringify(states)).digest('hex');
    return seen === memory ? null : { objects, memory: seen };
  }

  async write({ uid, ics, ref, etag }: EventToWrite): Promise<Written> {
    const fetch = davFetch(this.#options, false);
    if (ref !== null) {
      const headers = { ...HEADERS, ...matching(etag) };
      const answer = await updateObject({ url: this.#own(ref), data: ics, headers, fetch });
      return { ref, etag: answer.headers.get('etag') };
    }
    const [calendar] = await this.#calendars();
    const url = new URL(`${encodeURIComponent(uid)}.ics`, withSlash(calendar?.url ?? '')).href;
    const headers = { ...HEADERS, 'if-none-match': '*' };
    const answer = await createObject({ url, data: ics, headers, fetch });
    return { ref: url, etag: answer.headers.get('etag') };
  }

  async remove({ ref, etag }: { ref: string; etag: string | null }): Promise<void> {
    const fetch = davFetch(this.#options, false);
    await deleteObject({ url: this.#own(ref), headers: matching(etag), fetch });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #calendars(): Promise<DavCalendar[]> {
    this.#home ??= await findHome(this.#options);
    const all = await listCalendars(this.#options, this.#home).catch((error: unknown) => {
      // The account may have moved: it is looked for anew.
      this.#home = null;
      throw error;
    });
    const { calendars } = this.#options;
    if (calendars.length === 0) return all;
    return calendars.map((wanted) => {
      const found = all.find(({ name, url }) => name === wanted || url === wanted);
      if (found) return found;
      const names = all.map(({ name }) => name).join(', ');
      throw new OptimizerError('not_found', `The account has no calendar ${wanted} (any more).`, {
        fix: `It has: ${names}. What was planned before stands.`,
      });
    });
  }

  async #read({ url, version }: DavCalendar, before: Known | undefined): Promise<Known> {
    const now = this.#options.now();
    const isSame = before && version !== null && before.version === version;
    if (isSame && now - before.askedAt < ASK_ANEW_MS) return before;
    const listed = await listEvents(this.#options, url, now - BACK_MS, now + AHEAD_MS);
    const events = new Map<string, { ics: string; etag: string | null }>();
    const unknown: string[] = [];
    for (const [ref, etag] of listed) {
      const event = before?.events.get(ref);
      if (event && etag !== null && event.etag === etag) events.set(ref, event);
      else unknown.push(ref);
    }
    for (const [ref, event] of await readEvents(this.#options, url, unknown))
      events.set(ref, event);
    return { version, askedAt: now, events };
  }

  /** The address of an event that was read before: nothing else is ever written to. */
  #own(ref: string): string {
    for (const { events } of this.#known.values()) if (events.has(ref)) return ref;
    throw new OptimizerError('conflict', 'The event isn’t there any more.', {
      fix: 'Look at the calendar as it is now.',
    });
  }
}

function matching(etag: string | null): Record<string, string> {
  return etag === null ? {} : { 'if-match': etag };
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}
