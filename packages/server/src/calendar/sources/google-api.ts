import { OptimizerError } from '@claude-optimizer/protocol';
import * as z from 'zod';
import { MOST_BYTES } from './calendar-text.js';
import { GOOGLE, type GoogleEndpoints } from './google-endpoints.js';
import { googleEventSchema, type GoogleEvent } from './google-ics.js';
import { googleFailed } from './google-tokens.js';

const TIMEOUT_MS = 30_000;
const MOST_PAGES = 50;
const BACK_MS = 7 * 86_400_000;

const listSchema = z.object({
  items: z
    .array(
      z.object({ id: z.string(), summary: z.string().optional(), primary: z.boolean().optional() }),
    )
    .default([]),
  nextPageToken: z.string().optional(),
});
const eventsSchema = z.object({
  items: z.array(z.unknown()).default([]),
  nextPageToken: z.string().optional(),
  nextSyncToken: z.string().optional(),
});

export type GoogleCalendar = { id: string; name: string; primary: boolean };
export type GoogleChanges = { events: GoogleEvent[]; syncToken: string | null };
export type Asking = {
  token: string;
  /** The token isn't accepted any more. */
  onRefused?: () => void;
  endpoints?: GoogleEndpoints;
};

/** The calendars of the account. */
export async function googleCalendars(asking: Asking): Promise<GoogleCalendar[]> {
  const found: GoogleCalendar[] = [];
  for await (const page of pages(asking, '/users/me/calendarList', {}, listSchema)) {
    for (const { id, summary, primary } of page.items) {
      found.push({ id, name: summary ?? id, primary: primary ?? false });
    }
  }
  return found;
}

/**
 * Events of a calendar: all from a week ago on, or with a sync token what has changed since then.
 * Null when the token holds no more: then all are to be asked for.
 */
export async function googleEvents(
  asking: Asking,
  calendar: string,
  { syncToken, now }: { syncToken: string | null; now: number },
): Promise<GoogleChanges | null> {
  const query = {
    maxResults: '2500',
    singleEvents: 'false',
    ...(syncToken === null ? { timeMin: new Date(now - BACK_MS).toISOString() } : { syncToken }),
  };
  const path = `/calendars/${encodeURIComponent(calendar)}/events`;
  const changes: GoogleChanges = { events: [], syncToken: null };
  try {
    for await (const page of pages(asking, path, query, eventsSchema)) {
      for (const item of page.items) {
        const event = googleEventSchema.safeParse(item);
        if (event.success) changes.events.push(event.data);
      }
      changes.syncToken = page.nextSyncToken ?? null;
    }
  } catch (error) {
    if (error instanceof SyncTokenGone) return null;
    throw error;
  }
  return changes;
}

class SyncTokenGone extends Error {}

async function* pages<T extends { nextPageToken?: string | undefined }>(
  asking: Asking,
  path: string,
  query: Record<string, string>,
  schema: z.ZodType<T>,
): AsyncGenerator<T> {
  let pageToken: string | undefined;
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const parameters = new URLSearchParams({ ...query, ...(pageToken && { pageToken }) });
    const page = schema.safeParse(await get(asking, `${path}?${parameters.toString()}`));
    if (!page.success) throw googleFailed('it answers with something else than calendars');
    yield page.data;
    pageToken = page.data.nextPageToken;
    if (pageToken === undefined) return;
  }
  throw googleFailed('the calendar has too many events');
}

async function get(
  { token, onRefused, endpoints = GOOGLE }: Asking,
  path: string,
): Promise<unknown> {
  const response = await fetch(`${endpoints.api}${path}`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    redirect: 'error',
  }).catch(() => {
    throw googleFailed('the connection failed');
  });
  if (!response.ok) await response.body?.cancel();
  if (response.status === 401) onRefused?.();
  if (response.status === 410) throw new SyncTokenGone();
  if (response.status === 404) {
    throw new OptimizerError('not_found', 'Google doesn’t have this calendar (any more).', {
      fix: 'Remove it here, or choose another. What was planned before stands.',
    });
  }
  if (!response.ok) throw googleFailed(`it answers ${String(response.status)}`);
  return parsed(response);
}

async function parsed(response: Response): Promise<unknown> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      bytes += part.length;
      if (bytes > MOST_BYTES) throw new Error('too large');
      parts.push(part);
    }
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    throw googleFailed('its answer can’t be read');
  }
}
