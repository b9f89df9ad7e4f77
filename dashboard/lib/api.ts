import {
  errorBodySchema,
  eventPageSchema,
  eventsAfterSchema,
  healthSchema,
  malformedListSchema,
  OptimizerError,
  sessionDetailSchema,
  sessionListSchema,
  snapshotSchema,
  TOKEN_HEADER,
  tokenSchema,
  type DemoState,
  type SessionStatus,
} from '@claude-optimizer/protocol';
import * as z from 'zod';
import { takeEarlyAnswer } from './feed/early';

/** What the list page asks for; empty fields are left out. */
export type SessionFilter = { status?: readonly SessionStatus[]; text?: string; cursor?: string };

const UNREACHABLE = 'Check that claude-optimizer is still running in its terminal, then retry.';

/**
 * Asks the server and validates the answer. Throws an `OptimizerError` with the server's own
 * message and fix, or with ours when it can't be reached or speaks another version.
 */
export async function request<S extends z.ZodType>(
  schema: S,
  path: string,
  init?: RequestInit,
): Promise<z.output<S>> {
  const response = await fetch(path, init).catch((cause: unknown) => {
    throw new OptimizerError('internal', 'The server does not answer.', {
      fix: UNREACHABLE,
      cause,
    });
  });
  return parseAnswer(schema, response);
}

/** As `request`, of what the document may have asked for while its scripts were loading. */
export async function requestEarly<S extends z.ZodType>(
  schema: S,
  path: string,
): Promise<z.output<S>> {
  const early = await takeEarlyAnswer(path)?.catch(() => null);
  return early ? parseAnswer(schema, early) : request(schema, path);
}

/** Reads a response as `schema`; throws an `OptimizerError` when it is an error or unreadable. */
export async function parseAnswer<S extends z.ZodType>(
  schema: S,
  response: Response,
): Promise<z.output<S>> {
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const known = errorBodySchema.safeParse(body);
    if (known.success) {
      const { code, message, fix } = known.data.error;
      throw new OptimizerError(code, message, { fix });
    }
    const message = `The server answered with status ${response.status}.`;
    throw new OptimizerError('internal', message, { fix: UNREACHABLE });
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new OptimizerError('internal', 'This page is of another version than the server.', {
    fix: 'Reload the page.',
    cause: parsed.error,
  });
}

let token: Promise<string> | null = null;

function getToken(): Promise<string> {
  token ??= request(tokenSchema, '/api/token').then(
    (answer) => answer.token,
    (error: unknown) => {
      token = null;
      throw error;
    },
  );
  return token;
}

type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A request that changes something: brings the token, a fresh one if the server has restarted. */
export async function send<S extends z.ZodType>(
  schema: S,
  method: Method,
  path: string,
  body: object = {},
  again = true,
): Promise<z.output<S>> {
  const headers = { 'content-type': 'application/json', [TOKEN_HEADER]: await getToken() };
  try {
    return await request(schema, path, { method, headers, body: JSON.stringify(body) });
  } catch (error) {
    if (!again || !(error instanceof OptimizerError) || error.code !== 'forbidden') throw error;
    token = null;
    return send(schema, method, path, body, false);
  }
}

const change = async (path: string, body?: object): Promise<void> => {
  await send(z.unknown(), 'POST', path, body);
};

const sessionPath = (id: string) => `/api/sessions/${encodeURIComponent(id)}`;

export const fetchLive = () => request(snapshotSchema, '/api/live');
export const fetchHealth = () => request(healthSchema, '/api/health');
export const fetchMalformed = () => request(malformedListSchema, '/api/health/malformed');
export const fetchSession = (id: string) => requestEarly(sessionDetailSchema, sessionPath(id));

/** A page of sessions, newest sign of life first. */
export function fetchSessions(filter: SessionFilter, limit = 50) {
  const query = new URLSearchParams({ limit: String(limit) });
  if (filter.status?.length) query.set('status', filter.status.join(','));
  if (filter.text) query.set('text', filter.text);
  if (filter.cursor) query.set('cursor', filter.cursor);
  return request(sessionListSchema, `/api/sessions?${query.toString()}`);
}

/** Older activity of a session: events before `before`, oldest first. */
export function fetchEvents(id: string, before: number, limit = 200) {
  const query = `before=${before}&limit=${limit}`;
  return request(eventPageSchema, `${sessionPath(id)}/events?${query}`);
}

/** A session's events after `after`, oldest first. */
export function fetchEventsAfter(id: string, after: number, limit = 2_000) {
  const query = `after=${after}&limit=${limit}`;
  return request(eventsAfterSchema, `${sessionPath(id)}/events?${query}`);
}

/** Marks a session as ended by the person; the event comes over the feed. */
export const endSession = (id: string) => change(`${sessionPath(id)}/end`);

/** Sets (micro-dollars) or with null removes a session's budget; the event comes over the feed. */
export const setBudget = (id: string, budgetMicrodollars: number | null) =>
  change(`${sessionPath(id)}/budget`, { budgetMicrodollars });

/** Starts the demo, or changes its speed. */
export const startDemo = (speed: DemoState['speed']) => change('/api/demo/start', { speed });
export const stopDemo = () => change('/api/demo/stop');
