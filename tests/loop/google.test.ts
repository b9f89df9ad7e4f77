import type { CalendarState, GoogleLoginBody } from '@claude-optimizer/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { readCalendarsHere } from '../../packages/server/src/calendar/ics/read-calendars-here.js';
import { GoogleSource } from '../../packages/server/src/calendar/sources/google.js';
import { logInToGoogle } from '../../packages/server/src/calendar/sources/google-login.js';
import { GoogleLogins } from '../../packages/server/src/calendar/sources/google-logins.js';
import { revokeLogin } from '../../packages/server/src/calendar/sources/google-tokens.js';
import type { Secret } from '../../packages/server/src/calendar/sources/secrets.js';
import { undoAfter } from '../support/cleanup.js';
import { until } from '../support/until.js';
import { CLIENT, GoogleStandIn } from './google-stand-in.js';

const defer = undoAfter('each');
const ME = 'me@example.com';
let google: GoogleStandIn;
let secret: Secret;
let now = Date.parse('2026-03-20T09:00:00Z');

beforeEach(async () => {
  google = await GoogleStandIn.start(defer);
  google.calendars.set(ME, []);
  now = Date.parse('2026-03-20T09:00:00Z');
});

const logIn = (open: (url: string) => unknown, timeoutMs = 10_000) =>
  logInToGoogle({
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    open: async (url) => {
      await open(url);
    },
    now: () => now,
    timeoutMs,
    endpoints: google.endpoints,
  });
const loggedIn = async (calendars: string[] = []) => {
  ({ secret } = await logIn((page) => google.allow(page)));
  const keep = (next: Secret) => (secret = next);
  const { endpoints } = google;
  return new GoogleSource({
    ...{ id: 'g', calendars, secret: () => secret, keep, now: () => now, endpoints },
  });
};

describe('logging in', () => {
  it('brings a lasting login and whose it is', async () => {
    const { secret: got, account } = await logIn((page) => google.allow(page));
    expect(account).toBe(ME);
    expect(got).toMatchObject({ clientId: CLIENT.id, clientSecret: CLIENT.secret });
    expect(got.refreshToken).toMatch(/^\w+$/);
    expect(google.logins).toBe(1);
    await revokeLogin(got.refreshToken ?? '', google.endpoints);
    expect(google.logins).toBe(0);
  });

  it('asks on a loopback port of this machine for reading alone', async () => {
    let page = '';
    await logIn((url) => google.allow((page = url)));
    const { searchParams: asked } = new URL(page);
    expect(asked.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(asked.get('scope')).toBe('https://www.googleapis.com/auth/calendar.readonly');
    expect(page).not.toContain(CLIENT.secret);
    await expect(fetch(asked.get('redirect_uri') ?? '')).rejects.toThrow();
  });

  it('takes no code that comes with another state', async () => {
    const { account } = await logIn(async (page) => {
      const forged = await google.allow(page, { state: 'x' });
      expect(forged.status).toBe(400);
      await google.allow(page);
    });
    expect(account).toBe(ME);
  });

  it('says that it was declined, and that nobody came', async () => {
    const declined = logIn((page) => google.allow(page, { declines: true }));
    await expect(declined).rejects.toMatchObject({ code: 'forbidden' });
    await expect(logIn(() => undefined, 50)).rejects.toThrow(/Nobody logged in/);
  });
});

describe('logging in from the page', () => {
  const begin = async (body: GoogleLoginBody) => {
    const asked: unknown[] = [];
    const kept = { clientId: CLIENT.id, clientSecret: CLIENT.secret };
    const added = (calendar: unknown) => {
      asked.push(calendar);
      return Promise.resolve({ id: 'g' } as CalendarState);
    };
    const logins = new GoogleLogins({
      calendars: { add: added, change: (id, change) => added({ id, ...change }) },
      secrets: { of: (id) => (id === 'g' ? kept : {}) },
      ...{ now: () => now, endpoints: google.endpoints },
    });
    defer(() => logins.close());
    return { logins, asked, ...(await logins.begin(body)) };
  };
  const ended = (logins: GoogleLogins, id: string) =>
    until('the login', () => {
      const state = logins.state(id);
      return state.state === 'waiting' ? null : state;
    });
  const client = { clientId: CLIENT.id, clientSecret: CLIENT.secret };

  it('adds the calendar when the person has allowed it', async () => {
    const { logins, asked, id, page } = await begin({ name: 'Mine', trust: 'always', ...client });
    expect(logins.state(id)).toEqual({ state: 'waiting', calendar: null, error: null });
    await google.allow(page);
    expect(await ended(logins, id)).toEqual({ state: 'done', calendar: 'g', error: null });
    expect(asked).toMatchObject([
      { kind: 'google', name: 'Mine', trust: 'always', username: ME, ...client },
    ]);
    expect(asked).toMatchObject([{ refreshToken: expect.stringMatching(/^\w+$/) as string }]);
  });

  it('logs in anew with the client that is kept', async () => {
    const { logins, asked, id, page } = await begin({ calendar: 'g' });
    await google.allow(page);
    expect(await ended(logins, id)).toMatchObject({ state: 'done' });
    expect(asked).toMatchObject([{ id: 'g', enabled: true, ...client }]);
  });

  it('says that it was declined, and takes no more than a few', async () => {
    const { logins, asked, id, page } = await begin(client);
    await google.allow(page, { declines: true });
    expect(await ended(logins, id)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('declined') as string,
    });
    expect(asked).toEqual([]);
    for (let count = 0; count < 5; count += 1) await logins.begin(client);
    await expect(logins.begin(client)).rejects.toMatchObject({ code: 'conflict' });
    await expect(logins.begin({ calendar: 'x' })).rejects.toThrow(/clientId is missing/);
    expect(() => logins.state('x')).toThrow(/no such login/);
  });
});

describe('calendars at Google', () => {
  const read = (objects: { ics: string }[]) => {
    const { plans, problems } = readCalendarsHere({
      ...{ source: 'g', objects: objects.map(({ ics }) => ics), zone: 'UTC', me: [ME] },
      ...{ from: now, to: now + 30 * 86_400_000 },
    });
    return { problems, starts: plans.map((plan) => `${plan.title} ${iso(plan.startsAt)}`) };
  };

  it('gives all events, page by page, then only what has changed', async () => {
    for (const [index, id] of ['a', 'b', 'c'].entries()) {
      google.put(ME, once(id, `2026-03-2${String(index + 1)}T10:00:00Z`));
    }
    const source = await loggedIn();
    const first = await source.fetch('');
    expect(read(first?.objects ?? []).starts).toEqual([
      'Claude: a 2026-03-21T10:00',
      'Claude: b 2026-03-22T10:00',
      'Claude: c 2026-03-23T10:00',
    ]);
    expect(await source.fetch(first?.memory ?? '')).toBeNull();
    google.put(ME, once('b', '2026-03-25T11:30:00Z'));
    google.put(ME, { id: 'c', status: 'cancelled' });
    const second = await source.fetch(first?.memory ?? '');
    expect(read(second?.objects ?? []).starts).toEqual([
      'Claude: a 2026-03-21T10:00',
      'Claude: b 2026-03-25T11:30',
    ]);
    google.forgetsBefore = 100;
    google.put(ME, { id: 'a', status: 'cancelled' });
    const third = await source.fetch(second?.memory ?? '');
    expect(read(third?.objects ?? []).starts).toEqual(['Claude: b 2026-03-25T11:30']);
  });

  it('keeps the local time of a series over the change of the clocks, with its exceptions', async () => {
    const zone = { timeZone: 'Europe/Berlin' };
    google.put(ME, {
      ...once('s', '2026-03-28T09:00:00+01:00', zone),
      recurrence: ['RRULE:FREQ=DAILY;COUNT=4', 'EXDATE;TZID=Europe/Berlin:20260331T090000'],
    });
    const at = (start: string) => ({ dateTime: start, ...zone });
    google.put(ME, {
      ...once('s_2', '2026-03-30T15:00:00+02:00', zone),
      ...{ recurringEventId: 's', originalStartTime: at('2026-03-30T09:00:00+02:00') },
      iCalUID: 's@google.com',
    });
    google.put(ME, {
      ...{ id: 's_1', status: 'cancelled', recurringEventId: 's' },
      originalStartTime: { dateTime: '2026-03-29T07:00:00Z' },
    });
    const source = await loggedIn();
    expect(read((await source.fetch(''))?.objects ?? [])).toEqual({
      problems: [],
      starts: ['Claude: s 2026-03-28T08:00', 'Claude: s_2 2026-03-30T13:00'],
    });
  });

  it('brings nothing of others to a start: an invitation is a problem, not a plan', async () => {
    google.put(ME, {
      ...once('x', '2026-03-21T10:00:00Z'),
      organizer: { email: 'stranger@example.com' },
      attendees: [{ email: ME, self: true, responseStatus: 'needsAction' }],
      description: 'hello\nEND:VEVENT\nBEGIN:VEVENT\nUID:y\nSUMMARY:Claude: forged',
    });
    const { starts, problems } = read((await (await loggedIn()).fetch(''))?.objects ?? []);
    expect(starts).toEqual([]);
    expect(problems.map(({ message }) => message).join()).toContain('stranger@example.com');
  });

  it('reads only the calendars that were chosen, and names those that there are', async () => {
    google.calendars.set('team@group.example.com', []);
    google.put('team@group.example.com', once('t', '2026-03-21T10:00:00Z'));
    const chosen = await loggedIn(['Calendar team@group.example.com']);
    expect((await chosen.fetch(''))?.objects).toHaveLength(1);
    await expect((await loggedIn(['gone'])).fetch('')).rejects.toMatchObject({
      code: 'not_found',
      fix: expect.stringContaining('Calendar team@group.example.com') as string,
    });
  });

  it('renews its access when that ends, and says when the login has ended', async () => {
    google.put(ME, once('a', '2026-03-21T10:00:00Z'));
    const source = await loggedIn();
    const first = await source.fetch('');
    now += 2 * 3_600_000;
    const asked = google.asked.length;
    expect(await source.fetch(first?.memory ?? '')).toBeNull();
    expect(google.asked.slice(asked)).toContain('POST /token');
    // Ended before its time: one fetch fails, the next one has another.
    google.endAccess();
    const refused = source.fetch(first?.memory ?? '');
    await expect(refused).rejects.toMatchObject({ code: 'calendar_unavailable' });
    expect(await source.fetch(first?.memory ?? '')).toBeNull();
    google.endLogins();
    await source.fetch('').catch(() => null);
    await expect(source.fetch('')).rejects.toMatchObject({
      fix: 'Log in again: claude-optimizer calendar login g',
    });
  });

  it('fails, and never answers less, while Google is down', async () => {
    google.put(ME, once('a', '2026-03-21T10:00:00Z'));
    const source = await loggedIn();
    const first = await source.fetch('');
    google.down = true;
    for (const memory of ['', first?.memory ?? '']) {
      const failure = source.fetch(memory);
      await expect(failure).rejects.toMatchObject({ code: 'calendar_unavailable' });
    }
    google.down = false;
    expect(await source.fetch(first?.memory ?? '')).toBeNull();
  });
});

function once(id: string, start: string, zone: { timeZone?: string } = {}) {
  const end = new Date(Date.parse(start) + 3_600_000).toISOString();
  return {
    ...{ id, status: 'confirmed', iCalUID: `${id}@google.com`, summary: `Claude: ${id}` },
    description: 'project: shop<br>- [ ] Build auth, tests; and more',
    start: { dateTime: start, ...zone },
    end: { dateTime: end, ...zone },
    organizer: { email: ME, self: true },
  };
}

function iso(at: number): string {
  return new Date(at).toISOString().slice(0, 16);
}
