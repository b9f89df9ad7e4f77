import { createHash } from 'node:crypto';
import { OptimizerError } from '@claude-optimizer/protocol';
import { googleCalendars, googleEvents, type Asking, type GoogleCalendar } from './google-api.js';
import type { GoogleEndpoints } from './google-endpoints.js';
import { googleToIcs, type GoogleEvent } from './google-ics.js';
import { accessToken } from './google-tokens.js';
import type { Secret } from './secrets.js';
import type { CalendarSource, Fetched } from './source.js';

type Options = {
  id: string;
  /** By name or id; none means all. */
  calendars: readonly string[];
  secret: () => Secret;
  /** Keeps the renewed access token. */
  keep: (secret: Secret) => void;
  now: () => number;
  /** Google's own, unless a test has its stand-in. */
  endpoints?: GoogleEndpoints;
};
type Known = { events: ReadonlyMap<string, GoogleEvent>; syncToken: string | null };

/** Google calendars by the person's own OAuth client, only read. */
export class GoogleSource implements CalendarSource {
  readonly id: string;
  readonly writable = false;
  readonly #options: Options;
  #known: ReadonlyMap<string, Known> = new Map();

  constructor(options: Options) {
    this.id = options.id;
    this.#options = options;
  }

  async fetch(memory: string): Promise<Fetched | null> {
    const before = memory === '' ? new Map<string, Known>() : this.#known;
    const asking = await this.#asking();
    const known = new Map<string, Known>();
    for (const { id } of this.#chosen(await googleCalendars(asking))) {
      known.set(id, await this.#read(asking, id, before.get(id)));
    }
    // Only now, as all could be read.
    this.#known = known;
    const objects = [...known].flatMap(([calendar, { events }]) =>
      googleToIcs(events.values()).map(({ ics, uid }) => ({
        ics,
        ref: `${calendar}/${uid}`,
        etag: null,
      })),
    );
    const texts = objects.map(({ ics }) => ics).sort();
    const seen = createHash('sha256').update(JSON.stringify(texts)).digest('hex');
    return seen === memory ? null : { objects, memory: seen };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #asking(): Promise<Asking> {
    const { id, secret, keep, now, endpoints } = this.#options;
    const again = `claude-optimizer calendar login ${id}`;
    const context = { again, ...(endpoints && { endpoints }) };
    const token = await accessToken(secret(), keep, { ...context, now: now() });
    // Refused before its time: the next fetch asks for another one.
    const onRefused = () => keep({ ...secret(), accessUntil: 0 });
    return { token, onRefused, ...(endpoints && { endpoints }) };
  }

  async #read(asking: Asking, id: string, before: Known | undefined): Promise<Known> {
    const now = this.#options.now();
    const syncToken = before?.syncToken ?? null;
    const changes = await googleEvents(asking, id, { syncToken, now });
    if (changes === null) return this.#read(asking, id, undefined);
    const events = new Map(syncToken === null ? [] : before?.events);
    for (const event of changes.events) {
      const isGone = event.status === 'cancelled' && event.recurringEventId === undefined;
      if (isGone) events.delete(event.id);
      else events.set(event.id, event);
    }
    return { events, syncToken: changes.syncToken };
  }

  #chosen(all: readonly GoogleCalendar[]): readonly GoogleCalendar[] {
    const { calendars } = this.#options;
    if (calendars.length === 0) return all;
    return calendars.map((wanted) => {
      const found = all.find(({ id, name, primary }) => {
        return id === wanted || name === wanted || (primary && wanted === 'primary');
      });
      if (found) return found;
      throw new OptimizerError('not_found', `The account has no calendar ${wanted} (any more).`, {
        fix: `It has: ${all.map(({ name }) => name).join(', ')}.`,
      });
    });
  }
}
