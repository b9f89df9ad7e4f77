import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Readable } from 'node:stream';
import { OptimizerError } from '@claude-optimizer/protocol';
import { isLoopback, mayAsk } from './address-guard.js';
import { checkSize, MOST_BYTES } from './calendar-text.js';

const TIMEOUT_MS = 30_000;

export type Lookup = (host: string) => Promise<{ address: string; family: number }[]>;

export type GuardedRequest = {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Addresses of this machine and of private networks may be asked, loopback also without TLS. */
  allowPrivate: boolean;
  timeoutMs?: number;
  mostBytes?: number;
  /** Answers for a host; the system's, unless a test has its own. */
  lookup?: Lookup;
};

export type GuardedAnswer = {
  url: URL;
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
};

/**
 * One request, without redirects, to an address that may be asked. The address is checked when the
 * connection is made, so a name that resolves to another one by then gains nothing. Throws
 * `forbidden` for an address that may not be asked and `calendar_unavailable` for failures; the
 * words name the host alone, as the rest of the address may be a secret.
 */
export async function guardedRequest(url: URL, asked: GuardedRequest): Promise<GuardedAnswer> {
  const { allowPrivate, timeoutMs = TIMEOUT_MS } = asked;
  checkAddress(url, allowPrivate);
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await send(url, asked, signal);
    const body = await read(response, url, asked.mostBytes ?? MOST_BYTES);
    return { url, status: response.statusCode ?? 0, headers: response.headers, body };
  } catch (error) {
    if (error instanceof OptimizerError) throw error;
    throw failed(url, signal.aborted ? `no answer within ${timeoutMs / 1_000} s` : wordOf(error));
  }
}

/** Throws `forbidden` unless the scheme may be used and the host, where it is an IP, be asked. */
function checkAddress(url: URL, allowPrivate: boolean): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !mayAsk(host, allowPrivate)) throw refusedAddress(url.host);
  if (url.protocol === 'https:') return;
  const isLocal = host === 'localhost' || isLoopback(host);
  if (url.protocol === 'http:' && isLocal && allowPrivate) return;
  throw new OptimizerError('forbidden', `${url.host} is asked by ${url.protocol} without TLS.`, {
    fix: 'Use an https:// address.',
  });
}

function send(url: URL, asked: GuardedRequest, signal: AbortSignal): Promise<http.IncomingMessage> {
  const { method = 'GET', headers = {}, body, allowPrivate } = asked;
  const lookup = guardedLookup(url, allowPrivate, asked.lookup ?? systemLookup);
  const isLocal = url.protocol === 'http:';
  return new Promise((resolve, reject) => {
    const request = (isLocal ? http : https).request(
      {
        method,
        host: url.hostname.replace(/^\[|\]$/g, ''),
        port: url.port || (isLocal ? 80 : 443),
        path: `${url.pathname}${url.search}`,
        headers: { 'accept-encoding': 'gzip, br', ...headers, host: url.host },
        // A connection that is kept was made for another check.
        agent: false,
        lookup,
        signal,
      },
      resolve,
    );
    request.on('socket', (socket) => {
      socket.on('connect', () => {
        const { remoteAddress = '' } = socket;
        const isMeant = isLocal ? isLoopback(remoteAddress) : true;
        if (!isMeant || !mayAsk(remoteAddress, allowPrivate)) {
          request.destroy(refusedAddress(url.host));
        }
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Resolves a host and refuses it when one of its addresses may not be asked. */
function guardedLookup(url: URL, allowPrivate: boolean, lookup: Lookup): LookupFunction {
  return (host, options, callback) => {
    lookup(host).then(
      (found) => {
        const [first] = found;
        if (!first || found.some(({ address }) => !mayAsk(address, allowPrivate))) {
          callback(refusedAddress(url.host), '');
        } else if (options.all) callback(null, found);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error as NodeJS.ErrnoException, ''),
    );
  };
}

function systemLookup(host: string) {
  return dns.promises.lookup(host, { all: true, verbatim: true });
}

async function read(response: http.IncomingMessage, url: URL, most: number): Promise<Buffer> {
  const announced = Number(response.headers['content-length'] ?? 0);
  if (announced > most) {
    response.destroy();
    checkSize(announced, url.host, most);
  }
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of unpacked(response) as AsyncIterable<Buffer>) {
    bytes += part.length;
    // Leaving the loop destroys what is still to come.
    if (bytes > most) checkSize(bytes, url.host, most);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function unpacked(response: http.IncomingMessage): Readable {
  const unpacker = {
    gzip: createGunzip,
    'x-gzip': createGunzip,
    deflate: createInflate,
    br: createBrotliDecompress,
  }[response.headers['content-encoding']?.trim().toLowerCase() ?? ''];
  if (!unpacker) return response;
  const out = unpacker();
  response.on('error', (error) => out.destroy(error));
  out.on('close', () => response.destroy());
  return response.pipe(out);
}

export function failed(url: URL, why: string): OptimizerError {
  return new OptimizerError('calendar_unavailable', `${url.host} can't be asked: ${why}.`, {
    fix: 'It is asked again later; what was planned before stands.',
  });
}

/** A code of the system or TLS, never a message: that may hold the address. */
function wordOf(error: unknown): string {
  const { code, errors } = error as { code?: unknown; errors?: { code?: unknown }[] };
  const word = typeof code === 'string' ? code : errors?.[0]?.code;
  return typeof word === 'string' ? word : 'the connection failed';
}

function refusedAddress(host: string): OptimizerError {
  return new OptimizerError('forbidden', `${host} is an address of a private network.`, {
    fix: 'If it is yours, allow private addresses for this calendar (--allow-private).',
  });
}
