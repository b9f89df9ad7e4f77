import { OptimizerError } from '@claude-optimizer/protocol';
import { requestFollowing } from './follow-redirects.js';
import { failed, guardedRequest, type GuardedRequest, type Lookup } from './guarded-request.js';

const MOST_BYTES = 50 * 1024 * 1024;
/** Status codes that must not have a body. */
const EMPTY = new Set([204, 205, 304]);
/** Under which everybody can have a name, besides the ending itself. */
const SHARED_ENDINGS = /^(?:ac|co|com|edu|gov|net|org)\.[a-z]{2}$/;

export type DavLogin = {
  serverUrl: string;
  username: string;
  password: string;
  allowPrivate: boolean;
  lookup?: Lookup;
};

/**
 * `fetch` as tsdav asks for it, by guarded requests with the login. It throws for what tsdav would
 * take for an empty answer. `lenient`: while an account is looked for, any status may be.
 */
export function davFetch(login: DavLogin, lenient: boolean): typeof fetch {
  const server = new URL(login.serverUrl);
  const { username, password, allowPrivate, lookup } = login;
  const pair = Buffer.from(`${username}:${password}`).toString('base64');
  // Nobody waits four times for a server that doesn't answer.
  let broken: OptimizerError | null = null;
  return async (input, init = {}) => {
    if (broken) throw broken;
    const url = new URL(input instanceof Request ? input.url : input);
    const { method = 'GET' } = init;
    const asked: GuardedRequest = {
      method,
      headers: { ...plain(init.headers), authorization: `Basic ${pair}` },
      ...(typeof init.body === 'string' && { body: init.body }),
      ...{ allowPrivate, mostBytes: MOST_BYTES, ...(lookup && { lookup }) },
    };
    try {
      const mayTell = (host: URL) => isOfServer(server, host);
      const { status, headers, body } =
        init.redirect === 'manual' && mayTell(url)
          ? await guardedRequest(url, asked)
          : await requestFollowing(url, asked, mayTell);
      if (status === 401) throw wrongLogin(server, username);
      const text = body.toString('utf8');
      if (!lenient) checkAnswer(url, method, status, text);
      const told = Object.entries(headers).map(([name, value]) => [name, String(value)]);
      return new Response(EMPTY.has(status) ? null : text, {
        status,
        headers: told as [string, string][],
      });
    } catch (error) {
      if (error instanceof OptimizerError && lenient) broken = error;
      throw error;
    }
  };
}

function checkAnswer(url: URL, method: string, status: number, text: string): void {
  if (status === 412) {
    throw new OptimizerError('conflict', 'The event has changed since it was read.', {
      fix: 'Look at it as it is now, and change it again.',
    });
  }
  if (status >= 300 || status < 200) throw failed(url, `it answers ${String(status)}`);
  if (method !== 'PROPFIND' && method !== 'REPORT') return;
  if (status !== 207) throw failed(url, 'it answers with something else than a calendar');
  if (
    !/<\/(?:[\w.-]+:)?multistatus\s*>\s*$/i.test(text) &&
    !/multistatus[^>]*\/>\s*$/i.test(text)
  ) {
    throw failed(url, 'its answer is cut off');
  }
}

/** Providers spread accounts over hosts: `caldav.example.com` sends to `p23.example.com`. */
function isOfServer(server: URL, host: URL): boolean {
  if (host.origin === server.origin) return true;
  if (host.protocol !== 'https:') return false;
  const parent = server.hostname.split('.').slice(1).join('.');
  const isShared = !parent.includes('.') || SHARED_ENDINGS.test(parent);
  const ending = isShared ? server.hostname : parent;
  return host.hostname === ending || host.hostname.endsWith(`.${ending}`);
}

function plain(headers: RequestInit['headers']): Record<string, string> {
  return Object.fromEntries(new Headers(headers));
}

function wrongLogin(server: URL, username: string): OptimizerError {
  return new OptimizerError(
    'calendar_unavailable',
    `${server.host} refuses the login of ${username}.`,
    { fix: 'Check user name and password; many servers want an app password of their own.' },
  );
}
