import { OptimizerError } from '@claude-optimizer/protocol';
import {
  failed,
  guardedRequest,
  type GuardedAnswer,
  type GuardedRequest,
} from './guarded-request.js';

const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const SECRET_HEADERS = new Set(['authorization', 'cookie']);

/**
 * A guarded request that follows up to 5 redirects, each checked as the first one. What proves who
 * asks goes only to hosts that `mayTell` accepts. Throws as `guardedRequest` does.
 */
export async function requestFollowing(
  url: URL,
  asked: GuardedRequest,
  mayTell: (host: URL) => boolean = (host) => host.origin === url.origin,
): Promise<GuardedAnswer> {
  let at = url;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const headers = mayTell(at) ? asked.headers : withoutSecrets(asked.headers ?? {});
    const answer = await guardedRequest(at, { ...asked, ...(headers && { headers }) });
    const { location } = answer.headers;
    if (!REDIRECTS.has(answer.status) || location === undefined) return answer;
    at = nextOf(at, location);
  }
  throw failed(url, `it redirects more than ${String(MOST_REDIRECTS)} times`);
}

function nextOf(at: URL, location: string): URL {
  const next = URL.canParse(location, at.href) ? new URL(location, at) : null;
  if (next === null) throw failed(at, 'it redirects to no address');
  if (at.protocol === 'https:' && next.protocol !== 'https:') {
    throw new OptimizerError('forbidden', `${at.host} redirects to an address without TLS.`, {
      fix: 'Use the address that it redirects to, with https://.',
    });
  }
  return next;
}

function withoutSecrets(headers: Record<string, string>): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !SECRET_HEADERS.has(name.toLowerCase()));
  return Object.fromEntries(kept);
}
