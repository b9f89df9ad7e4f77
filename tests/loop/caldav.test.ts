import fs from 'node:fs';
import path from 'node:path';
import { calendarListSchema, scheduleSchema, TOKEN_HEADER } from '@claude-optimizer/protocol';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readCalendarsHere } from '../../packages/server/src/calendar/ics/read-calendars-here.js';
import { CalDavSource } from '../../packages/server/src/calendar/sources/caldav.js';
import { CalendarFeeds } from '../../packages/server/src/calendar/sources/calendar-feeds.js';
import {
  MINUTE,
  NOW,
  Watched,
} from '../../packages/server/src/calendar/watcher/watching.fixture.js';
import { createLog } from '../../packages/server/src/log.js';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { PASSWORD, Radicale, skipWithoutRadicale, USER } from './radicale.js';

const deferAll = undoAfter('all');
const HOUR = 3_600_000;

describe.skipIf(skipWithoutRadicale)('calendars by CalDAV, at a real Radicale', () => {
  let server: Radicale;
  let count = 0;
  let calendar = '';

  beforeAll(async () => {
    server = await Radicale.start(deferAll);
  });
  beforeEach(async () => {
    calendar = `plans${String((count += 1))}`;
    await server.makeCalendar(calendar);
  });

  const source = (over: Partial<ConstructorParameters<typeof CalDavSource>[0]> = {}) =>
    new CalDavSource({
      ...{ id: 'dav', serverUrl: server.url, username: USER, password: PASSWORD },
      ...{ calendars: [calendar], allowPrivate: true, now: () => Date.now(), ...over },
    });
  const place = (uid: string) => `/${USER}/${calendar}/${uid}.ics`;
  const titles = (fetched: { objects: { ics: string }[] } | null) =>
    fetched?.objects.map(({ ics }) => /SUMMARY:(.*)\r?\n/.exec(ics)?.[1]).sort();

  it('sees what is added, moved and cancelled elsewhere, and nothing where nothing has changed', async () => {
    const dav = source();
    const empty = await dav.fetch('');
    expect(empty?.objects).toEqual([]);
    await server.put(place('a'), event('a', 'Claude: shop', HOUR));
    await server.put(place('b'), event('b', 'Claude: blog', 2 * HOUR));
    const both = await dav.fetch(empty?.memory ?? '');
    expect(titles(both)).toEqual(['Claude: blog', 'Claude: shop']);
    expect(await dav.fetch(both?.memory ?? '')).toBeNull();

    await server.put(place('a'), event('a', 'Claude: shop', 5 * HOUR));
    const moved = await dav.fetch(both?.memory ?? '');
    expect(moved?.objects.find(({ ics }) => ics.includes('UID:a'))?.ics).toContain(
      `DTSTART:${stamp(5 * HOUR)}`,
    );

    expect((await server.ask('DELETE', place('b'))).status).toBe(200);
    expect(titles(await dav.fetch(moved?.memory ?? ''))).toEqual(['Claude: shop']);
  });

  it('gives a series that began long ago and leaves out what is over', async () => {
    const day = 24 * HOUR;
    await server.put(place('s'), event('s', 'Claude: series', -400 * day, 'FREQ=WEEKLY'));
    await server.put(place('o'), event('o', 'Claude: over', -30 * day));
    expect(titles(await source().fetch(''))).toEqual(['Claude: series']);
  });

  it('writes, changes and removes an event, and refuses to over another change', async () => {
    const dav = source();
    const { ref, etag } = await dav.write(written('w', 'Claude: one', null, null));
    const first = await dav.fetch('');
    expect(titles(first)).toEqual(['Claude: one']);
    const object = first?.objects[0];
    expect(object).toMatchObject({ ref, etag });

    await dav.write(written('w', 'Claude: two', ref, etag));
    const stale = dav.write(written('w', 'Claude: three', ref, etag));
    await expect(stale).rejects.toMatchObject({ code: 'conflict' });
    const staleRemoval = dav.remove({ ref, etag });
    await expect(staleRemoval).rejects.toMatchObject({ code: 'conflict' });
    const again = dav.write(written('w', 'Claude: four', null, null));
    await expect(again).rejects.toMatchObject({ code: 'conflict' });

    const second = await dav.fetch(first?.memory ?? '');
    expect(titles(second)).toEqual(['Claude: two']);
    await dav.remove({ ref, etag: second?.objects[0]?.etag ?? null });
    expect((await dav.fetch(second?.memory ?? ''))?.objects).toEqual([]);
  });

  it('says which login is refused', async () => {
    const wrong = source({ password: 'wrong' }).fetch('');
    await expect(wrong).rejects.toMatchObject({
      code: 'calendar_unavailable',
      message: expect.stringContaining('refuses the login of alice') as string,
    });
    await expect(source({ password: 'wrong' }).fetch('')).rejects.not.toThrow(/wrong/);
  });

  it('names the calendars that there are when one is missing', async () => {
    await expect(source({ calendars: ['gone'] }).fetch('')).rejects.toMatchObject({
      code: 'not_found',
      fix: expect.stringContaining(calendar) as string,
    });
    expect((await server.ask('DELETE', `/${USER}/${calendar}/`)).status).toBe(200);
    await expect(source().fetch('')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('fails, and never answers less, while the server is down', async () => {
    await server.put(place('a'), event('a', 'Claude: shop', HOUR));
    const dav = source();
    const before = await dav.fetch('');
    await server.stop();
    for (const memory of ['', before?.memory ?? '']) {
      const failure = dav.fetch(memory);
      await expect(failure).rejects.toMatchObject({ code: 'calendar_unavailable' });
    }
    await server.up();
    expect(await dav.fetch(before?.memory ?? '')).toBeNull();
    expect(titles(await dav.fetch(''))).toEqual(['Claude: shop']);
  });

  async function startCalendar() {
    const folder = tempFolder(deferAll);
    const config = { projects: [{ name: 'shop', path: folder }] };
    fs.writeFileSync(path.join(folder, 'config.json'), JSON.stringify(config), { mode: 0o600 });
    const { url } = await startDaemon({ claudeDir: folder, dataDir: folder }, deferAll);
    const { token } = (await (await fetch(`${url}/api/token`)).json()) as { token: string };
    const ask = (method: string, path: string, body?: object) =>
      fetch(`${url}/api${path}`, {
        method,
        headers: { [TOKEN_HEADER]: token, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
    const plans = async () => {
      const [from, to] = [BEGAN, BEGAN + 24 * HOUR];
      const answer = await ask('GET', `/schedule?from=${iso(from)}&to=${iso(to)}`);
      return scheduleSchema.parse(await answer.json()).plans.map(({ plan }) => plan);
    };
    const hourOf = (at: number) => Math.round((at - BEGAN) / HOUR);
    const starts = async () => (await plans()).map(({ startsAt }) => hourOf(startsAt));
    const add = () => {
      const body = { kind: 'caldav', name: 'dav', serverUrl: server.url, username: USER };
      const more = { calendars: [calendar], allowPrivate: true, password: PASSWORD };
      return ask('POST', '/calendars', { ...body, ...more });
    };
    return { ask, add, plans, starts };
  }

  it('moves, changes and takes out plans from the page, over no other change', async () => {
    const { ask, add, plans, starts } = await startCalendar();
    await server.put(place('a'), event('a', 'Claude: shop', 2 * HOUR));
    await server.put(place('s'), event('s', 'Claude: shop', 3 * HOUR, 'FREQ=HOURLY;COUNT=3'));
    expect((await add()).status).toBe(201);
    expect(await starts()).toEqual([2, 3, 4, 5]);
    const startAt = (hour: number) => Math.floor(BEGAN / 1_000) * 1_000 + hour * HOUR;
    const move = (id = '', hour: number, from: number) =>
      ask('POST', `/schedule/plans/${id}/move`, { startsAt: startAt(hour), from: startAt(from) });

    const [once, , second] = await plans();
    expect((await move(once?.id, 8, 2)).status).toBe(204);
    expect((await move(second?.id, 9, 4)).status).toBe(204);
    expect(await starts()).toEqual([3, 5, 8, 9]);
    const kept = await (await server.ask('GET', place('s'))).text();
    expect(kept.match(/RECURRENCE-ID:/g)).toHaveLength(1);

    // Another app is quicker: its change stands and is shown.
    await server.put(place('a'), event('a', 'Claude: shop', 10 * HOUR));
    const stale = await move(once?.id, 12, 8);
    expect(stale.status).toBe(409);
    expect(await stale.text()).toContain('has changed since it was read');
    expect(await starts()).toEqual([3, 5, 9, 10]);
    // Nor is it changed for a page that shows it where it was.
    expect((await move(once?.id, 12, 8)).status).toBe(409);

    const [first, , , moved] = await plans();
    const edit = {
      ...{ project: 'shop', path: null, phase: 'Build', model: null, limits: {} },
      ...{ objectives: ['Build auth'], constraints: [], startsAt: startAt(11), minutes: 30 },
    };
    const seenOf = ({ startsAt = 0, contentHash = '' } = {}) => ({ startsAt, contentHash });
    const change = (plan: typeof moved, seen: object) =>
      ask('PUT', `/schedule/plans/${plan?.id ?? ''}`, { ...edit, seen });
    expect((await change(moved, { startsAt: startAt(8), contentHash: 'x' })).status).toBe(409);
    expect((await change(moved, seenOf(moved))).status).toBe(204);
    expect((await plans()).at(-1)).toMatchObject({
      ...{ id: moved?.id, startsAt: startAt(11), endsAt: startAt(11.5), phase: 'Build' },
      objectives: ['Build auth'],
    });

    expect((await ask('DELETE', `/schedule/plans/${first?.id ?? ''}`)).status).toBe(204);
    expect((await ask('DELETE', `/schedule/plans/${moved?.id ?? ''}`)).status).toBe(204);
    expect(await starts()).toEqual([5, 9]);
    expect((await server.ask('GET', place('a'))).status).toBe(404);
    const { lines } = (await (await ask('GET', '/audit')).json()) as {
      lines: { action: string }[];
    };
    const actions = lines.map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['moved', 'changed', 'removed']));
  });

  it('keeps the daemon’s plans while the server is down, and drops one that was cancelled', async () => {
    const { ask, starts } = await startCalendar();
    await server.put(place('a'), event('a', 'Claude: shop', 2 * HOUR));
    await server.put(place('b'), event('b', 'Claude: blog', 3 * HOUR));
    const body = { kind: 'caldav', name: 'dav', serverUrl: server.url, username: USER };
    const more = { calendars: [calendar], allowPrivate: true };
    const wrong = await ask('POST', '/calendars', { ...body, ...more, password: 'wrong' });
    expect(wrong.status).toBe(502);
    const added = await ask('POST', '/calendars', { ...body, ...more, password: PASSWORD });
    expect(added.status).toBe(201);
    expect(await added.text()).not.toContain(PASSWORD);
    expect(await starts()).toEqual([2, 3]);

    await server.put(place('a'), event('a', 'Claude: shop', 5 * HOUR));
    expect((await ask('POST', '/calendars/dav/refresh')).status).toBe(200);
    expect(await starts()).toEqual([3, 5]);

    await server.stop();
    for (let times = 0; times < 3; times += 1) {
      expect((await ask('POST', '/calendars/dav/refresh')).status).toBe(502);
    }
    expect(await starts()).toEqual([3, 5]);
    const { calendars } = calendarListSchema.parse(await (await ask('GET', '/calendars')).json());
    expect(calendars.find(({ id }) => id === 'dav')).toMatchObject({
      state: 'failing',
      failures: 3,
    });

    await server.up();
    expect((await server.ask('DELETE', place('b'))).status).toBe(200);
    expect((await ask('POST', '/calendars/dav/refresh')).status).toBe(200);
    expect(await starts()).toEqual([5]);
  });

  it('warns and starts what was planned while the server is down for an hour', async () => {
    const watched = await Watched.open();
    const about = { kind: 'caldav', name: 'dav', serverUrl: server.url, username: USER } as const;
    watched.set({ calendar: { sources: [{ id: 'dav', trust: 'automatic', ...about }] } });
    const now = () => watched.now;
    const { store, watcher } = watched;
    const feeds = new CalendarFeeds({
      ...{ store, now, random: () => 0.5, log: createLog({ level: 'silent' }) },
      settings: { read: () => watched.settings },
      openSource: () => source({ now }),
      read: (request) => Promise.resolve(readCalendarsHere(request)),
      writeEntries: () => '',
      onChanges: (changes) => watcher.follow(changes),
    });
    deferAll(async () => {
      await feeds.close();
      await watched.close();
    });
    const planned = (uid: string, minute: number) =>
      event(uid, 'Claude: shop', NOW + minute * MINUTE - BEGAN).replace(
        'SUMMARY',
        'DESCRIPTION:- [ ] Build auth\r\nSUMMARY',
      );
    await server.put(place('a'), planned('a', 40));
    await server.put(place('b'), planned('b', 150));
    await feeds.look();
    await server.stop();
    for (let minute = 0; minute < 60; minute += 1) {
      watched.now += MINUTE;
      await feeds.look();
      await watcher.look();
    }
    const state = async () => (await feeds.states()).find(({ id }) => id === 'dav');
    expect(await state()).toMatchObject({ state: 'failing', failures: 4, plans: 2 });
    expect(watched.titles()).toEqual([
      'Claude: shop starts in 30 minutes',
      'Claude: shop starts in 5 minutes',
    ]);
    expect(watched.launched.map(({ startedAt }) => startedAt)).toEqual([NOW + 40 * MINUTE]);

    await server.up();
    expect((await server.ask('DELETE', place('b'))).status).toBe(200);
    await feeds.refresh('dav');
    expect(await state()).toMatchObject({ state: 'ok', failures: 0, plans: 1 });
  });

  it('asks no address of this machine unless it may', async () => {
    const refused = source({ allowPrivate: false }).fetch('');
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
  });
});

function written(uid: string, title: string, ref: string | null, etag: string | null) {
  return { uid, ics: event(uid, title, HOUR), ref, etag };
}

function event(uid: string, title: string, inMs: number, rule?: string): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//test//EN',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${stamp(0)}`,
    `DTSTART:${stamp(inMs)}`,
    `DTEND:${stamp(inMs + HOUR)}`,
    ...(rule === undefined ? [] : [`RRULE:${rule}`]),
    `SUMMARY:${title}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

const BEGAN = Date.now();

function iso(at: number): string {
  return new Date(at).toISOString();
}

function stamp(inMs: number): string {
  const text = new Date(BEGAN + inMs).toISOString();
  return `${text.slice(0, 19).replace(/[-:]/g, '')}Z`;
}
