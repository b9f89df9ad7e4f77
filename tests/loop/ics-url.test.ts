import { createHash } from 'node:crypto';
import http from 'node:http';
import { beforeEach, expect, it } from 'vitest';
import { IcsUrlSource } from '../../packages/server/src/calendar/sources/ics-url.js';
import { undoAfter } from '../support/cleanup.js';
import { listenOnLoopback } from '../support/listen.js';

const defer = undoAfter('each');
const CALENDAR = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n';
let url = '';
let asked: http.IncomingMessage[] = [];
let body = CALENDAR;
let answer: http.RequestListener = () => undefined;

/** Gives `body` with its ETag, and 304 to who has it. */
const withEtag: http.RequestListener = (request, response) => {
  const etag = `"${createHash('sha256').update(body).digest('hex')}"`;
  if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
  else response.writeHead(200, { etag }).end(body);
};

beforeEach(async () => {
  [asked, body, answer] = [[], CALENDAR, withEtag];
  const server = http.createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  const listening = await listenOnLoopback(server);
  defer(listening.close);
  url = `${listening.url}/private-s3cret/basic.ics?key=s3cret`;
});

const source = (address = url, allowPrivate = true) =>
  new IcsUrlSource({ id: 'u', address, allowPrivate });

it('asks for what has changed since, and only then gives it', async () => {
  const calendar = source();
  const first = await calendar.fetch('');
  expect(first?.objects).toEqual([{ ics: CALENDAR, ref: null, etag: null }]);
  expect(first?.memory).not.toContain('s3cret');
  expect(await calendar.fetch(first?.memory ?? '')).toBeNull();
  const { etag } = JSON.parse(first?.memory ?? '') as { etag: string };
  expect(asked[1]?.headers['if-none-match']).toBe(etag);
  body = CALENDAR.replace('VERSION', 'X-CHANGED:1\r\nVERSION');
  const second = await calendar.fetch(first?.memory ?? '');
  expect(second?.objects[0]?.ics).toBe(body);
});

it('sees that nothing has changed also where the server can’t tell', async () => {
  answer = (_request, response) => response.end(body);
  const first = await source().fetch('');
  expect(await source().fetch(first?.memory ?? '')).toBeNull();
});

it.each([
  ['a login page', '<!doctype html><html>Sign in</html>', 200],
  ['nothing', '', 200],
  ['half a calendar', CALENDAR.slice(0, 30), 200],
  ['not found', CALENDAR, 404],
  ['no entry', CALENDAR, 403],
  ['an error', CALENDAR, 500],
  ['304 without being asked', '', 304],
])('takes %s for a failure, never for an empty calendar', async (_what, text, status) => {
  answer = (_request, response) => response.writeHead(status).end(text);
  const failure = await source()
    .fetch('')
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Error);
  const words = JSON.stringify(failure, Object.getOwnPropertyNames(failure));
  expect(words).toContain(new URL(url).host);
  expect(words).not.toContain('s3cret');
});

it('signs in with what stands in the address, and says neither', async () => {
  const address = url.replace('http://', 'http://alice:p%40ss@');
  await source(address).fetch('');
  const sent = Buffer.from(asked[0]?.headers.authorization?.slice(6) ?? '', 'base64').toString();
  expect(sent).toBe('alice:p@ss');
  expect(asked[0]?.headers.host).toBe(new URL(url).host);
});

it('follows redirects, but not to where it may not ask', async () => {
  answer = (request, response) => {
    if (request.url === '/there') withEtag(request, response);
    else response.writeHead(301, { location: '/there' }).end();
  };
  expect((await source().fetch(''))?.objects).toHaveLength(1);
  answer = (_request, response) => {
    response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
  };
  await expect(source().fetch('')).rejects.toMatchObject({ code: 'forbidden' });
});

it('asks this machine only where that is allowed', async () => {
  await expect(source(url, false).fetch('')).rejects.toMatchObject({ code: 'forbidden' });
  const https = url.replace('http:', 'https:');
  await expect(source(https, false).fetch('')).rejects.toMatchObject({ code: 'forbidden' });
  expect(asked).toEqual([]);
});

it.each([
  '',
  'nonsense',
  'ftp://calendar.example/s3cret',
  'file:///etc/s3cret',
  'javascript:s3cret',
])('refuses %j without repeating it', (address) => {
  let failure: unknown;
  try {
    source(address);
  } catch (error) {
    failure = error;
  }
  expect(failure).toMatchObject({ code: 'bad_request' });
  expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain('s3cret');
});
