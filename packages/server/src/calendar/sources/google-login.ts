import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { OptimizerError } from '@claude-optimizer/protocol';
import { GOOGLE, GOOGLE_SCOPE, type GoogleEndpoints } from './google-endpoints.js';
import { googleCalendars } from './google-api.js';
import { askTokens } from './google-tokens.js';
import type { Secret } from './secrets.js';

const TIMEOUT_MS = 5 * 60_000;

type Options = {
  clientId: string;
  clientSecret?: string;
  /** Shows the page to the person: a browser, and the address where there is none. */
  open: (url: string) => Promise<void> | void;
  now: () => number;
  timeoutMs?: number;
  /** Nobody waits for it any more. */
  signal?: AbortSignal;
  /** Google's own, unless a test has its stand-in. */
  endpoints?: GoogleEndpoints;
};

export type GoogleLogin = { secret: Secret; account: string | null };

/**
 * Logs in with the person's own OAuth client (of the type "Desktop app"): the browser comes back to
 * a port of this machine, with PKCE and a state that only this login knows. Throws `forbidden` when
 * the person declines, `calendar_unavailable` when nobody comes back within five minutes.
 */
export async function logInToGoogle(options: Options): Promise<GoogleLogin> {
  const { clientId, clientSecret, open, now, timeoutMs = TIMEOUT_MS, signal } = options;
  const { endpoints = GOOGLE } = options;
  const [state, verifier] = [random(), random()];
  const server = http.createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const redirect = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const coming = codeFrom(server, state, { timeoutMs, signal });
    // Of a page that can't be opened the failure is told below.
    coming.catch(() => undefined);
    await open(loginPage(endpoints, { clientId, redirect, state, verifier }));
    const grant = {
      grant_type: 'authorization_code',
      code: await coming,
      redirect_uri: redirect,
      client_id: clientId,
      code_verifier: verifier,
      ...(clientSecret !== undefined && { client_secret: clientSecret }),
    };
    const again = 'claude-optimizer calendar add google';
    const { refreshToken, ...tokens } = await askTokens(grant, { now: now(), again, endpoints });
    if (refreshToken === undefined) throw noRefreshToken();
    const calendars = await googleCalendars({ token: tokens.accessToken, endpoints });
    const secret = { clientId, ...(clientSecret !== undefined && { clientSecret }), ...tokens };
    const account = calendars.find(({ primary }) => primary)?.id ?? null;
    return { secret: { ...secret, refreshToken }, account };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

function loginPage(
  { login }: GoogleEndpoints,
  to: { clientId: string; redirect: string; state: string; verifier: string },
): string {
  const url = new URL(login);
  const parameters = {
    client_id: to.clientId,
    redirect_uri: to.redirect,
    response_type: 'code',
    scope: GOOGLE_SCOPE,
    state: to.state,
    code_challenge: createHash('sha256').update(to.verifier).digest('base64url'),
    code_challenge_method: 'S256',
    // A refresh token is given with the first consent only, unless consent is asked for.
    access_type: 'offline',
    prompt: 'consent',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** The code that the browser brings back with the right state; any other visit changes nothing. */
function codeFrom(
  server: http.Server,
  state: string,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal | undefined },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(nobodyCame(timeoutMs)), timeoutMs);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(nobodyCame(timeoutMs));
    });
    server.on('request', (request, response) => {
      const { searchParams: told } = new URL(request.url ?? '/', 'http://127.0.0.1');
      const code = told.get('code');
      if (!isSame(told.get('state') ?? '', state) || (code === null && !told.has('error'))) {
        response.writeHead(400, HTML).end('This is not the login that was started.');
        return;
      }
      clearTimeout(timer);
      const said = code === null ? 'Nothing was connected.' : 'The calendar is connected.';
      response.writeHead(200, HTML).end(`${said} You can close this page.`, () => {
        if (code === null) reject(declined());
        else resolve(code);
      });
    });
  });
}

const HTML = {
  'content-type': 'text/plain; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
};

function isSame(a: string, b: string): boolean {
  const [one, other] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}

function random(): string {
  return randomBytes(32).toString('base64url');
}

function declined(): OptimizerError {
  return new OptimizerError('forbidden', 'The login at Google was declined.', {
    fix: 'Log in again and allow reading the calendars.',
  });
}

function nobodyCame(timeoutMs: number): OptimizerError {
  const minutes = String(Math.round(timeoutMs / 60_000));
  return new OptimizerError('calendar_unavailable', `Nobody logged in within ${minutes} minutes.`, {
    fix: 'Start the login again and finish it in the browser.',
  });
}

function noRefreshToken(): OptimizerError {
  return new OptimizerError('calendar_unavailable', 'Google gave no lasting login.', {
    fix: 'The OAuth client must be of the type "Desktop app". Make such a one and log in again.',
  });
}
