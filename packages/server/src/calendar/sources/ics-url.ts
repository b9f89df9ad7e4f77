import { createHash } from 'node:crypto';
import { OptimizerError } from '@claude-optimizer/protocol';
import * as z from 'zod';
import { checkWhole } from './calendar-text.js';
import { requestFollowing } from './follow-redirects.js';
import { failed, type Lookup } from './guarded-request.js';
import type { CalendarSource, Fetched } from './source.js';

type Options = { id: string; address: string; allowPrivate: boolean; lookup?: Lookup };

const memorySchema = z.object({
  etag: z.string().optional(),
  modified: z.string().optional(),
  /** Of the text: many servers give neither. */
  hash: z.string(),
});
type Memory = z.infer<typeof memorySchema>;

/** A calendar at an address (`https:`, `webcal:`), only read. The address is a secret. */
export class IcsUrlSource implements CalendarSource {
  readonly id: string;
  readonly writable = false;
  readonly #options: Options;
  readonly #url: URL;

  /** Throws `bad_request` for what is no address. */
  constructor(options: Options) {
    this.id = options.id;
    this.#options = options;
    this.#url = calendarAddress(options.address);
  }

  async fetch(memory: string): Promise<Fetched | null> {
    const before = memory === '' ? null : memorySchema.parse(JSON.parse(memory));
    const url = new URL(this.#url);
    const headers = { ...whenChanged(before), ...signedIn(url) };
    const { allowPrivate, lookup } = this.#options;
    const asked = { allowPrivate, headers, ...(lookup && { lookup }) };
    const answer = await requestFollowing(url, asked);
    if (answer.status === 304 && before !== null) return null;
    checkStatus(url, answer.status);
    const ics = answer.body.toString('utf8');
    checkWhole(ics, url.host);
    const hash = createHash('sha256').update(ics).digest('hex');
    if (hash === before?.hash) return null;
    const { etag, 'last-modified': modified } = answer.headers;
    const next: Memory = { hash, ...(etag && { etag }), ...(modified && { modified }) };
    return { objects: [{ ics, ref: null, etag: null }], memory: JSON.stringify(next) };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** The address of a calendar as an URL, `webcal:` as `https:`. Throws `bad_request`, without it. */
export function calendarAddress(address: string): URL {
  const text = address.trim().replace(/^webcals?:/i, 'https:');
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text);
  throw new OptimizerError('bad_request', 'This is no address of a calendar.', {
    fix: 'It begins with https:// or webcal://; copy it whole from the calendar’s settings.',
  });
}

function whenChanged(before: Memory | null): Record<string, string> {
  return {
    accept: 'text/calendar, */*;q=0.1',
    'user-agent': 'claude-optimizer',
    ...(before?.etag && { 'if-none-match': before.etag }),
    ...(before?.modified && { 'if-modified-since': before.modified }),
  };
}

/** User and password of the address as a header, and taken out of it. */
function signedIn(url: URL): Record<string, string> {
  const { username, password } = url;
  if (username === '' && password === '') return {};
  [url.username, url.password] = ['', ''];
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

function checkStatus(url: URL, status: number): void {
  if (status === 200) return;
  if (status === 401 || status === 403 || status === 404 || status === 410) {
    throw new OptimizerError(
      'calendar_unavailable',
      `${url.host} doesn't give the calendar (${String(status)}).`,
      { fix: 'Its secret address may have been reset: remove the calendar and add the new one.' },
    );
  }
  throw failed(url, `it answers ${String(status)}`);
}
