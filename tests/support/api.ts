import {
  eventPageSchema,
  eventsAfterSchema,
  malformedListSchema,
  sessionDetailSchema,
  sessionListSchema,
  type SessionDetail,
  type SessionEvent,
  type SessionSummary,
  snapshotSchema,
} from '@claude-optimizer/protocol';
import type * as z from 'zod';

async function get<S extends z.ZodType>(schema: S, url: string): Promise<z.output<S>> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`GET ${url}: ${response.status} ${await response.text()}`);
  return schema.parse(await response.json());
}

/** `GET /api/sessions/:id`, or null when the server doesn't know it. */
export async function fetchDetail(url: string, id: string): Promise<SessionDetail | null> {
  const response = await fetch(`${url}/api/sessions/${id}`);
  if (response.status === 404) return null;
  return sessionDetailSchema.parse(await response.json());
}

/** Every session of the list, page by page. */
export async function fetchAllSessions(url: string): Promise<SessionSummary[]> {
  const sessions: SessionSummary[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ limit: '100', ...(cursor !== null && { cursor }) });
    const page: z.output<typeof sessionListSchema> = await get(
      sessionListSchema,
      `${url}/api/sessions?${query.toString()}`,
    );
    sessions.push(...page.sessions);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return sessions;
}

/** Every event of a session, oldest first. */
export async function fetchAllEvents(url: string, id: string): Promise<SessionEvent[]> {
  const events: SessionEvent[] = [];
  let before: number | null = null;
  do {
    const query = before === null ? '' : `?before=${before}`;
    const page: z.output<typeof eventPageSchema> = await get(
      eventPageSchema,
      `${url}/api/sessions/${id}/events${query}`,
    );
    events.unshift(...page.events);
    before = page.nextBefore;
  } while (before !== null);
  return events;
}

/** The same, a history from its beginning as a replay asks for it. */
export async function fetchHistory(url: string, id: string): Promise<SessionEvent[]> {
  const events: SessionEvent[] = [];
  for (let after: number | null = 0; after !== null;) {
    const query = `after=${after}&limit=2000`;
    const page: z.output<typeof eventsAfterSchema> = await get(
      eventsAfterSchema,
      `${url}/api/sessions/${id}/events?${query}`,
    );
    events.push(...page.events);
    after = page.nextAfter;
  }
  return events;
}

export const fetchSnapshot = (url: string) => get(snapshotSchema, `${url}/api/live`);
export const fetchMalformed = (url: string) =>
  get(malformedListSchema, `${url}/api/health/malformed`);
