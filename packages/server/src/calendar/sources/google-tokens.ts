import { OptimizerError } from '@claude-optimizer/protocol';
import * as z from 'zod';
import { GOOGLE, type GoogleEndpoints } from './google-endpoints.js';
import type { Secret } from './secrets.js';

const TIMEOUT_MS = 30_000;
/** A token that ends within a minute may end on its way. */
const EARLY_MS = 60_000;

const tokensSchema = z.object({
  access_token: z.string(),
  expires_in: z.number().default(3_600),
  refresh_token: z.string().optional(),
});
const refusalSchema = z.object({ error: z.string() });

export type Tokens = { accessToken: string; accessUntil: number; refreshToken?: string };

/**
 * Asks Google for tokens by `grant` (a code or a refresh token). Throws `calendar_unavailable`; for
 * a login that holds no more (`invalid_grant`) it says to log in again.
 */
export async function askTokens(
  grant: Record<string, string>,
  { now, again, endpoints = GOOGLE }: { now: number; again: string; endpoints?: GoogleEndpoints },
): Promise<Tokens> {
  const response = await send(endpoints.token, new URLSearchParams(grant));
  const answer: unknown = await response.json().catch(() => null);
  const tokens = tokensSchema.safeParse(answer);
  if (response.ok && tokens.success) {
    const { access_token: accessToken, expires_in: seconds, refresh_token } = tokens.data;
    const accessUntil = Math.round(now + seconds * 1_000);
    return { accessToken, accessUntil, ...(refresh_token && { refreshToken: refresh_token }) };
  }
  const refusal = refusalSchema.safeParse(answer).data?.error ?? String(response.status);
  if (refusal === 'invalid_grant') throw loginEnded(again);
  if (refusal === 'invalid_client' || refusal === 'unauthorized_client') {
    throw new OptimizerError('calendar_unavailable', 'Google doesn’t know this OAuth client.', {
      fix: `Check client id and secret, then log in again: ${again}`,
    });
  }
  throw googleFailed(`it answers ${refusal}`);
}

/** The access token of a login, renewed when it ends; `keep` stores the new one. */
export async function accessToken(
  secret: Secret,
  keep: (secret: Secret) => void,
  context: { now: number; again: string; endpoints?: GoogleEndpoints },
): Promise<string> {
  const { accessToken: known, accessUntil = 0, refreshToken, clientId, clientSecret } = secret;
  if (known !== undefined && accessUntil - EARLY_MS > context.now) return known;
  if (refreshToken === undefined || clientId === undefined) throw loginEnded(context.again);
  const grant = {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: clientId,
    ...(clientSecret !== undefined && { client_secret: clientSecret }),
  };
  const tokens = await askTokens(grant, context);
  keep({ ...secret, ...tokens });
  return tokens.accessToken;
}

/** Tells Google that this login is over. Throws `calendar_unavailable` when it can't be told. */
export async function revokeLogin(token: string, endpoints = GOOGLE): Promise<void> {
  const response = await send(endpoints.revoke, new URLSearchParams({ token }));
  // 400: it was over already.
  if (!response.ok && response.status !== 400) {
    throw googleFailed(`it answers ${String(response.status)}`);
  }
}

async function send(url: string, body: URLSearchParams): Promise<Response> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  return fetch(url, { method: 'POST', body, signal, redirect: 'error' }).catch(() => {
    throw googleFailed('the connection failed');
  });
}

export function googleFailed(why: string): OptimizerError {
  return new OptimizerError('calendar_unavailable', `Google can't be asked: ${why}.`, {
    fix: 'It is asked again later; what was planned before stands.',
  });
}

export function loginEnded(again: string): OptimizerError {
  return new OptimizerError('calendar_unavailable', 'Google doesn’t accept this login any more.', {
    fix: `Log in again: ${again}`,
  });
}
