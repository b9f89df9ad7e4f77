import {
  OptimizerError,
  type CalendarBody,
  type CalendarSourceSettings,
} from '@claude-optimizer/protocol';
import { calendarAddress } from './ics-url.js';
import type { Secret } from './secrets.js';

/** By kind: others can write into a calendar of an account, and anybody into what an address gives. */
export const TRUST_OF_KIND: Record<
  CalendarSourceSettings['kind'],
  CalendarSourceSettings['trust']
> = { 'ics-file': 'confirm', caldav: 'confirm', google: 'confirm', 'ics-url': 'always' };

/**
 * What a calendar to be added comes to: its settings and, apart from them, its secret. Throws
 * `bad_request`, naming the field that is missing or wrong and never its content.
 */
export function settingsOf(
  body: CalendarBody,
  id: string,
): { settings: CalendarSourceSettings; secret: Secret } {
  const { kind, name, enabled = true, calendars = [], allowPrivate = false } = body;
  const trust = body.trust ?? TRUST_OF_KIND[kind];
  const common = { id, kind, name, trust, enabled, calendars, allowPrivate };
  switch (kind) {
    case 'ics-file':
      return { settings: { ...common, path: needed(body.path, 'path') }, secret: {} };
    case 'ics-url': {
      const url = needed(body.url, 'url').trim();
      // Its host alone may be shown.
      const { protocol, host } = calendarAddress(url);
      return { settings: { ...common, serverUrl: `${protocol}//${host}` }, secret: { url } };
    }
    case 'caldav': {
      const serverUrl = davAddress(needed(body.serverUrl, 'serverUrl'));
      const username = needed(body.username, 'username');
      const secret = { password: needed(body.password, 'password') };
      return { settings: { ...common, serverUrl, username }, secret };
    }
    case 'google': {
      const { username, clientSecret, refreshToken } = body;
      const secret: Secret = { clientId: needed(body.clientId, 'clientId') };
      if (clientSecret) secret.clientSecret = clientSecret;
      if (refreshToken) secret.refreshToken = refreshToken;
      return { settings: { ...common, ...(username && { username }) }, secret };
    }
  }
}

/** An id that says what it is, such as `work-calendar-2`. */
export function idFor(name: string, taken: ReadonlySet<string>): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  const base = plain.replace(/^-+|-+$/g, '').slice(0, 32) || 'calendar';
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? base : `${base}-${String(count)}`;
    if (!taken.has(id)) return id;
  }
}

function davAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new OptimizerError('bad_request', 'serverUrl is no address of a server.', {
      fix: 'It begins with https://, as your provider tells it for CalDAV.',
    });
  }
  if (url.username === '' && url.password === '') return url.href;
  throw new OptimizerError('bad_request', 'serverUrl holds a user name or password.', {
    fix: 'Give them in their own fields: username and password.',
  });
}

function needed(value: string | undefined, field: string): string {
  if (value !== undefined && value.trim() !== '') return value;
  throw new OptimizerError('bad_request', `${field} is missing.`, {
    fix: 'ics-file needs path; ics-url url; caldav serverUrl, username, password; google clientId.',
  });
}
