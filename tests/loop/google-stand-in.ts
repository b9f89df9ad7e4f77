import { createHash, randomBytes } from 'node:crypto';
import http from 'node:http';
import { text } from 'node:stream/consumers';
import type { Defer } from '../support/cleanup.js';
import { listenOnLoopback } from '../support/listen.js';

export const CLIENT = { id: 'client-1', secret: 'client-secret' };
type Event = { id: string; status?: string } & Record<string, unknown>;
type Pending = { challenge: string; redirect: string };

/** What Google's OAuth and Calendar endpoints do, as far as they are documented and asked here. */
export class GoogleStandIn {
  url = '';
  /** By calendar: its events in the order in which they were changed. */
  readonly calendars = new Map<string, Event[]>();
  readonly asked: string[] = [];
  readonly #codes = new Map<string, Pending>();
  readonly #refreshTokens = new Set<string>();
  readonly #accessTokens = new Set<string>();
  /** Sync tokens of before this change hold no more. */
  forgetsBefore = 0;
  pageSize = 2;
  down = false;

  static async start(defer: Defer): Promise<GoogleStandIn> {
    const google = new GoogleStandIn();
    const server = http.createServer((request, response) => {
      void google.#answer(request).then(({ status = 200, headers = {}, body }) => {
        const json = { 'content-type': 'application/json', ...headers };
        response.writeHead(status, json).end(body === undefined ? '' : JSON.stringify(body));
      });
    });
    const { url, close } = await listenOnLoopback(server);
    defer(close);
    google.url = url;
    return google;
  }

  get endpoints() {
    const { url } = this;
    return {
      login: `${url}/auth`,
      token: `${url}/token`,
      revoke: `${url}/revoke`,
      api: `${url}/api`,
    };
  }

  get logins(): number {
    return this.#refreshTokens.size;
  }

  /** Adds an event, or another state of it. */
  put(calendar: string, event: Event): void {
    this.calendars.set(calendar, [...(this.calendars.get(calendar) ?? []), event]);
  }

  endLogins(): void {
    this.#refreshTokens.clear();
    this.#accessTokens.clear();
  }

  endAccess(): void {
    this.#accessTokens.clear();
  }

  /** What a person's browser does on the login page: allows (or declines) and goes back. */
  async allow(page: string, how: { declines?: boolean; state?: string } = {}): Promise<Response> {
    const { searchParams: asked } = new URL(page);
    const code = random();
    const redirect = asked.get('redirect_uri') ?? '';
    if (asked.get('code_challenge_method') !== 'S256') throw new Error('no PKCE');
    if (asked.get('client_id') !== CLIENT.id) throw new Error('another client');
    this.#codes.set(code, { challenge: asked.get('code_challenge') ?? '', redirect });
    const back = new URL(redirect);
    if (how.declines) back.searchParams.set('error', 'access_denied');
    else back.searchParams.set('code', code);
    back.searchParams.set('state', how.state ?? asked.get('state') ?? '');
    return fetch(back);
  }

  async #answer(request: http.IncomingMessage): Promise<Answer> {
    const url = new URL(request.url ?? '/', this.url);
    this.asked.push(`${request.method ?? ''} ${url.pathname}`);
    const form = new URLSearchParams(request.method === 'POST' ? await text(request) : '');
    if (this.down) return { status: 503, body: { error: { code: 503 } } };
    if (url.pathname === '/token') return this.#token(form);
    if (url.pathname === '/revoke') {
      const known = this.#refreshTokens.delete(form.get('token') ?? '');
      return known ? { body: {} } : { status: 400, body: { error: 'invalid_token' } };
    }
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    if (!this.#accessTokens.has(token)) return { status: 401, body: { error: { code: 401 } } };
    return this.#calendar(url);
  }

  #token(form: URLSearchParams): Answer {
    if (form.get('client_id') !== CLIENT.id || form.get('client_secret') !== CLIENT.secret) {
      return { status: 401, body: { error: 'invalid_client' } };
    }
    const access = { access_token: random(), expires_in: 3_600, token_type: 'Bearer' };
    if (form.get('grant_type') === 'refresh_token') {
      const known = this.#refreshTokens.has(form.get('refresh_token') ?? '');
      if (!known) return { status: 400, body: { error: 'invalid_grant' } };
      this.#accessTokens.add(access.access_token);
      return { body: access };
    }
    const pending = this.#codes.get(form.get('code') ?? '');
    this.#codes.delete(form.get('code') ?? '');
    const verifier = form.get('code_verifier') ?? '';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    if (pending?.challenge !== challenge || pending.redirect !== form.get('redirect_uri')) {
      return { status: 400, body: { error: 'invalid_grant' } };
    }
    const refresh = random();
    this.#refreshTokens.add(refresh);
    this.#accessTokens.add(access.access_token);
    return { body: { ...access, refresh_token: refresh } };
  }

  #calendar({ pathname, searchParams: query }: URL): Answer {
    if (pathname === '/api/users/me/calendarList') {
      const items = [...this.calendars.keys()].map((id, index) => {
        return { id, summary: `Calendar ${id}`, ...(index === 0 && { primary: true }) };
      });
      return { body: { items } };
    }
    const [, id = ''] = /^\/api\/calendars\/([^/]+)\/events$/.exec(pathname) ?? [];
    const changes = this.calendars.get(decodeURIComponent(id));
    if (!changes) return { status: 404, body: { error: { code: 404 } } };
    if (query.get('singleEvents') !== 'false') throw new Error('singleEvents');
    if (query.has('syncToken') && query.has('timeMin')) return { status: 400, body: {} };
    const since = Number(query.get('syncToken') ?? 0);
    if (query.has('syncToken') && since < this.forgetsBefore) return { status: 410, body: {} };
    const isFull = !query.has('syncToken');
    const newest = new Map(changes.slice(since).map((event) => [event.id, event]));
    const events = [...newest.values()].filter(
      ({ status, recurringEventId }) => !isFull || status !== 'cancelled' || recurringEventId,
    );
    const from = Number(query.get('pageToken') ?? 0);
    const items = events.slice(from, from + this.pageSize);
    const isLast = from + this.pageSize >= events.length;
    return {
      body: isLast
        ? { items, nextSyncToken: String(changes.length) }
        : { items, nextPageToken: String(from + this.pageSize) },
    };
  }
}

type Answer = { status?: number; headers?: Record<string, string>; body?: unknown };

function random(): string {
  return randomBytes(12).toString('hex');
}
