import type { IncomingMessage } from 'node:http';
import { OptimizerError } from '@claude-optimizer/protocol';

/** Why a request may not come in, or null when it may. */
export type Guard = (request: IncomingMessage) => OptimizerError | null;

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::(\d{1,5}))?$/;
const HTTP_PORT = '80';
const OWN_SITES = new Set([undefined, 'same-origin', 'none']);

/**
 * Lets in only this machine's own page and programs without an origin (such as curl): another
 * site's page can neither ask directly nor by giving our address a name of its own (DNS rebinding).
 * `port`: where we listen, known only once we do.
 */
export function createGuard(port: () => number, devOrigin?: string): Guard {
  return (request) => {
    const host = request.headers.host?.toLowerCase() ?? '';
    const named = LOOPBACK.exec(host);
    if (!named || Number(named[1] ?? HTTP_PORT) !== port()) return foreignHost(host, port());
    const { origin } = request.headers;
    const isDev = origin !== undefined && origin === devOrigin;
    if (origin !== undefined && origin !== `http://${host}` && !isDev) return foreignSite(origin);
    const site = request.headers['sec-fetch-site']?.toString();
    if (OWN_SITES.has(site) || isDev || isLinkFollowed(request)) return null;
    return foreignSite(`a ${site} page`);
  };
}

/** A click on a link to one of our pages elsewhere; what it shows stays ours. */
function isLinkFollowed({ method, url = '', headers }: IncomingMessage): boolean {
  return (
    method === 'GET' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document' &&
    !/^\/+(?:api|socket\.io)(?:\/|\?|$)/i.test(url)
  );
}

function foreignHost(host: string, port: number): OptimizerError {
  return new OptimizerError('host_refused', `The request was made to the host "${host}".`, {
    fix: `Use http://localhost:${port} or http://127.0.0.1:${port}.`,
  });
}

function foreignSite(from: string): OptimizerError {
  return new OptimizerError('forbidden', `The request comes from ${from}.`, {
    fix: 'Only the page that this server serves may ask it; open that one.',
  });
}
